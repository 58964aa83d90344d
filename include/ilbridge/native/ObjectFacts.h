//===- ObjectFacts.h - Facts in object files --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Clang plugin can add the facts of a source to its object file. They are
// part of it in archives, ccache and distributed compiling.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_OBJECTFACTS_H
#define ILBRIDGE_NATIVE_OBJECTFACTS_H

#include "ilbridge/native/Facts.h"

namespace ilbridge::native {

/// The section with facts in an ELF file. Linkers remove it from their output,
/// except from another object file (ld -r), which then contains the facts of
/// all sources.
inline constexpr llvm::StringLiteral FactsSectionName = ".ilfacts";

/// Reads facts from a text (readFacts), or from the sections of an object file
/// or of the members of a static library. \p File is not trusted: the Error
/// names it, the member, and the expected input. A member without the section
/// has no facts; a file without any facts is an Error. \p Threads is passed to
/// readFacts.
llvm::Expected<std::vector<Facts>>
readAnyFacts(llvm::MemoryBufferRef File,
             llvm::ThreadPoolInterface *Threads = nullptr);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_OBJECTFACTS_H

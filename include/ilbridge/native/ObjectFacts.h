//===- ObjectFacts.h - Facts in files of any kind ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Clang plugin can put the facts of a source into its object file. They
// travel with it through archives, ccache and distributed compiling.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_OBJECTFACTS_H
#define ILBRIDGE_NATIVE_OBJECTFACTS_H

#include "ilbridge/native/Facts.h"

namespace ilbridge::native {

/// The section with facts in an ELF file. Linkers leave it out of their output,
/// except for another object (ld -r), which then has the facts of all sources.
inline constexpr llvm::StringLiteral FactsSectionName = ".ilfacts";

/// Reads facts that are a text (readFacts), or that the sections of an object
/// file or of a library's members hold. \p File is not trusted: the Error names
/// it, the member, and what was expected. A member without the section has
/// none; a file in which nothing has any is an Error. \p Threads as readFacts
/// takes them.
llvm::Expected<std::vector<Facts>>
readAnyFacts(llvm::MemoryBufferRef File,
             llvm::ThreadPoolInterface *Threads = nullptr);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_OBJECTFACTS_H

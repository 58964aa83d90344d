//===- CSharpComment.h - Documentation comments in C# -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CSHARPCOMMENT_H
#define ILBRIDGE_LIB_EMIT_CSHARPCOMMENT_H

#include "Printer.h"

namespace ilbridge::emit {

/// Prints a C++ documentation comment as a C# one: `\brief`, `\param`,
/// `\return` and similar commands as XML. Every line begins with "///".
void printComment(Printer &P, llvm::StringRef Comment);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CSHARPCOMMENT_H

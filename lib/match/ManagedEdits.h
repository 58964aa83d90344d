//===- ManagedEdits.h - A C# declaration as C++ has it ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_MANAGEDEDITS_H
#define ILBRIDGE_LIB_MATCH_MANAGEDEDITS_H

#include "ilbridge/match/Binding.h"

namespace ilbridge::match {

/// C#'s word for a number of C++, "nuint"; empty where no word means it on
/// every target.
llvm::StringRef csharpWord(const Type &T);

/// The note that offers the parameter or result \p A of \p M as C++ has it;
/// nullopt where one edit is not enough.
std::optional<Note> managedEdit(const Argument &A, const managed::Method &M);

/// The note that offers "in" for the "ref" or "out" of the parameter \p A.
Note modifierEdit(const Argument &A, const managed::Method &M);

/// The note that offers the calling convention of \p E.
std::optional<Note> conventionEdit(const native::Export &E,
                                   const managed::Method &M);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_MANAGEDEDITS_H

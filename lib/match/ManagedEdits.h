//===- ManagedEdits.h - Edits of C# declarations ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_MANAGEDEDITS_H
#define ILBRIDGE_LIB_MATCH_MANAGEDEDITS_H

#include "ilbridge/match/Binding.h"

namespace ilbridge::match {

/// Returns the C# type for a C++ number, such as "nuint"; empty if no C# type
/// has the same meaning on every target.
llvm::StringRef csharpWord(const Type &T);

/// Returns a note that offers to change the parameter or result \p A of \p M to
/// match C++; nullopt if one edit is not sufficient.
std::optional<Note> managedEdit(const Argument &A, const managed::Method &M);

/// Returns a note that offers "in" in place of "ref" or "out" for the parameter
/// \p A.
Note modifierEdit(const Argument &A, const managed::Method &M);

/// Returns a note that offers the calling convention of \p E.
std::optional<Note> conventionEdit(const native::Export &E,
                                   const managed::Method &M);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_MANAGEDEDITS_H

//===- TypeEdit.h - Edits of C++ types --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_TYPEEDIT_H
#define ILBRIDGE_LIB_MATCH_TYPEEDIT_H

#include "ilbridge/type/Type.h"

namespace ilbridge::match {

/// Returns the edit that changes the type of a C++ parameter, result or field
/// to the number \p Managed, on every target and without another header.
/// Returns nullopt if one edit is not sufficient. \p IsC states that the source
/// is C.
std::optional<FixIt> typeEdit(const Value &Native, const Type *Managed,
                              bool IsC);

/// Returns the note that offers \p Edit to the author of \p Native. \p Also
/// describes what else has to change, unless it is empty.
Note typeNote(const Value &Native, FixIt Edit, llvm::StringRef Also = "");

/// Returns the note with the edit that gives a C++ enum the width of \p
/// Managed. Returns nullopt if one edit is not sufficient, or if an enumerator
/// would not fit.
std::optional<Note> underlyingTypeEdit(const EnumType &Native,
                                       const Type *Managed, bool IsC);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_TYPEEDIT_H

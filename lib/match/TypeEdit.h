//===- TypeEdit.h - A C++ type as C# has it ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_TYPEEDIT_H
#define ILBRIDGE_LIB_MATCH_TYPEEDIT_H

#include "ilbridge/type/Type.h"

namespace ilbridge::match {

/// The edit that makes a parameter, result or field of C++ the number that
/// \p Managed is, on every target and without another header. Nothing where no
/// single edit does. \p IsC: the source is C.
std::optional<FixIt> typeEdit(const Value &Native, const Type *Managed,
                              bool IsC);

/// The note that offers \p Edit to the author of \p Native, who knows what else
/// has to change with it: \p Also, if that is not empty.
Note typeNote(const Value &Native, FixIt Edit, llvm::StringRef Also = "");

/// The note with the edit that makes an enum of C++ as wide as \p Managed.
/// Nothing where no single edit does, or an enumerator would not fit.
std::optional<Note> underlyingTypeEdit(const EnumType &Native,
                                       const Type *Managed, bool IsC);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_TYPEEDIT_H

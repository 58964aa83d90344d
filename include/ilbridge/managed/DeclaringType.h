//===- DeclaringType.h - The types that members belong to -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_DECLARINGTYPE_H
#define ILBRIDGE_MANAGED_DECLARINGTYPE_H

#include "ilbridge/managed/AssemblySet.h"

namespace ilbridge::managed {

/// Finds the type with that full name in \p A or else in the core library, for
/// a signature or an attribute that states no assembly. Returns null if there
/// is none; \p Why then states the reason.
TypeDef *findCoreType(AssemblySet &Set, Assembly &A, llvm::StringRef FullName,
                      std::string &Why);

/// Finds the definition of the parent of a MemberRef (II.22.25). Core types and
/// arrays, which are element types in signatures, also have a definition; that
/// of an array is System.Array. Returns null if it is not found, or if the
/// members do not belong to a type.
TypeDef *declaringType(AssemblySet &Set, Assembly &A,
                       ecma335::MemberRefParent Parent);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_DECLARINGTYPE_H

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

/// The type of that full name of \p A, or else of the core library: what a
/// signature or an attribute means that states no assembly. Null where there is
/// none, and \p Why says so.
TypeDef *findCoreType(AssemblySet &Set, Assembly &A, llvm::StringRef FullName,
                      std::string &Why);

/// The definition that the parent of a MemberRef means (II.22.25). Core types
/// and arrays, for which a signature has element types of their own, have one
/// too: an array's is System.Array. Null where it is not found, or where the
/// members are none of a type.
TypeDef *declaringType(AssemblySet &Set, Assembly &A,
                       ecma335::MemberRefParent Parent);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_DECLARINGTYPE_H

//===- ScalarTypes.h - Number types of C and C++ ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_SCALARTYPES_H
#define ILBRIDGE_LIB_NATIVE_SCALARTYPES_H

#include "ilbridge/type/Type.h"

namespace clang {
class BuiltinType;
class TypedefNameDecl;
} // namespace clang

namespace ilbridge::native {

/// Returns the scalar type of a fundamental type; nullopt if it is not a
/// number: void, nullptr_t and extensions.
std::optional<ScalarType> scalarType(const clang::BuiltinType &T);

/// Returns the scalar type of a typedef with the same meaning on every target,
/// whatever its underlying type: size_t, int64_t, a compiler's own
/// __INT64_TYPE__. Returns nullopt for others. (C17 7.19, 7.20, 7.28; POSIX for
/// ssize_t)
std::optional<ScalarType> wellKnownType(const clang::TypedefNameDecl &D);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_SCALARTYPES_H

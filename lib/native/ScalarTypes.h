//===- ScalarTypes.h - Numbers of C and C++ --------------------*- C++ -*-===//
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

/// A fundamental type; nullopt for those that are no number: void, nullptr_t
/// and extensions.
std::optional<ScalarType> scalarType(const clang::BuiltinType &T);

/// A typedef that means the same on every target, whatever type a target makes
/// it of: size_t, int64_t, a compiler's own __INT64_TYPE__. Nullopt for others.
/// (C17 7.19, 7.20, 7.28; POSIX for ssize_t)
std::optional<ScalarType> wellKnownType(const clang::TypedefNameDecl &D);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_SCALARTYPES_H

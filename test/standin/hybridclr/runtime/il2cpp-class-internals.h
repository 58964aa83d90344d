//===- il2cpp-class-internals.h - Methods -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What generated code knows of a method.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CLASS_INTERNALS_H
#define IL2CPP_CLASS_INTERNALS_H

#include "il2cpp-config.h"
#include <cstddef>
#include <cstdint>

/// Any function. Casts from and to this type are exempt from
/// -Wcast-function-type.
typedef void (*Il2CppMethodPointer)();

struct MethodInfo {
  Il2CppMethodPointer methodPointer;
  const char *name;
  /// What the interpreter calls: compiled code, or a bridge into itself.
  Il2CppMethodPointer methodPointerCallByInterp;
};

#endif // IL2CPP_CLASS_INTERNALS_H

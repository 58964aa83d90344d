//===- il2cpp-class-internals.h - Methods -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This header declares the part of a method's description that generated code
// uses.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CLASS_INTERNALS_H
#define IL2CPP_CLASS_INTERNALS_H

#include "il2cpp-config.h"
#include <cstddef>
#include <cstdint>

/// This is a pointer to any function. Casts from and to this type are exempt
/// from -Wcast-function-type.
typedef void (*Il2CppMethodPointer)();

struct MethodInfo {
  Il2CppMethodPointer methodPointer;
  const char *name;
  /// The interpreter calls this: compiled code, or a bridge into itself.
  Il2CppMethodPointer methodPointerCallByInterp;
};

#endif // IL2CPP_CLASS_INTERNALS_H

//===- il2cpp-object-internals.h - Objects ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code needs one property of objects: the size of their header.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_OBJECT_INTERNALS_H
#define IL2CPP_OBJECT_INTERNALS_H

struct Il2CppClass;
struct Il2CppType;

struct Il2CppObject {
  Il2CppClass *klass;
  void *monitor;
};

struct Il2CppString;

/// This is System.TypedReference.
struct Il2CppTypedRef {
  const Il2CppType *type;
  void *value;
  Il2CppClass *klass;
};

#endif // IL2CPP_OBJECT_INTERNALS_H

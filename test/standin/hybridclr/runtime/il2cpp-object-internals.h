//===- il2cpp-object-internals.h - Objects ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What generated code knows of objects: how long their header is.
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

/// System.TypedReference.
struct Il2CppTypedRef {
  const Il2CppType *type;
  void *value;
  Il2CppClass *klass;
};

#endif // IL2CPP_OBJECT_INTERNALS_H

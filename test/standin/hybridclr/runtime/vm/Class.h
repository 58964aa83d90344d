//===- Class.h - Included but not used --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code includes this header, as the output of the runtime's own
// generator does, but uses nothing in it.
//
//===----------------------------------------------------------------------===//

#ifndef VM_CLASS_H
#define VM_CLASS_H

#include "il2cpp-object-internals.h"

#endif // VM_CLASS_H

//===- InterpreterDefs.h - Stack slots --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The interpreter keeps arguments and locals in slots of 8 bytes. A value has
// as many slots as its bytes need. Integers below 32 bits are widened to 32
// bits; the upper half of the slot keeps its previous contents.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_INTERPRETERDEFS_H
#define HYBRIDCLR_INTERPRETER_INTERPRETERDEFS_H

#include "../CommonDef.h"

namespace hybridclr {
namespace interpreter {

/// This is an aggregate whose first member has 64 bits, so that a value in
/// braces that initialises it is not narrowed.
union StackObject {
  uint64_t __u64;
  void *ptr;
  bool b;
  int8_t i8;
  uint8_t u8;
  int16_t i16;
  uint16_t u16;
  int32_t i32;
  uint32_t u32;
  int64_t i64;
  uint64_t u64;
  float f4;
  double f8;
  Il2CppObject *obj;
  Il2CppString *str;
  Il2CppObject **ptrObj;
};
static_assert(sizeof(StackObject) == 8, "a slot has 8 bytes");

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_INTERPRETERDEFS_H

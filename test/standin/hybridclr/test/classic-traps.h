//===- classic-traps.h - Intentionally wrong bridges ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These bridges violate rules that hold only up to 3.4. classic-arm64-test.cpp
// includes this header.
//
//===----------------------------------------------------------------------===//

#ifndef CLASSIC_TRAPS_H
#define CLASSIC_TRAPS_H

#include "check.h"

namespace {

using namespace hybridclr::interpreter;
using check::dies;

// The runtime's own generator once wrote this: it always copies 8 bytes,
// whatever the type is.
int32_t eightBytes(uint8_t A, const MethodInfo *method) {
  StackObject args[2] = {{*(uint64_t *)&A}};
  Interpreter::Execute(method, args, args + 1);
  return args[1].i32;
}
int32_t unwidened(uint8_t A, const MethodInfo *method) {
  StackObject args[2];
  args[0].u8 = A;
  Interpreter::Execute(method, args, args + 1);
  return args[1].i32;
}
// This bridge takes a struct in as many slots as it needs, as bridges do since
// 4.0.
int32_t byValue(HtVector4f A, int32_t B, const MethodInfo *method) {
  StackObject args[4];
  std::memcpy(args, &A, sizeof(A));
  args[2].i64 = B;
  Interpreter::Execute(method, args, args + 3);
  return args[3].i32;
}
int32_t byAddress(HtVector2f A, const MethodInfo *method) {
  StackObject args[2];
  args[0].ptr = &A;
  Interpreter::Execute(method, args, args + 1);
  return args[1].i32;
}
int32_t resultOverArguments(int32_t A, const MethodInfo *method) {
  StackObject args[2];
  args[0].i64 = A;
  Interpreter::Execute(method, args, args);
  return args[0].i32;
}
ValueTypeSize<24> oneResultSlot(const MethodInfo *method) {
  StackObject args[1];
  Interpreter::Execute(method, args, args);
  return *(ValueTypeSize<24> *)args;
}
void noOffset(int64_t A, const MethodInfo *method) {
  StackObject args[1];
  args[0].i64 = A;
  Interpreter::Execute(method, args, nullptr);
}
// This bridge passes the first bytes of the struct instead of its address.
void structForRef(const MethodInfo *method, uint16_t *argVarIndexs,
                  StackObject *localVarBase, void *) {
  typedef void (*NativeMethod)(uint64_t, const MethodInfo *);
  ((NativeMethod)method->methodPointerCallByInterp)(
      *(uint64_t *)(localVarBase + argVarIndexs[0]), method);
}

template <typename R, typename... As>
bool n2mDies(const char *Signature, Il2CppMethodPointer Bridge,
             const char *Words) {
  return dies([=] { standin::native2Managed<R, As...>(Signature, Bridge); },
              Words);
}

void testTraps() {
  CHECK(n2mDies<int32_t, uint8_t>("i4u1", (Il2CppMethodPointer)eightBytes, ""));
  CHECK(n2mDies<int32_t, uint8_t>("i4u1", (Il2CppMethodPointer)unwidened,
                                  "argument 0, widened: byte 1 is"));
  CHECK(n2mDies<int32_t, HtVector4f, int32_t>(
      "i4vf4i4", (Il2CppMethodPointer)byValue, ""));
  CHECK(n2mDies<int32_t, HtVector2f>("i4vf2", (Il2CppMethodPointer)byAddress,
                                     "argument 0: byte"));
  CHECK(n2mDies<int32_t, int32_t>("i4i4",
                                  (Il2CppMethodPointer)resultOverArguments,
                                  "do not follow the arguments'"));
  CHECK(n2mDies<ValueTypeSize<24>>("S24", (Il2CppMethodPointer)oneResultSlot,
                                   "stack-buffer-overflow"));
  CHECK(dies(
      [] {
        standin::adjustorThunk<void, int64_t>("vi8",
                                              (Il2CppMethodPointer)noOffset);
      },
      "adjustor thunk vi8: argument 0: byte 0 is"));
  CHECK(dies(
      [] {
        standin::managed2Native<void, standin::StructRef>("vsr", structForRef);
      },
      "argument 0 is not the address of its slot"));
}

} // namespace

#endif // CLASSIC_TRAPS_H

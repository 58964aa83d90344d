//===- structural-traps.h - Intentionally wrong bridges ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each of these bridges has one mistake that other tests might miss by chance.
// Only structural-test.cpp includes this header, after the sample, whose types
// it uses.
//
//===----------------------------------------------------------------------===//

#ifndef STRUCTURAL_TRAPS_H
#define STRUCTURAL_TRAPS_H

#include "check.h"

namespace {

using check::dies;
using standin::ReversePInvokeMethodData;

#define M2N                                                                    \
  [](const MethodInfo *method, uint16_t *argVarIndexs,                         \
     StackObject *localVarBase, void *ret)
/// Not every bridge needs all of its parameters.
template <typename... Ts> void unused(const Ts &...) {}

void managed2NativeTraps() {
  typedef int32_t (*Function)(uint8_t, int64_t, const MethodInfo *);
  auto Right = M2N {
    *(int32_t *)ret = ((Function)method->methodPointerCallByInterp)(
        M2NFromValueOrAddress<uint8_t>(localVarBase + argVarIndexs[0]),
        M2NFromValueOrAddress<int64_t>(localVarBase + argVarIndexs[1]), method);
  };
  standin::managed2Native<int32_t, uint8_t, int64_t>("i4u1i8", Right);
  CHECK(dies(
      [] {
        standin::managed2Native<int32_t, uint8_t, int64_t>(
            "i4u1i8", M2N {
              *(int64_t *)ret = ((Function)method->methodPointerCallByInterp)(
                  M2NFromValueOrAddress<uint8_t>(localVarBase +
                                                 argVarIndexs[0]),
                  M2NFromValueOrAddress<int64_t>(localVarBase +
                                                 argVarIndexs[1]),
                  method);
            });
      },
      "heap-buffer-overflow")); // a result written too wide
  CHECK(dies(
      [] {
        standin::managed2Native<int32_t, uint8_t, int64_t>(
            "i4u1i8", M2N {
              unused(argVarIndexs);
              *(int32_t *)ret = ((Function)method->methodPointerCallByInterp)(
                  M2NFromValueOrAddress<uint8_t>(localVarBase),
                  M2NFromValueOrAddress<int64_t>(localVarBase + 1), method);
            });
      },
      "M2N i4u1i8: argument 0: byte 0 is")); // arguments taken as neighbours
  CHECK(dies(
      [] {
        standin::managed2Native<int32_t, uint8_t, int64_t>(
            "i4u1i8", M2N {
              *(int32_t *)ret = ((Function)method->methodPointerCallByInterp)(
                  M2NFromValueOrAddress<uint8_t>(localVarBase +
                                                 argVarIndexs[0]),
                  M2NFromValueOrAddress<int32_t>(localVarBase +
                                                 argVarIndexs[1]),
                  method);
            });
      },
      "argument 1: byte 4 is")); // an argument read too narrow
  CHECK(dies(
      [] {
        standin::managed2Native<int32_t, uint8_t, int64_t>(
            "i4u1i8", M2N {
              *(int16_t *)ret =
                  (int16_t)((Function)method->methodPointerCallByInterp)(
                      M2NFromValueOrAddress<uint8_t>(localVarBase +
                                                     argVarIndexs[0]),
                      M2NFromValueOrAddress<int64_t>(localVarBase +
                                                     argVarIndexs[1]),
                      method);
            });
      },
      "the result: byte 2 is 0xcd")); // a result written too narrow
  CHECK(dies(
      [] {
        standin::managed2Native<void>(
            "v", M2N {
              unused(method, localVarBase, ret);
              volatile uint16_t First = argVarIndexs[0];
              unused(First);
            });
      },
      "heap-buffer-overflow")); // an index that is not there
  CHECK(dies(
      [] {
        standin::managed2Native<void>(
            "v", M2N { unused(method, argVarIndexs, localVarBase, ret); });
      },
      "the other end is not reached once"));
}

int32_t unwidened(uint8_t A, int16_t B, const MethodInfo *Method) {
  StackObject args[2];
  args[0].u8 = A;
  args[1].i16 = B;
  int32_t ret;
  Interpreter::Execute(Method, args, &ret);
  return ret;
}

int32_t wrongSign(int8_t A, const MethodInfo *Method) {
  StackObject args[1];
  args[0].u64 = (uint8_t)A;
  int32_t ret;
  Interpreter::Execute(Method, args, &ret);
  return ret;
}

int32_t oneSlotEach(__struct_4__ A, int32_t B, const MethodInfo *Method) {
  StackObject args[3];
  std::memcpy(args, &A, 8);
  args[1].i64 = B;
  int32_t ret;
  Interpreter::Execute(Method, args, &ret);
  return ret;
}

int32_t tooFewSlots(__struct_4__ A, const MethodInfo *Method) {
  StackObject args[1];
  std::memcpy(args, &A, 8);
  int32_t ret;
  Interpreter::Execute(Method, args, &ret);
  return ret;
}

int64_t narrowResult(const MethodInfo *Method) {
  StackObject args[1];
  int32_t ret;
  Interpreter::Execute(Method, args, &ret);
  return ret;
}

void noOffset(uintptr_t A, const MethodInfo *Method) {
  StackObject args[1];
  args[0].u64 = A;
  Interpreter::Execute(Method, args, nullptr);
}

void native2ManagedTraps() {
  CHECK(dies(
      [] {
        standin::native2Managed<int32_t, uint8_t, int16_t>(
            "i4u1i2", (Il2CppMethodPointer)unwidened);
      },
      "N2M i4u1i2: argument 0, widened: byte 1 is"));
  CHECK(dies(
      [] {
        standin::native2Managed<int32_t, int8_t>(
            "i4i1", (Il2CppMethodPointer)wrongSign);
      },
      "argument 0, widened: byte 1 is 0x00, not 0xff"));
  CHECK(dies(
      [] {
        standin::native2Managed<int32_t, __struct_4__, int32_t>(
            "i4s4i4", (Il2CppMethodPointer)oneSlotEach);
      },
      "argument 0: byte 8 is"));
  CHECK(dies(
      [] {
        standin::native2Managed<int32_t, __struct_4__>(
            "i4s4", (Il2CppMethodPointer)tooFewSlots);
      },
      "stack-buffer-overflow"));
  CHECK(dies(
      [] {
        standin::native2Managed<int64_t>("i8",
                                         (Il2CppMethodPointer)narrowResult);
      },
      "stack-buffer-overflow"));
  CHECK(dies(
      [] {
        standin::adjustorThunk<void, uintptr_t>("vu",
                                                (Il2CppMethodPointer)noOffset);
      },
      "adjustor thunk vu: argument 0: byte 0 is"));
  CHECK(dies([] { standin::adjustorThunk<void>("v", nullptr); },
             "no object to adjust"));
}

// There are wrappers of "Ai4" and one wrapper of "Bi4".
template <int Index> int32_t wrapper() {
  il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;
  const MethodInfo *method =
      InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(Index);
  typedef int32_t (*Callback)(const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(method);
}
int32_t unattached() {
  const MethodInfo *method =
      InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(0);
  typedef int32_t (*Callback)(const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(method);
}
int32_t bridge(const MethodInfo *Method) {
  StackObject args[1];
  int32_t ret;
  Interpreter::Execute(Method, args, &ret);
  return ret;
}
void reverse(const ReversePInvokeMethodData *Rows, std::size_t Count) {
  standin::reverseWrappers<int32_t>("Ai4", Count, Rows,
                                    (Il2CppMethodPointer)bridge);
}

void reverseTraps() {
  static const ReversePInvokeMethodData Together[] = {
      {"Bi4", (Il2CppMethodPointer)wrapper<0>},
      {"Ai4", (Il2CppMethodPointer)wrapper<1>},
      {"Ai4", (Il2CppMethodPointer)wrapper<2>},
      {nullptr, nullptr}};
  static const ReversePInvokeMethodData Apart[] = {
      {"Ai4", (Il2CppMethodPointer)wrapper<0>},
      {"Bi4", (Il2CppMethodPointer)wrapper<1>},
      {"Ai4", (Il2CppMethodPointer)wrapper<2>},
      {nullptr, nullptr}};
  static const ReversePInvokeMethodData WrongIndex[] = {
      {"Ai4", (Il2CppMethodPointer)wrapper<0>},
      {"Ai4", (Il2CppMethodPointer)wrapper<0>},
      {nullptr, nullptr}};
  static const ReversePInvokeMethodData Unattached[] = {
      {"Ai4", (Il2CppMethodPointer)unattached}, {nullptr, nullptr}};
  reverse(Together, 2);
  CHECK(dies([] { reverse(Together, 3); }, "only 2 reverse wrappers"));
  CHECK(dies([] { reverse(Together, 1); }, "more than 1 reverse wrappers"));
  CHECK(dies([] { reverse(Apart, 2); }, "only 1 reverse wrappers together"));
  CHECK(dies([] { standin::Wrappers(Apart).expectAdjacent(); },
             "do not stand together"));
  CHECK(dies([] { reverse(WrongIndex, 2); }, "entered with another method"));
  CHECK(dies([] { reverse(Unattached, 1); }, "is not attached"));
  CHECK(dies([] { standin::reverseWrappers<int32_t>("Zi4", 1); },
             "no native to managed bridge"));
}

void functionPointerTraps() {
  // This wrapper ignores the calling convention that the key states.
  auto Forgotten = [](Il2CppMethodPointer Pointer, uint16_t *argVarIndexs,
                      StackObject *localVarBase, void *ret) {
    typedef int32_t (*Function)(int32_t, int64_t);
    *(int32_t *)ret = ((Function)Pointer)(
        M2NFromValueOrAddress<int32_t>(localVarBase + argVarIndexs[0]),
        M2NFromValueOrAddress<int64_t>(localVarBase + argVarIndexs[1]));
  };
  standin::functionPointer<int32_t, int32_t, int64_t>("Ai4i4i8", Forgotten);
#ifdef __x86_64__ // conventions differ
  for (const char *Key : {"Ci4i4i8", "Ei4i4i8"})
    CHECK(dies(
        [=] {
          standin::functionPointer<int32_t, int32_t, int64_t>(Key, Forgotten);
        },
        "")); // the sanitizer reports it, or an argument is wrong
#endif
}

void driverTraps() {
  CHECK(dies([] { standin::roundTrip<int32_t>("i4u2"); }, "another number"));
  CHECK(dies([] { standin::roundTrip<int32_t, int16_t>("i4u2"); },
             "other types"));
  CHECK(dies([] { standin::roundTrip<void, uintptr_t>("vu"); }, "no table"));
  CHECK(dies([] { standin::codesOf("i4q"); }, "a code that is unknown: q"));
}

void testTraps() {
  managed2NativeTraps();
  native2ManagedTraps();
  reverseTraps();
  functionPointerTraps();
  driverTraps();
}

} // namespace

#endif // STRUCTURAL_TRAPS_H

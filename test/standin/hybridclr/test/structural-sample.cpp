//===- structural-sample.cpp - What is generated since 4.0 ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape of a generated MethodBridge.cpp, with every code and every way to
// lay out a struct.
//
//===----------------------------------------------------------------------===//

// The order is the runtime's own.
// clang-format off
#include <codegen/il2cpp-codegen-metadata.h>
#if HYBRIDCLR_UNITY_2023_OR_NEW
#include <codegen/il2cpp-codegen.h>
#elif HYBRIDCLR_UNITY_2022
#include <codegen/il2cpp-codegen-il2cpp.h>
#elif HYBRIDCLR_UNITY_2020 || HYBRIDCLR_UNITY_2021
#include <codegen/il2cpp-codegen-common-big.h>
#else
#include <codegen/il2cpp-codegen-common.h>
#endif

#include "vm/ClassInlines.h"
#include "vm/Object.h"
#include "vm/Class.h"
#include "vm/ScopedThreadAttacher.h"

#include "../metadata/MetadataUtil.h"

#include "../interpreter/InterpreterModule.h"
#include "../interpreter/MethodBridge.h"
#include "../interpreter/Interpreter.h"
#include "../interpreter/MemoryUtil.h"
#include "../interpreter/InstrinctDef.h"
// clang-format on

using namespace hybridclr::interpreter;
using namespace hybridclr::metadata;

//!!!{{CODE
// DEVELOPMENT=0

/// How many slots of the interpreter's stack a T takes.
template <typename T> constexpr size_t __slots() { return (sizeof(T) + 7) / 8; }

// Game:Byte
struct __struct_1__ {
  uint8_t __0;
};
// Game:Padded, whose last 7 bytes are padding
struct __struct_2__ {
  int64_t __0;
  int8_t __1;
};
// Game:Odd
struct __struct_3__ {
  uint8_t __0;
  uint8_t __1;
  uint8_t __2;
};
// UnityEngine.Vector3
struct __struct_4__ {
  float __0;
  float __1;
  float __2;
};
// Game:Nested
struct __struct_5__ {
  __struct_4__ __0;
  __struct_2__ __1;
  uintptr_t __2;
};
#pragma pack(push, 1)
// Game:Packed
struct __struct_6__ {
  uint8_t __0;
  int64_t __1;
  uint16_t __2;
};
#pragma pack(pop)
// Game:Sized
union __struct_7__ {
  char __size[20];
  struct {
    int32_t __0;
  } __fields;
};
// Game:Explicit
union __struct_8__ {
  int32_t __0;
#pragma pack(push, 1)
  struct {
    char __offset[4];
    int16_t __value;
  } __1;
#pragma pack(pop)
  struct {
    char __offset[4];
    int16_t __value;
  } __1_alignment;
};
// Game:Empty
struct __struct_9__ {};
// Game:Pair`2<r8,r4>
struct __struct_10__ {
  double __0;
  float __1;
};

const FullName2Signature hybridclr::interpreter::g_fullName2SignatureStub[] = {
    {"Game:Byte", "s1"},      {"Game:Padded", "s2"},
    {"Game:Odd", "s3"},       {"UnityEngine.Vector3", "s4"},
    {"Game:Nested", "s5"},    {"Game:Packed", "s6"},
    {"Game:Sized", "s7"},     {"Game:Explicit", "s8"},
    {"Game:Empty", "s9"},     {"Game:Pair`2<r8,r4>", "s10"},
    {"Game:OtherByte", "s1"}, {nullptr, nullptr},
};

static void __M2N_v(const MethodInfo *method, uint16_t *, StackObject *,
                    void *) {
  typedef void (*NativeMethod)(const MethodInfo *);
  ((NativeMethod)method->methodPointerCallByInterp)(method);
}

static void __M2N_u1i1i1(const MethodInfo *method, uint16_t *argVarIndexs,
                         StackObject *localVarBase, void *ret) {
  typedef uint8_t (*NativeMethod)(int8_t, int8_t, const MethodInfo *);
  *(uint8_t *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<int8_t>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<int8_t>(localVarBase + argVarIndexs[1]), method);
}

static void __M2N_r4r4s4s3(const MethodInfo *method, uint16_t *argVarIndexs,
                           StackObject *localVarBase, void *ret) {
  typedef float (*NativeMethod)(float, __struct_4__, __struct_3__,
                                const MethodInfo *);
  *(float *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<float>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<__struct_4__>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<__struct_3__>(localVarBase + argVarIndexs[2]),
      method);
}

static void __M2N_i8u4u8i4(const MethodInfo *method, uint16_t *argVarIndexs,
                           StackObject *localVarBase, void *ret) {
  typedef int64_t (*NativeMethod)(uint32_t, uint64_t, int32_t,
                                  const MethodInfo *);
  *(int64_t *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<uint32_t>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<uint64_t>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<int32_t>(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_typedbyrefs1typedbyrefi(const MethodInfo *method,
                                          uint16_t *argVarIndexs,
                                          StackObject *localVarBase,
                                          void *ret) {
  typedef Il2CppTypedRef (*NativeMethod)(__struct_1__, Il2CppTypedRef, intptr_t,
                                         const MethodInfo *);
  *(Il2CppTypedRef *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<__struct_1__>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<Il2CppTypedRef>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<intptr_t>(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_s2s7s2u1(const MethodInfo *method, uint16_t *argVarIndexs,
                           StackObject *localVarBase, void *ret) {
  typedef __struct_2__ (*NativeMethod)(__struct_7__, __struct_2__, uint8_t,
                                       const MethodInfo *);
  *(__struct_2__ *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<__struct_7__>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<__struct_2__>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<uint8_t>(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_vu1i2s5r4r8u(const MethodInfo *method, uint16_t *argVarIndexs,
                               StackObject *localVarBase, void *) {
  typedef void (*NativeMethod)(uint8_t, int16_t, __struct_5__, float, double,
                               uintptr_t, const MethodInfo *);
  ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<uint8_t>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<int16_t>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<__struct_5__>(localVarBase + argVarIndexs[2]),
      M2NFromValueOrAddress<float>(localVarBase + argVarIndexs[3]),
      M2NFromValueOrAddress<double>(localVarBase + argVarIndexs[4]),
      M2NFromValueOrAddress<uintptr_t>(localVarBase + argVarIndexs[5]), method);
}

static void __M2N_s6s8s9s10u2(const MethodInfo *method, uint16_t *argVarIndexs,
                              StackObject *localVarBase, void *ret) {
  typedef __struct_6__ (*NativeMethod)(
      __struct_8__, __struct_9__, __struct_10__, uint16_t, const MethodInfo *);
  *(__struct_6__ *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      M2NFromValueOrAddress<__struct_8__>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<__struct_9__>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<__struct_10__>(localVarBase + argVarIndexs[2]),
      M2NFromValueOrAddress<uint16_t>(localVarBase + argVarIndexs[3]), method);
}

const Managed2NativeMethodInfo hybridclr::interpreter::g_managed2nativeStub[] =
    {
        {"v", __M2N_v},
        {"u1i1i1", __M2N_u1i1i1},
        {"r4r4s4s3", __M2N_r4r4s4s3},
        {"i8u4u8i4", __M2N_i8u4u8i4},
        {"typedbyrefs1typedbyrefi", __M2N_typedbyrefs1typedbyrefi},
        {"s2s7s2u1", __M2N_s2s7s2u1},
        {"vu1i2s5r4r8u", __M2N_vu1i2s5r4r8u},
        {"s6s8s9s10u2", __M2N_s6s8s9s10u2},
        {nullptr, nullptr},
};

static int32_t __N2M_i4ii4(intptr_t __arg0, int32_t __arg1,
                           const MethodInfo *method) {
  StackObject args[2];
  args[0].i64 = __arg0;
  args[1].i64 = __arg1;
  int32_t ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

static void __N2M_vr4s4u1(float __arg0, __struct_4__ __arg1, uint8_t __arg2,
                          const MethodInfo *method) {
  StackObject args[2 + __slots<__struct_4__>()];
  args[0].f4 = __arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  args[1 + __slots<__struct_4__>()].u64 = __arg2;
  Interpreter::Execute(method, args, nullptr);
}

static uintptr_t __N2M_us3s1i1i8u8(__struct_3__ __arg0, __struct_1__ __arg1,
                                   int8_t __arg2, int64_t __arg3,
                                   uint64_t __arg4, const MethodInfo *method) {
  StackObject args[3 + __slots<__struct_3__>() + __slots<__struct_1__>()];
  std::memcpy(args, &__arg0, sizeof(__arg0));
  std::memcpy(args + __slots<__struct_3__>(), &__arg1, sizeof(__arg1));
  args[__slots<__struct_3__>() + __slots<__struct_1__>()].i64 = __arg2;
  args[1 + __slots<__struct_3__>() + __slots<__struct_1__>()].i64 = __arg3;
  args[2 + __slots<__struct_3__>() + __slots<__struct_1__>()].u64 = __arg4;
  uintptr_t ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

static Il2CppTypedRef __N2M_typedbyrefs7r8u4(__struct_7__ __arg0, double __arg1,
                                             uint32_t __arg2,
                                             const MethodInfo *method) {
  StackObject args[2 + __slots<__struct_7__>()];
  std::memcpy(args, &__arg0, sizeof(__arg0));
  args[__slots<__struct_7__>()].f8 = __arg1;
  args[1 + __slots<__struct_7__>()].u64 = __arg2;
  Il2CppTypedRef ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

static __struct_2__ __N2M_s2us9s2u1(uintptr_t __arg0, __struct_9__ __arg1,
                                    __struct_2__ __arg2, uint8_t __arg3,
                                    const MethodInfo *method) {
  StackObject args[2 + __slots<__struct_9__>() + __slots<__struct_2__>()];
  args[0].u64 = __arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  std::memcpy(args + 1 + __slots<__struct_9__>(), &__arg2, sizeof(__arg2));
  args[1 + __slots<__struct_9__>() + __slots<__struct_2__>()].u64 = __arg3;
  __struct_2__ ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

static __struct_10__ __N2M_s10s5s8u2(__struct_5__ __arg0, __struct_8__ __arg1,
                                     uint16_t __arg2,
                                     const MethodInfo *method) {
  StackObject args[1 + __slots<__struct_5__>() + __slots<__struct_8__>()];
  std::memcpy(args, &__arg0, sizeof(__arg0));
  std::memcpy(args + __slots<__struct_5__>(), &__arg1, sizeof(__arg1));
  args[__slots<__struct_5__>() + __slots<__struct_8__>()].u64 = __arg2;
  __struct_10__ ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

const Native2ManagedMethodInfo hybridclr::interpreter::g_native2managedStub[] =
    {
        {"i4ii4", (Il2CppMethodPointer)__N2M_i4ii4},
        {"vr4s4u1", (Il2CppMethodPointer)__N2M_vr4s4u1},
        {"us3s1i1i8u8", (Il2CppMethodPointer)__N2M_us3s1i1i8u8},
        {"typedbyrefs7r8u4", (Il2CppMethodPointer)__N2M_typedbyrefs7r8u4},
        {"s2us9s2u1", (Il2CppMethodPointer)__N2M_s2us9s2u1},
        {"s10s5s8u2", (Il2CppMethodPointer)__N2M_s10s5s8u2},
        {nullptr, nullptr},
};

static int32_t __N2M_AdjustorThunk_i4uu1(uintptr_t __arg0, uint8_t __arg1,
                                         const MethodInfo *method) {
  __arg0 += sizeof(Il2CppObject);
  StackObject args[2];
  args[0].u64 = __arg0;
  args[1].u64 = __arg1;
  int32_t ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

static __struct_10__ __N2M_AdjustorThunk_s10us6i2(uintptr_t __arg0,
                                                  __struct_6__ __arg1,
                                                  int16_t __arg2,
                                                  const MethodInfo *method) {
  __arg0 += sizeof(Il2CppObject);
  StackObject args[2 + __slots<__struct_6__>()];
  args[0].u64 = __arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  args[1 + __slots<__struct_6__>()].i64 = __arg2;
  __struct_10__ ret;
  Interpreter::Execute(method, args, &ret);
  return ret;
}

const NativeAdjustThunkMethodInfo hybridclr::interpreter::g_adjustThunkStub[] =
    {
        {"i4uu1", (Il2CppMethodPointer)__N2M_AdjustorThunk_i4uu1},
        {"s10us6i2", (Il2CppMethodPointer)__N2M_AdjustorThunk_s10us6i2},
        {nullptr, nullptr},
};

static int32_t DEFAULT_CALL __ReversePInvokeMethod_0(intptr_t __arg0,
                                                     int32_t __arg1) {
  il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;
  const MethodInfo *method =
      InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(0);
  typedef int32_t (*Callback)(intptr_t, int32_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, method);
}

static int32_t DEFAULT_CALL __ReversePInvokeMethod_1(intptr_t __arg0,
                                                     int32_t __arg1) {
  il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;
  const MethodInfo *method =
      InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(1);
  typedef int32_t (*Callback)(intptr_t, int32_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, method);
}

static int32_t STDCALL __ReversePInvokeMethod_2(intptr_t __arg0,
                                                int32_t __arg1) {
  il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;
  const MethodInfo *method =
      InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(2);
  typedef int32_t (*Callback)(intptr_t, int32_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, method);
}

static __struct_10__ FASTCALL __ReversePInvokeMethod_3(__struct_5__ __arg0,
                                                       __struct_8__ __arg1,
                                                       uint16_t __arg2) {
  il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;
  const MethodInfo *method =
      InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(3);
  typedef __struct_10__ (*Callback)(__struct_5__, __struct_8__, uint16_t,
                                    const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, __arg2,
                                                       method);
}

const ReversePInvokeMethodData
    hybridclr::interpreter::g_reversePInvokeMethodStub[] = {
        {"Ai4ii4", (Il2CppMethodPointer)__ReversePInvokeMethod_0},
        {"Ai4ii4", (Il2CppMethodPointer)__ReversePInvokeMethod_1},
        {"Ci4ii4", (Il2CppMethodPointer)__ReversePInvokeMethod_2},
        {"Es10s5s8u2", (Il2CppMethodPointer)__ReversePInvokeMethod_3},
        {nullptr, nullptr},
};

static void __M2NF_Cr8i4r8s4(Il2CppMethodPointer methodPointer,
                             uint16_t *argVarIndexs, StackObject *localVarBase,
                             void *ret) {
  typedef double(STDCALL * NativeMethod)(int32_t, double, __struct_4__);
  *(double *)ret = ((NativeMethod)methodPointer)(
      M2NFromValueOrAddress<int32_t>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<double>(localVarBase + argVarIndexs[1]),
      M2NFromValueOrAddress<__struct_4__>(localVarBase + argVarIndexs[2]));
}

static void __M2NF_Ds3s3u1(Il2CppMethodPointer methodPointer,
                           uint16_t *argVarIndexs, StackObject *localVarBase,
                           void *ret) {
  typedef __struct_3__(THISCALL * NativeMethod)(__struct_3__, uint8_t);
  *(__struct_3__ *)ret = ((NativeMethod)methodPointer)(
      M2NFromValueOrAddress<__struct_3__>(localVarBase + argVarIndexs[0]),
      M2NFromValueOrAddress<uint8_t>(localVarBase + argVarIndexs[1]));
}

const Managed2NativeFunctionPointerCallData
    hybridclr::interpreter::g_managed2NativeFunctionPointerCallStub[] = {
        {"Cr8i4r8s4", __M2NF_Cr8i4r8s4},
        {"Ds3s3u1", __M2NF_Ds3s3u1},
        {nullptr, nullptr},
};

//!!!}}CODE

//===- classic-webgl32-sample.cpp - Up to 3.4, bridges ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape of a generated MethodBridge_WebGL32.cpp, with its structs by
// alignment, which are also those of Universal32 and Universal64.
//
//===----------------------------------------------------------------------===//

// The order is the runtime's own.
// clang-format off
#include <codegen/il2cpp-codegen-metadata.h>
#include "vm/ClassInlines.h"
#include "vm/Object.h"
#include "vm/Class.h"

#include "../metadata/MetadataModule.h"
#include "../metadata/MetadataUtil.h"

#include "../interpreter/MethodBridge.h"
#include "../interpreter/Interpreter.h"
#include "../interpreter/MemoryUtil.h"
#include "../interpreter/InstrinctDef.h"
// clang-format on

using namespace hybridclr::interpreter;

#if HYBRIDCLR_ABI_WEBGL32
//!!!{{CODE

static void __M2N_S3S3S7(const MethodInfo *method, uint16_t *argVarIndexs,
                         StackObject *localVarBase, void *ret) {
  typedef ValueTypeSize<3> (*NativeMethod)(ValueTypeSize<3>, ValueTypeSize<7>,
                                           const MethodInfo *);
  *(ValueTypeSize<3> *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      *(ValueTypeSize<3> *)(localVarBase + argVarIndexs[0]),
      *(ValueTypeSize<7> *)(localVarBase + argVarIndexs[1]), method);
}

static void __M2N_A6A2u1(const MethodInfo *method, uint16_t *argVarIndexs,
                         StackObject *localVarBase, void *ret) {
  typedef ValueTypeSizeAlign2<6> (*NativeMethod)(ValueTypeSizeAlign2<2>,
                                                 uint8_t, const MethodInfo *);
  *(ValueTypeSizeAlign2<6> *)ret =
      ((NativeMethod)method->methodPointerCallByInterp)(
          *(ValueTypeSizeAlign2<2> *)(localVarBase + argVarIndexs[0]),
          *(uint8_t *)(localVarBase + argVarIndexs[1]), method);
}

static void __M2N_B12B4i1(const MethodInfo *method, uint16_t *argVarIndexs,
                          StackObject *localVarBase, void *ret) {
  typedef ValueTypeSizeAlign4<12> (*NativeMethod)(ValueTypeSizeAlign4<4>,
                                                  int8_t, const MethodInfo *);
  *(ValueTypeSizeAlign4<12> *)ret =
      ((NativeMethod)method->methodPointerCallByInterp)(
          *(ValueTypeSizeAlign4<4> *)(localVarBase + argVarIndexs[0]),
          *(int8_t *)(localVarBase + argVarIndexs[1]), method);
}

static void __M2N_C24C8C16i4(const MethodInfo *method, uint16_t *argVarIndexs,
                             StackObject *localVarBase, void *ret) {
  typedef ValueTypeSizeAlign8<24> (*NativeMethod)(ValueTypeSizeAlign8<8>,
                                                  ValueTypeSizeAlign8<16>,
                                                  int32_t, const MethodInfo *);
  *(ValueTypeSizeAlign8<24> *)ret =
      ((NativeMethod)method->methodPointerCallByInterp)(
          *(ValueTypeSizeAlign8<8> *)(localVarBase + argVarIndexs[0]),
          *(ValueTypeSizeAlign8<16> *)(localVarBase + argVarIndexs[1]),
          *(int32_t *)(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_X1X1Y2Z4(const MethodInfo *method, uint16_t *argVarIndexs,
                           StackObject *localVarBase, void *ret) {
  typedef WebGLSpeicalValueType<1> (*NativeMethod)(
      WebGLSpeicalValueType<1>, WebGLSpeicalValueTypeAlign2<2>,
      WebGLSpeicalValueTypeAlign4<4>, const MethodInfo *);
  *(WebGLSpeicalValueType<1> *)ret =
      ((NativeMethod)method->methodPointerCallByInterp)(
          *(WebGLSpeicalValueType<1> *)(localVarBase + argVarIndexs[0]),
          *(WebGLSpeicalValueTypeAlign2<2> *)(localVarBase + argVarIndexs[1]),
          *(WebGLSpeicalValueTypeAlign4<4> *)(localVarBase + argVarIndexs[2]),
          method);
}

static void __M2N_W16W8r8(const MethodInfo *method, uint16_t *argVarIndexs,
                          StackObject *localVarBase, void *ret) {
  typedef WebGLSpeicalValueTypeAlign8<16> (*NativeMethod)(
      WebGLSpeicalValueTypeAlign8<8>, double, const MethodInfo *);
  *(WebGLSpeicalValueTypeAlign8<16> *)ret =
      ((NativeMethod)method->methodPointerCallByInterp)(
          *(WebGLSpeicalValueTypeAlign8<8> *)(localVarBase + argVarIndexs[0]),
          *(double *)(localVarBase + argVarIndexs[1]), method);
}

Managed2NativeMethodInfo hybridclr::interpreter::g_managed2nativeStub[] = {
    {"S3S3S7", __M2N_S3S3S7},     {"A6A2u1", __M2N_A6A2u1},
    {"B12B4i1", __M2N_B12B4i1},   {"C24C8C16i4", __M2N_C24C8C16i4},
    {"X1X1Y2Z4", __M2N_X1X1Y2Z4}, {"W16W8r8", __M2N_W16W8r8},
    {nullptr, nullptr},
};

static int32_t __N2M_i4i4u1(int32_t __arg0, uint8_t __arg1,
                            const MethodInfo *method) {
  StackObject args[3];
  args[0].i64 = __arg0;
  args[1].u64 = __arg1;
  Interpreter::Execute(method, args, args + 2);
  return args[2].i32;
}

static ValueTypeSize<3> __N2M_S3i4S3S7(int32_t __arg0, ValueTypeSize<3> __arg1,
                                       ValueTypeSize<7> __arg2,
                                       const MethodInfo *method) {
  StackObject args[4];
  args[0].i64 = __arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  std::memcpy(args + 2, &__arg2, sizeof(__arg2));
  Interpreter::Execute(method, args, args + 3);
  return *(ValueTypeSize<3> *)(args + 3);
}

static ValueTypeSizeAlign2<6> __N2M_A6A2A6u2(ValueTypeSizeAlign2<2> __arg0,
                                             ValueTypeSizeAlign2<6> __arg1,
                                             uint16_t __arg2,
                                             const MethodInfo *method) {
  StackObject args[4];
  std::memcpy(args + 0, &__arg0, sizeof(__arg0));
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  args[2].u64 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return *(ValueTypeSizeAlign2<6> *)(args + 3);
}

static ValueTypeSizeAlign4<12> __N2M_B12B4B12i1(ValueTypeSizeAlign4<4> __arg0,
                                                ValueTypeSizeAlign4<12> __arg1,
                                                int8_t __arg2,
                                                const MethodInfo *method) {
  StackObject args[5];
  std::memcpy(args + 0, &__arg0, sizeof(__arg0));
  args[1].ptr = &__arg1;
  args[2].i64 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return *(ValueTypeSizeAlign4<12> *)(args + 3);
}

static ValueTypeSizeAlign8<24> __N2M_C24C8C24r8(ValueTypeSizeAlign8<8> __arg0,
                                                ValueTypeSizeAlign8<24> __arg1,
                                                double __arg2,
                                                const MethodInfo *method) {
  StackObject args[6];
  std::memcpy(args + 0, &__arg0, sizeof(__arg0));
  args[1].ptr = &__arg1;
  args[2].f8 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return *(ValueTypeSizeAlign8<24> *)(args + 3);
}

static WebGLSpeicalValueType<1> __N2M_X1X1Y2Z4(
    WebGLSpeicalValueType<1> __arg0, WebGLSpeicalValueTypeAlign2<2> __arg1,
    WebGLSpeicalValueTypeAlign4<4> __arg2, const MethodInfo *method) {
  StackObject args[4];
  std::memcpy(args + 0, &__arg0, sizeof(__arg0));
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  std::memcpy(args + 2, &__arg2, sizeof(__arg2));
  Interpreter::Execute(method, args, args + 3);
  return *(WebGLSpeicalValueType<1> *)(args + 3);
}

static WebGLSpeicalValueTypeAlign8<16>
__N2M_W16Z12W8r4(WebGLSpeicalValueTypeAlign4<12> __arg0,
                 WebGLSpeicalValueTypeAlign8<8> __arg1, float __arg2,
                 const MethodInfo *method) {
  StackObject args[5];
  args[0].ptr = &__arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  args[2].f4 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return *(WebGLSpeicalValueTypeAlign8<16> *)(args + 3);
}

static WebGLSpeicalValueTypeAlign2<6> __N2M_Y6u4(uint32_t __arg0,
                                                 const MethodInfo *method) {
  StackObject args[2];
  args[0].u64 = __arg0;
  Interpreter::Execute(method, args, args + 1);
  return *(WebGLSpeicalValueTypeAlign2<6> *)(args + 1);
}

Native2ManagedMethodInfo hybridclr::interpreter::g_native2managedStub[] = {
    {"i4i4u1", (Il2CppMethodPointer)__N2M_i4i4u1},
    {"S3i4S3S7", (Il2CppMethodPointer)__N2M_S3i4S3S7},
    {"A6A2A6u2", (Il2CppMethodPointer)__N2M_A6A2A6u2},
    {"B12B4B12i1", (Il2CppMethodPointer)__N2M_B12B4B12i1},
    {"C24C8C24r8", (Il2CppMethodPointer)__N2M_C24C8C24r8},
    {"X1X1Y2Z4", (Il2CppMethodPointer)__N2M_X1X1Y2Z4},
    {"W16Z12W8r4", (Il2CppMethodPointer)__N2M_W16Z12W8r4},
    {"Y6u4", (Il2CppMethodPointer)__N2M_Y6u4},
    {nullptr, nullptr},
};

static void __N2M_AdjustorThunk_vi4(int32_t __arg0, const MethodInfo *method) {
  __arg0 += sizeof(Il2CppObject);
  StackObject args[1];
  args[0].i64 = __arg0;
  Interpreter::Execute(method, args, nullptr);
}

static ValueTypeSizeAlign8<16>
__N2M_AdjustorThunk_C16i4C24(int32_t __arg0, ValueTypeSizeAlign8<24> __arg1,
                             const MethodInfo *method) {
  __arg0 += sizeof(Il2CppObject);
  StackObject args[4];
  args[0].i64 = __arg0;
  args[1].ptr = &__arg1;
  Interpreter::Execute(method, args, args + 2);
  return *(ValueTypeSizeAlign8<16> *)(args + 2);
}

NativeAdjustThunkMethodInfo hybridclr::interpreter::g_adjustThunkStub[] = {
    {"vi4", (Il2CppMethodPointer)__N2M_AdjustorThunk_vi4},
    {"C16i4C24", (Il2CppMethodPointer)__N2M_AdjustorThunk_C16i4C24},
    {nullptr, nullptr},
};

//!!!}}CODE
#endif

//===- classic-arm64-sample.cpp - Up to 3.4, bridges ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape of a generated MethodBridge_Arm64.cpp, with every code of that ABI.
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

#if HYBRIDCLR_ABI_ARM_64
//!!!{{CODE

static void __M2N_v(const MethodInfo *method, uint16_t *, StackObject *,
                    void *) {
  typedef void (*NativeMethod)(const MethodInfo *);
  ((NativeMethod)method->methodPointerCallByInterp)(method);
}

static void __M2N_i4i8vf3sr(const MethodInfo *method, uint16_t *argVarIndexs,
                            StackObject *localVarBase, void *ret) {
  typedef int32_t (*NativeMethod)(int64_t, HtVector3f, uint64_t,
                                  const MethodInfo *);
  *(int32_t *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      *(int64_t *)(localVarBase + argVarIndexs[0]),
      *(HtVector3f *)(localVarBase + argVarIndexs[1]),
      (uint64_t)(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_i16u1i16i2(const MethodInfo *method, uint16_t *argVarIndexs,
                             StackObject *localVarBase, void *ret) {
  typedef ValueTypeSize16 (*NativeMethod)(uint8_t, ValueTypeSize16, int16_t,
                                          const MethodInfo *);
  *(ValueTypeSize16 *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      *(uint8_t *)(localVarBase + argVarIndexs[0]),
      *(ValueTypeSize16 *)(localVarBase + argVarIndexs[1]),
      *(int16_t *)(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_S24r4vd4u2(const MethodInfo *method, uint16_t *argVarIndexs,
                             StackObject *localVarBase, void *ret) {
  typedef ValueTypeSize<24> (*NativeMethod)(float, HtVector4d, uint16_t,
                                            const MethodInfo *);
  *(ValueTypeSize<24> *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      *(float *)(localVarBase + argVarIndexs[0]),
      *(HtVector4d *)(localVarBase + argVarIndexs[1]),
      *(uint16_t *)(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_vf2vf2vf4i1(const MethodInfo *method, uint16_t *argVarIndexs,
                              StackObject *localVarBase, void *ret) {
  typedef HtVector2f (*NativeMethod)(HtVector2f, HtVector4f, int8_t,
                                     const MethodInfo *);
  *(HtVector2f *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      *(HtVector2f *)(localVarBase + argVarIndexs[0]),
      *(HtVector4f *)(localVarBase + argVarIndexs[1]),
      *(int8_t *)(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_vd3vd2vd3r8(const MethodInfo *method, uint16_t *argVarIndexs,
                              StackObject *localVarBase, void *ret) {
  typedef HtVector3d (*NativeMethod)(HtVector2d, HtVector3d, double,
                                     const MethodInfo *);
  *(HtVector3d *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      *(HtVector2d *)(localVarBase + argVarIndexs[0]),
      *(HtVector3d *)(localVarBase + argVarIndexs[1]),
      *(double *)(localVarBase + argVarIndexs[2]), method);
}

static void __M2N_S40sru4u8(const MethodInfo *method, uint16_t *argVarIndexs,
                            StackObject *localVarBase, void *ret) {
  typedef ValueTypeSize<40> (*NativeMethod)(uint64_t, uint32_t, uint64_t,
                                            const MethodInfo *);
  *(ValueTypeSize<40> *)ret = ((NativeMethod)method->methodPointerCallByInterp)(
      (uint64_t)(localVarBase + argVarIndexs[0]),
      *(uint32_t *)(localVarBase + argVarIndexs[1]),
      *(uint64_t *)(localVarBase + argVarIndexs[2]), method);
}

Managed2NativeMethodInfo hybridclr::interpreter::g_managed2nativeStub[] = {
    {"v", __M2N_v},
    {"i4i8vf3sr", __M2N_i4i8vf3sr},
    {"i16u1i16i2", __M2N_i16u1i16i2},
    {"S24r4vd4u2", __M2N_S24r4vd4u2},
    {"vf2vf2vf4i1", __M2N_vf2vf2vf4i1},
    {"vd3vd2vd3r8", __M2N_vd3vd2vd3r8},
    {"S40sru4u8", __M2N_S40sru4u8},
    {nullptr, nullptr},
};

static int32_t __N2M_i4i8i4(int64_t __arg0, int32_t __arg1,
                            const MethodInfo *method) {
  StackObject args[3];
  args[0].i64 = __arg0;
  args[1].i64 = __arg1;
  Interpreter::Execute(method, args, args + 2);
  return args[2].i32;
}

static int8_t __N2M_i1u1(uint8_t __arg0, const MethodInfo *method) {
  StackObject args[2];
  args[0].u64 = __arg0;
  Interpreter::Execute(method, args, args + 1);
  return args[1].i8;
}

static ValueTypeSize<24> __N2M_S24i8u1i16sr(int64_t __arg0, uint8_t __arg1,
                                            ValueTypeSize16 __arg2,
                                            uint64_t __arg3,
                                            const MethodInfo *method) {
  StackObject args[7];
  args[0].i64 = __arg0;
  args[1].u64 = __arg1;
  args[2].ptr = &__arg2;
  args[3].u64 = __arg3;
  Interpreter::Execute(method, args, args + 4);
  return *(ValueTypeSize<24> *)(args + 4);
}

static HtVector3f __N2M_vf3i8vf2vf3u2(int64_t __arg0, HtVector2f __arg1,
                                      HtVector3f __arg2, uint16_t __arg3,
                                      const MethodInfo *method) {
  StackObject args[6];
  args[0].i64 = __arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  args[2].ptr = &__arg2;
  args[3].u64 = __arg3;
  Interpreter::Execute(method, args, args + 4);
  return *(HtVector3f *)(args + 4);
}

static HtVector4d __N2M_vd4vd4vf4i1(HtVector4d __arg0, HtVector4f __arg1,
                                    int8_t __arg2, const MethodInfo *method) {
  StackObject args[7];
  args[0].ptr = &__arg0;
  args[1].ptr = &__arg1;
  args[2].i64 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return *(HtVector4d *)(args + 3);
}

static float __N2M_r4r4vd2vd3i2(float __arg0, HtVector2d __arg1,
                                HtVector3d __arg2, int16_t __arg3,
                                const MethodInfo *method) {
  StackObject args[5];
  args[0].f4 = __arg0;
  args[1].ptr = &__arg1;
  args[2].ptr = &__arg2;
  args[3].i64 = __arg3;
  Interpreter::Execute(method, args, args + 4);
  return args[4].f4;
}

static double __N2M_r8r8u4u8(double __arg0, uint32_t __arg1, uint64_t __arg2,
                             const MethodInfo *method) {
  StackObject args[4];
  args[0].f8 = __arg0;
  args[1].u64 = __arg1;
  args[2].u64 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return args[3].f8;
}

static ValueTypeSize16 __N2M_i16(const MethodInfo *method) {
  StackObject args[2];
  Interpreter::Execute(method, args, args + 0);
  return *(ValueTypeSize16 *)(args + 0);
}

static void __N2M_vsr(uint64_t __arg0, const MethodInfo *method) {
  StackObject args[1];
  args[0].u64 = __arg0;
  Interpreter::Execute(method, args, nullptr);
}

Native2ManagedMethodInfo hybridclr::interpreter::g_native2managedStub[] = {
    {"i4i8i4", (Il2CppMethodPointer)__N2M_i4i8i4},
    {"i1u1", (Il2CppMethodPointer)__N2M_i1u1},
    {"S24i8u1i16sr", (Il2CppMethodPointer)__N2M_S24i8u1i16sr},
    {"vf3i8vf2vf3u2", (Il2CppMethodPointer)__N2M_vf3i8vf2vf3u2},
    {"vd4vd4vf4i1", (Il2CppMethodPointer)__N2M_vd4vd4vf4i1},
    {"r4r4vd2vd3i2", (Il2CppMethodPointer)__N2M_r4r4vd2vd3i2},
    {"r8r8u4u8", (Il2CppMethodPointer)__N2M_r8r8u4u8},
    {"i16", (Il2CppMethodPointer)__N2M_i16},
    {"vsr", (Il2CppMethodPointer)__N2M_vsr},
    {nullptr, nullptr},
};

static void __N2M_AdjustorThunk_vi8(int64_t __arg0, const MethodInfo *method) {
  __arg0 += sizeof(Il2CppObject);
  StackObject args[1];
  args[0].i64 = __arg0;
  Interpreter::Execute(method, args, nullptr);
}

static ValueTypeSize16
__N2M_AdjustorThunk_i16i8vf2u1(int64_t __arg0, HtVector2f __arg1,
                               uint8_t __arg2, const MethodInfo *method) {
  __arg0 += sizeof(Il2CppObject);
  StackObject args[5];
  args[0].i64 = __arg0;
  std::memcpy(args + 1, &__arg1, sizeof(__arg1));
  args[2].u64 = __arg2;
  Interpreter::Execute(method, args, args + 3);
  return *(ValueTypeSize16 *)(args + 3);
}

NativeAdjustThunkMethodInfo hybridclr::interpreter::g_adjustThunkStub[] = {
    {"vi8", (Il2CppMethodPointer)__N2M_AdjustorThunk_vi8},
    {"i16i8vf2u1", (Il2CppMethodPointer)__N2M_AdjustorThunk_i16i8vf2u1},
    {nullptr, nullptr},
};

//!!!}}CODE
#endif

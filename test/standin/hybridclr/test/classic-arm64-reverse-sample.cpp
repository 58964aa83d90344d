//===- classic-arm64-reverse-sample.cpp - Up to 3.4, wrappers ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape of a generated ReversePInvokeMethodStub_{abi}.cpp. The runtime's
// generator includes nothing of interpreter/; wrappers with structs need it.
//
//===----------------------------------------------------------------------===//

// clang-format off
#include "../metadata/ReversePInvokeMethodStub.h"
#include "../metadata/MetadataModule.h"

#include "../interpreter/InstrinctDef.h"
#include "../interpreter/MethodBridge.h"
// clang-format on

namespace hybridclr {
namespace metadata {
#if HYBRIDCLR_ABI_ARM_64

//!!!{{CODE

static int32_t __ReversePInvokeMethod_0(int64_t __arg0, int32_t __arg1) {
  const MethodInfo *method =
      MetadataModule::GetMethodInfoByReversePInvokeWrapperIndex(0);
  typedef int32_t (*Callback)(int64_t, int32_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, method);
}

static int32_t __ReversePInvokeMethod_1(int64_t __arg0, int32_t __arg1) {
  const MethodInfo *method =
      MetadataModule::GetMethodInfoByReversePInvokeWrapperIndex(1);
  typedef int32_t (*Callback)(int64_t, int32_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, method);
}

static interpreter::ValueTypeSize<24>
__ReversePInvokeMethod_2(int64_t __arg0, uint8_t __arg1,
                         interpreter::ValueTypeSize16 __arg2, uint64_t __arg3) {
  const MethodInfo *method =
      MetadataModule::GetMethodInfoByReversePInvokeWrapperIndex(2);
  typedef interpreter::ValueTypeSize<24> (*Callback)(
      int64_t, uint8_t, interpreter::ValueTypeSize16, uint64_t,
      const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, __arg2,
                                                       __arg3, method);
}

ReversePInvokeMethodData g_reversePInvokeMethodStub[] = {
    {"i4i8i4", (Il2CppMethodPointer)__ReversePInvokeMethod_0},
    {"i4i8i4", (Il2CppMethodPointer)__ReversePInvokeMethod_1},
    {"S24i8u1i16sr", (Il2CppMethodPointer)__ReversePInvokeMethod_2},
    {nullptr, nullptr},
};

//!!!}}CODE
#endif
} // namespace metadata
} // namespace hybridclr

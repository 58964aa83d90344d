//===- classic-webgl32-reverse-sample.cpp - Up to 3.4, wrappers -*- C++ -*-===//
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
#if HYBRIDCLR_ABI_WEBGL32

//!!!{{CODE

static int32_t __ReversePInvokeMethod_0(int32_t __arg0, uint8_t __arg1) {
  const MethodInfo *method =
      MetadataModule::GetMethodInfoByReversePInvokeWrapperIndex(0);
  typedef int32_t (*Callback)(int32_t, uint8_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, method);
}

static interpreter::ValueTypeSizeAlign4<12>
__ReversePInvokeMethod_1(interpreter::ValueTypeSizeAlign4<4> __arg0,
                         interpreter::ValueTypeSizeAlign4<12> __arg1,
                         int8_t __arg2) {
  const MethodInfo *method =
      MetadataModule::GetMethodInfoByReversePInvokeWrapperIndex(1);
  typedef interpreter::ValueTypeSizeAlign4<12> (*Callback)(
      interpreter::ValueTypeSizeAlign4<4>, interpreter::ValueTypeSizeAlign4<12>,
      int8_t, const MethodInfo *);
  return ((Callback)method->methodPointerCallByInterp)(__arg0, __arg1, __arg2,
                                                       method);
}

ReversePInvokeMethodData g_reversePInvokeMethodStub[] = {
    {"i4i4u1", (Il2CppMethodPointer)__ReversePInvokeMethod_0},
    {"B12B4B12i1", (Il2CppMethodPointer)__ReversePInvokeMethod_1},
    {nullptr, nullptr},
};

//!!!}}CODE
#endif
} // namespace metadata
} // namespace hybridclr

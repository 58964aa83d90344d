//===- classic-webgl32-test.cpp - The stand-in up to 3.4 --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This test calls every row of the samples.
//
//===----------------------------------------------------------------------===//

// clang-format off
#include "standin/harness.h"
#include "check.h"
#include "hybridclr/interpreter/InstrinctDef.h"
// clang-format on

using namespace hybridclr::interpreter;

int main() {
  standin::roundTrip<ValueTypeSize<3>, ValueTypeSize<3>, ValueTypeSize<7>>(
      "S3S3S7");
  standin::roundTrip<ValueTypeSizeAlign2<6>, ValueTypeSizeAlign2<2>, uint8_t>(
      "A6A2u1");
  standin::roundTrip<ValueTypeSizeAlign4<12>, ValueTypeSizeAlign4<4>, int8_t>(
      "B12B4i1");
  standin::roundTrip<ValueTypeSizeAlign8<24>, ValueTypeSizeAlign8<8>,
                     ValueTypeSizeAlign8<16>, int32_t>("C24C8C16i4");
  standin::roundTrip<WebGLSpeicalValueType<1>, WebGLSpeicalValueType<1>,
                     WebGLSpeicalValueTypeAlign2<2>,
                     WebGLSpeicalValueTypeAlign4<4>>("X1X1Y2Z4");
  standin::roundTrip<WebGLSpeicalValueTypeAlign8<16>,
                     WebGLSpeicalValueTypeAlign8<8>, double>("W16W8r8");
  standin::roundTrip<int32_t, int32_t, uint8_t>("i4i4u1");
  standin::roundTrip<ValueTypeSize<3>, int32_t, ValueTypeSize<3>,
                     ValueTypeSize<7>>("S3i4S3S7");
  standin::roundTrip<ValueTypeSizeAlign2<6>, ValueTypeSizeAlign2<2>,
                     ValueTypeSizeAlign2<6>, uint16_t>("A6A2A6u2");
  standin::roundTrip<ValueTypeSizeAlign4<12>, ValueTypeSizeAlign4<4>,
                     ValueTypeSizeAlign4<12>, int8_t>("B12B4B12i1");
  standin::roundTrip<ValueTypeSizeAlign8<24>, ValueTypeSizeAlign8<8>,
                     ValueTypeSizeAlign8<24>, double>("C24C8C24r8");
  standin::roundTrip<WebGLSpeicalValueTypeAlign8<16>,
                     WebGLSpeicalValueTypeAlign4<12>,
                     WebGLSpeicalValueTypeAlign8<8>, float>("W16Z12W8r4");
  standin::roundTrip<WebGLSpeicalValueTypeAlign2<6>, uint32_t>("Y6u4");
  standin::roundTrip<void, int32_t>("vi4");
  standin::roundTrip<ValueTypeSizeAlign8<16>, int32_t, ValueTypeSizeAlign8<24>>(
      "C16i4C24");
  standin::reverseWrappers<int32_t, int32_t, uint8_t>("i4i4u1", 1);
  standin::reverseWrappers<ValueTypeSizeAlign4<12>, ValueTypeSizeAlign4<4>,
                           ValueTypeSizeAlign4<12>, int8_t>("B12B4B12i1", 1);
  standin::finish();
  return check::failures() != 0;
}

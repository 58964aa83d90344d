//===- classic-arm64-test.cpp - The stand-in up to 3.4 ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This test calls every row of the samples, and then bridges that are
// intentionally wrong.
//
//===----------------------------------------------------------------------===//

// clang-format off
#include "standin/harness.h"
#include "check.h"
#include "hybridclr/interpreter/InstrinctDef.h"
#include "classic-traps.h"
// clang-format on

using namespace hybridclr::interpreter;

int main() {
  standin::roundTrip<void>("v");
  standin::roundTrip<int32_t, int64_t, HtVector3f, standin::StructRef>(
      "i4i8vf3sr");
  standin::roundTrip<ValueTypeSize16, uint8_t, ValueTypeSize16, int16_t>(
      "i16u1i16i2");
  standin::roundTrip<ValueTypeSize<24>, float, HtVector4d, uint16_t>(
      "S24r4vd4u2");
  standin::roundTrip<HtVector2f, HtVector2f, HtVector4f, int8_t>("vf2vf2vf4i1");
  standin::roundTrip<HtVector3d, HtVector2d, HtVector3d, double>("vd3vd2vd3r8");
  standin::roundTrip<ValueTypeSize<40>, standin::StructRef, uint32_t, uint64_t>(
      "S40sru4u8");
  standin::roundTrip<int32_t, int64_t, int32_t>("i4i8i4");
  standin::roundTrip<int8_t, uint8_t>("i1u1");
  standin::roundTrip<ValueTypeSize<24>, int64_t, uint8_t, ValueTypeSize16,
                     standin::StructRef>("S24i8u1i16sr");
  standin::roundTrip<HtVector3f, int64_t, HtVector2f, HtVector3f, uint16_t>(
      "vf3i8vf2vf3u2");
  standin::roundTrip<HtVector4d, HtVector4d, HtVector4f, int8_t>("vd4vd4vf4i1");
  standin::roundTrip<float, float, HtVector2d, HtVector3d, int16_t>(
      "r4r4vd2vd3i2");
  standin::roundTrip<double, double, uint32_t, uint64_t>("r8r8u4u8");
  standin::roundTrip<ValueTypeSize16>("i16");
  standin::roundTrip<void, standin::StructRef>("vsr");
  standin::roundTrip<void, int64_t>("vi8");
  standin::roundTrip<ValueTypeSize16, int64_t, HtVector2f, uint8_t>(
      "i16i8vf2u1");
  standin::reverseWrappers<int32_t, int64_t, int32_t>("i4i8i4", 2);
  standin::reverseWrappers<ValueTypeSize<24>, int64_t, uint8_t, ValueTypeSize16,
                           standin::StructRef>("S24i8u1i16sr", 1);
  standin::finish();
  testTraps();
  return check::failures() != 0;
}

//===- structural-test.cpp - The stand-in since 4.0 -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This test calls every row of the sample, and then bridges that are
// intentionally wrong.
//
//===----------------------------------------------------------------------===//

// clang-format off
#include "structural-sample.cpp"
#include "standin/harness.h"
#include "structural-traps.h"
// clang-format on

int main() {
  CHECK(dies([] { standin::finish(); }, "the row v was never called"));
  standin::roundTrip<void>("v");
  standin::roundTrip<uint8_t, int8_t, int8_t>("u1i1i1");
  standin::roundTrip<float, float, __struct_4__, __struct_3__>("r4r4s4s3");
  standin::roundTrip<int64_t, uint32_t, uint64_t, int32_t>("i8u4u8i4");
  standin::roundTrip<Il2CppTypedRef, __struct_1__, Il2CppTypedRef, intptr_t>(
      "typedbyrefs1typedbyrefi");
  standin::roundTrip<__struct_2__, __struct_7__, __struct_2__, uint8_t>(
      "s2s7s2u1");
  standin::roundTrip<void, uint8_t, int16_t, __struct_5__, float, double,
                     uintptr_t>("vu1i2s5r4r8u");
  standin::roundTrip<__struct_6__, __struct_8__, __struct_9__, __struct_10__,
                     uint16_t>("s6s8s9s10u2");
  standin::roundTrip<int32_t, intptr_t, int32_t>("i4ii4");
  standin::roundTrip<void, float, __struct_4__, uint8_t>("vr4s4u1");
  standin::roundTrip<uintptr_t, __struct_3__, __struct_1__, int8_t, int64_t,
                     uint64_t>("us3s1i1i8u8");
  standin::roundTrip<Il2CppTypedRef, __struct_7__, double, uint32_t>(
      "typedbyrefs7r8u4");
  standin::roundTrip<__struct_2__, uintptr_t, __struct_9__, __struct_2__,
                     uint8_t>("s2us9s2u1");
  standin::roundTrip<__struct_10__, __struct_5__, __struct_8__, uint16_t>(
      "s10s5s8u2");
  standin::roundTrip<int32_t, uintptr_t, uint8_t>("i4uu1");
  standin::roundTrip<__struct_10__, uintptr_t, __struct_6__, int16_t>(
      "s10us6i2");
  standin::reverseWrappers<int32_t, intptr_t, int32_t>("Ai4ii4", 2);
  standin::reverseWrappers<int32_t, intptr_t, int32_t>("Ci4ii4", 1);
  standin::reverseWrappers<__struct_10__, __struct_5__, __struct_8__, uint16_t>(
      "Es10s5s8u2", 1);
  standin::functionPointer<double, int32_t, double, __struct_4__>("Cr8i4r8s4");
  standin::functionPointer<__struct_3__, __struct_3__, uint8_t>("Ds3s3u1");
  CHECK(standin::structCode("Game:OtherByte") == "s1");
  CHECK(standin::structCode("Game:Unknown") == "$");
  standin::finish();
  testTraps();
  return check::failures() != 0;
}

//===- sample.h - Native code as a user of ilbridge writes it ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_SAMPLE_H
#define STANDIN_SAMPLE_H

#include <cstdint>

namespace sample {

struct Vec3 { // 12 bytes, two slots
  float X, Y, Z;
};
struct Account { // 24 bytes, three slots
  std::int64_t Id;
  double Balance;
  std::int32_t Visits;
};
#pragma pack(push, 1)
struct Packed { // 9 bytes, two slots
  std::uint8_t Tag;
  std::int64_t Value;
};
#pragma pack(pop)

/// Registers every function of the sample. LeanCLR must be initialised before.
void registerFunctions();

} // namespace sample

#endif // STANDIN_SAMPLE_H

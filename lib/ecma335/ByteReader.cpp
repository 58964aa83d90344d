//===- ByteReader.cpp - Reads numbers without leaving the buffer ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ByteReader.h"

namespace ilbridge::ecma335 {

uint32_t ByteReader::compressedLong() {
  const uint8_t *Start = At;
  uint32_t First = byte();
  if (First < 0x80)
    return First;
  if (First < 0xC0) {
    uint32_t Low = byte();
    return failed() ? 0 : (First & 0x3F) << 8 | Low;
  }
  if (First < 0xE0) {
    uint32_t High = First & 0x1F;
    for (int I = 0; I != 3; ++I)
      High = High << 8 | byte();
    return failed() ? 0 : High;
  }
  fail(Start, "invalid first byte of a compressed integer");
  return 0;
}

int32_t ByteReader::compressedSigned() {
  const uint8_t *Start = At;
  uint32_t Rotated = compressed();
  if (failed())
    return 0;
  // The sign was rotated into the lowest bit of the 7, 14 or 29 bits of the
  // encoding.
  unsigned Bits = At - Start == 1 ? 7 : At - Start == 2 ? 14 : 29;
  uint32_t Value = Rotated >> 1;
  if (Rotated & 1)
    Value |= ~uint32_t(0) << (Bits - 1);
  return static_cast<int32_t>(Value);
}

uint32_t ByteReader::count() {
  const uint8_t *Start = At;
  uint32_t Count = compressed();
  if (Count > remaining()) {
    fail(Start, "the number of elements exceeds the remaining bytes");
    return 0;
  }
  return Count;
}

std::optional<llvm::StringRef> ByteReader::serString() {
  if (peek() == 0xFF) {
    ++At;
    return std::nullopt;
  }
  uint32_t Length = compressed();
  llvm::ArrayRef<uint8_t> Text = bytes(Length);
  return llvm::StringRef(reinterpret_cast<const char *>(Text.data()),
                         Text.size());
}

} // namespace ilbridge::ecma335

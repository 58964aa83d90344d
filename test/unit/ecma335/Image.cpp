//===- Image.cpp - Test data for ecma335 ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Image.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::ecma335::test {

Image open(std::string Bytes) {
  Image I;
  I.Bytes = std::move(Bytes);
  I.M = good(Module::create(llvm::MemoryBufferRef(I.Bytes, "test.dll")));
  return I;
}

void patch(std::string &Bytes, size_t Offset, llvm::ArrayRef<uint8_t> With) {
  ASSERT_LE(Offset + With.size(), Bytes.size());
  llvm::copy(With, Bytes.begin() + Offset);
}

} // namespace ilbridge::ecma335::test

//===- Image.h - Test data for ecma335 --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_UNIT_ECMA335_IMAGE_H
#define ILBRIDGE_TEST_UNIT_ECMA335_IMAGE_H

#include "ImageBuilder.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

namespace ilbridge::ecma335::test {

/// A module together with its bytes.
struct Image {
  std::string Bytes;
  std::unique_ptr<Module> M;
  const Module *operator->() const { return M.get(); }
  const Module &operator*() const { return *M; }
};

/// Reads \p Bytes, which have to be valid.
Image open(std::string Bytes);

/// \returns the printed form of \p V.
template <typename T> std::string text(const T &V) {
  std::string Result;
  llvm::raw_string_ostream(Result) << V;
  return Result;
}

/// \returns the value; the test fails if it is an error.
template <typename T> T good(llvm::Expected<T> V) {
  if (V)
    return std::move(*V);
  ADD_FAILURE() << llvm::toString(V.takeError());
  return T();
}

/// \returns the message of the error; the test fails if it is a value.
template <typename T> std::string bad(llvm::Expected<T> V) {
  if (!V)
    return llvm::toString(V.takeError());
  ADD_FAILURE() << "there should have been an error";
  return "";
}

/// Returns the rids of a range, for comparison.
template <typename Row> std::vector<uint32_t> rids(RidRange<Row> Range) {
  std::vector<uint32_t> Result;
  for (Rid<Row> R : Range)
    Result.push_back(R.value());
  return Result;
}

/// Whether \p Text contains \p Part.
inline bool contains(llvm::StringRef Text, llvm::StringRef Part) {
  return Text.contains(Part);
}
#define EXPECT_CONTAINS(TEXT, PART)                                            \
  EXPECT_PRED2(::ilbridge::ecma335::test::contains, TEXT, PART)

/// Replaces bytes of \p Bytes from \p Offset on.
void patch(std::string &Bytes, size_t Offset, llvm::ArrayRef<uint8_t> With);
inline void patch(std::string &Bytes, size_t Offset,
                  std::initializer_list<uint8_t> With) {
  patch(Bytes, Offset, llvm::ArrayRef(With));
}

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_UNIT_ECMA335_IMAGE_H

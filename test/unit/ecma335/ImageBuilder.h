//===- ImageBuilder.h - Makes assemblies byte by byte -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No assembler writes what these tests need: uncompressed tables, heaps with
// wide indices, tables out of order, broken ones. So an image is built from
// rows as they stand in the file: heap offsets, rids and coded indices are the
// numbers that the caller gives.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_UNIT_ECMA335_IMAGEBUILDER_H
#define ILBRIDGE_TEST_UNIT_ECMA335_IMAGEBUILDER_H

#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <array>
#include <string>
#include <vector>

namespace ilbridge::ecma335::test {

class ImageBuilder {
public:
  bool PE32Plus = false;
  bool Uncompressed = false; ///< a #- stream
  bool WideStrings = false;
  bool WideGuids = false;
  bool WideBlobs = false;
  bool ExtraData = false;    ///< four bytes behind the row counts
  bool UnknownTable = false; ///< a table with the number 0x30, with two rows
  uint64_t Sorted = 0;       ///< what the header claims

  ImageBuilder();

  // Each gives the index of what it adds.
  uint32_t string(llvm::StringRef S);
  uint32_t blob(llvm::ArrayRef<uint8_t> Bytes);
  uint32_t userString(std::u16string_view S);
  uint32_t guid(uint8_t FirstByte);
  /// \returns the rid.
  uint32_t row(TableID Table, std::vector<uint32_t> Columns);
  /// Adds bytes to the section. \returns their address, a multiple of four.
  uint32_t bytes(llvm::ArrayRef<uint8_t> Bytes);

  /// The file. The offsets below are those of the last one built.
  std::string build();
  size_t metadataOffset() const { return Metadata; }
  size_t streamOffset(llvm::StringRef Name) const;
  size_t rowOffset(TableID Table, uint32_t Rid) const;

  static constexpr uint32_t SectionRVA = 0x2000;
  static constexpr uint32_t SectionOffset = 0x200;

private:
  unsigned columnSize(StringIndex) const { return WideStrings ? 4 : 2; }
  unsigned columnSize(GuidIndex) const { return WideGuids ? 4 : 2; }
  unsigned columnSize(BlobIndex) const { return WideBlobs ? 4 : 2; }
  template <typename Row> unsigned columnSize(Rid<Row>) const {
    return Rows[unsigned(TableOf<Row>)].size() > 0xFFFF ? 4 : 2;
  }
  unsigned columnSize(Token) const = delete;
#define CODED_INDEX(KIND, TAG_BITS)                                            \
  unsigned columnSize(KIND) const {                                            \
    return codedSize(CodedIndexKind::KIND, TAG_BITS);                          \
  }
#include "ilbridge/ecma335/CodedIndices.def"
  template <typename T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  unsigned columnSize(T) const {
    return sizeof(T);
  }
  unsigned codedSize(CodedIndexKind Kind, unsigned TagBits) const;
  std::vector<unsigned> columnSizes(TableID Table) const;
  std::string tables();

  std::string Strings, UserStrings, Blobs, Guids, Section;
  std::array<std::vector<std::vector<uint32_t>>, NumTables> Rows;
  size_t Metadata = 0;
  std::vector<std::pair<std::string, size_t>> Streams;
  std::array<size_t, NumTables> TableOffsets{};
  std::array<size_t, NumTables> RowSizes{};
};

/// A module together with the bytes that it looks at.
struct Image {
  std::string Bytes;
  std::unique_ptr<Module> M;
  const Module *operator->() const { return M.get(); }
  const Module &operator*() const { return *M; }
};

/// Reads \p Bytes, which have to be good.
Image open(std::string Bytes);

/// \returns what \p V prints as.
template <typename T> std::string text(const T &V) {
  std::string Result;
  llvm::raw_string_ostream(Result) << V;
  return Result;
}

/// \returns the value; a test that gets an error here fails.
template <typename T> T good(llvm::Expected<T> V) {
  if (V)
    return std::move(*V);
  ADD_FAILURE() << llvm::toString(V.takeError());
  return T();
}

/// \returns the error's message; a test that gets a value here fails.
template <typename T> std::string bad(llvm::Expected<T> V) {
  if (!V)
    return llvm::toString(V.takeError());
  ADD_FAILURE() << "there should have been an error";
  return "";
}

/// The rids of a range, for comparison.
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

#endif // ILBRIDGE_TEST_UNIT_ECMA335_IMAGEBUILDER_H

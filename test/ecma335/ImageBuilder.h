//===- ImageBuilder.h - Builds assemblies byte by byte ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No assembler writes the images that these tests need: uncompressed tables,
// heaps with wide indices, unsorted tables, and broken ones. Therefore the
// builder takes the rows as they are in the file: heap offsets, rids and coded
// indices are the numbers that the caller passes.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_ECMA335_IMAGEBUILDER_H
#define ILBRIDGE_TEST_ECMA335_IMAGEBUILDER_H

#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
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
  bool ExtraData = false;    ///< adds four bytes after the row counts
  bool UnknownTable = false; ///< a table with the number 0x30, with two rows
  uint64_t Sorted = 0;       ///< the bit set in the header

  ImageBuilder();

  // Each of these returns the index of the added item.
  uint32_t string(llvm::StringRef S);
  uint32_t blob(llvm::ArrayRef<uint8_t> Bytes);
  uint32_t userString(std::u16string_view S);
  uint32_t guid(uint8_t FirstByte);
  /// Adds a row. \returns its rid.
  uint32_t row(TableID Table, std::vector<uint32_t> Columns);
  /// Adds bytes to the section. \returns their address, a multiple of four.
  uint32_t bytes(llvm::ArrayRef<uint8_t> Bytes);

  /// Builds the file. The offsets below are those of the last build.
  std::string build();
  size_t metadataOffset() const { return Metadata; }
  size_t streamOffset(llvm::StringRef Name) const;
  size_t rowOffset(TableID Table, uint32_t Rid) const;

  static constexpr uint32_t SectionRVA = 0x2000;
  static constexpr uint32_t SectionOffset = 0x200;

protected:
  std::string Strings, UserStrings, Blobs, Guids;
  /// The bytes before the metadata: the CLI header, and the bytes that bytes()
  /// added.
  std::string Section;
  std::array<std::vector<std::vector<uint32_t>>, NumTables> Rows;

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

  size_t Metadata = 0;
  std::vector<std::pair<std::string, size_t>> Streams;
  std::array<size_t, NumTables> TableOffsets{};
  std::array<size_t, NumTables> RowSizes{};
};

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_ECMA335_IMAGEBUILDER_H

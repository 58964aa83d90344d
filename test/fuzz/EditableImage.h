//===- EditableImage.h - An assembly as rows and heaps ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bytes ──read()──▶ rows, heaps, bodies ──edit──▶ build() ──▶ bytes
//
// What is written is the smallest image with the same metadata: its headers are
// always the same, and what no row leads to is gone.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_EDITABLEIMAGE_H
#define ILBRIDGE_TEST_FUZZ_EDITABLEIMAGE_H

#include "ImageBuilder.h"

namespace ilbridge::fuzz {

/// What a column of a table holds.
struct Column {
  enum Kind : uint8_t { Constant, String, Guid, Blob, Row, Coded } TheKind;
  /// Of a Constant: in bytes.
  uint8_t Size = 0;
  /// Of a Row: the table that it is of.
  ecma335::TableID Target = ecma335::TableID::Module;
  /// Of a Coded index.
  ecma335::CodedIndexKind Index = ecma335::CodedIndexKind::TypeDefOrRef;
};
/// The columns of a table, in their order.
llvm::ArrayRef<Column> columns(ecma335::TableID Table);

class EditableImage : public ecma335::test::ImageBuilder {
public:
  /// Nothing where ecma335::Module does not take the bytes, or where they have
  /// more than \p MaxRows rows.
  static std::optional<EditableImage> read(llvm::StringRef Bytes,
                                           size_t MaxRows);

  using Row = std::vector<uint32_t>;
  std::vector<Row> &rows(ecma335::TableID Table) {
    return Rows[static_cast<unsigned>(Table)];
  }
  /// The bytes of a heap, for any change.
  std::string &strings() { return Strings; }
  std::string &blobs() { return Blobs; }
  /// The bodies and fields' data, behind the CLI header.
  llvm::MutableArrayRef<uint8_t> bodies();
  /// The blob at that offset of the heap; as far as the heap has it.
  llvm::StringRef blobAt(uint32_t Offset) const;

  /// The same, with indices as wide as the heaps ask for.
  std::string build();

private:
  void readHeaps(llvm::ArrayRef<uint8_t> Metadata);
  void readRows(const ecma335::Module &M);
  void readBodies(const ecma335::Module &M);
};

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_EDITABLEIMAGE_H

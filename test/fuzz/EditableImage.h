//===- EditableImage.h - An assembly as rows and heaps ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bytes ──read()──▶ rows, heaps, bodies ──edit──▶ build() ──▶ bytes
//
// The result is the smallest image with the same metadata. Its headers are
// always the same, and data without a reference from a row are removed.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_EDITABLEIMAGE_H
#define ILBRIDGE_TEST_FUZZ_EDITABLEIMAGE_H

#include "ImageBuilder.h"

namespace ilbridge::fuzz {

/// The content of a column of a table.
struct Column {
  enum Kind : uint8_t { Constant, String, Guid, Blob, Row, Coded } TheKind;
  /// For a Constant, its size in bytes.
  uint8_t Size = 0;
  /// For a Row, its table.
  ecma335::TableID Target = ecma335::TableID::Module;
  /// For a Coded index, its kind.
  ecma335::CodedIndexKind Index = ecma335::CodedIndexKind::TypeDefOrRef;
};
/// The columns of a table, in their order.
llvm::ArrayRef<Column> columns(ecma335::TableID Table);

class EditableImage : public ecma335::test::ImageBuilder {
public:
  /// Returns nullopt if ecma335::Module rejects the bytes, or if they have more
  /// than \p MaxRows rows.
  static std::optional<EditableImage> read(llvm::StringRef Bytes,
                                           size_t MaxRows);

  using Row = std::vector<uint32_t>;
  std::vector<Row> &rows(ecma335::TableID Table) {
    return Rows[static_cast<unsigned>(Table)];
  }
  /// The bytes of a heap, for any change.
  std::string &strings() { return Strings; }
  std::string &blobs() { return Blobs; }
  /// The bodies and the data of fields, after the CLI header.
  llvm::MutableArrayRef<uint8_t> bodies();
  /// Returns the blob at that offset of the heap, limited to the end of the
  /// heap.
  llvm::StringRef blobAt(uint32_t Offset) const;

  /// Returns the bytes of the image. The widths of indices are adjusted to the
  /// heaps.
  std::string build();

private:
  void readHeaps(llvm::ArrayRef<uint8_t> Metadata);
  void readRows(const ecma335::Module &M);
  void readBodies(const ecma335::Module &M);
};

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_EDITABLEIMAGE_H

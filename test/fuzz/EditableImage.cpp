//===- EditableImage.cpp - An assembly as rows and heaps ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EditableImage.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace ilbridge::ecma335;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::support::endian::read16le;
using llvm::support::endian::read32le;

namespace ilbridge::fuzz {

//===----------------------------------------------------------------------===//
// Columns
//===----------------------------------------------------------------------===//

static Column column(StringIndex) { return {Column::String}; }
static Column column(GuidIndex) { return {Column::Guid}; }
static Column column(BlobIndex) { return {Column::Blob}; }
template <typename R> static Column column(Rid<R>) {
  return {Column::Row, 0, TableOf<R>};
}
template <typename T>
  requires std::is_base_of_v<Token, T>
static Column column(T) {
  return {Column::Coded, 0, TableID::Module, T::Kind};
}
template <typename T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
static Column column(T) {
  return {Column::Constant, sizeof(T)};
}

ArrayRef<Column> columns(TableID Table) {
  static const auto All = [] {
    std::array<std::vector<Column>, NumTables> Result;
#define TABLE(NUMBER, NAME)                                                    \
  {                                                                            \
    std::vector<Column> &Of = Result[NUMBER];
#define COLUMN(TABLE, NAME, TYPE) Of.push_back(column(TYPE{}));
#define END_TABLE(NAME) }
#include "ilbridge/ecma335/Tables.def"
    return Result;
  }();
  return All[static_cast<unsigned>(Table)];
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

template <typename T> static uint32_t raw(T Value) {
  return static_cast<uint32_t>(Value);
}
template <typename R> static uint32_t raw(Rid<R> Value) {
  return Value.value();
}
template <typename T>
  requires std::is_base_of_v<Token, T>
static uint32_t raw(T Value) {
  return encode(T::Kind, Value).value_or(0);
}

void EditableImage::readRows(const Module &M) {
  // A row that cannot be decoded becomes a row of zeros.
#define TABLE(NUMBER, NAME)                                                    \
  for (Rid<NAME##Row> R : M.rows<NAME##Row>()) {                               \
    llvm::Expected<NAME##Row> Read = M.row(R);                                 \
    if (!Read)                                                                 \
      llvm::consumeError(Read.takeError());                                    \
    const NAME##Row It = Read ? *Read : NAME##Row();                           \
    Row Columns;
#define COLUMN(TABLE, NAME, TYPE) Columns.push_back(raw(It.NAME));
#define END_TABLE(NAME)                                                        \
  rows(TableID::NAME).push_back(std::move(Columns));                           \
  }
#include "ilbridge/ecma335/Tables.def"
}

/// II.24.2.1. Module has checked that all of it is present.
void EditableImage::readHeaps(ArrayRef<uint8_t> Metadata) {
  const uint8_t *At =
      Metadata.data() + 16 + llvm::alignTo(read32le(&Metadata[12]), 4);
  unsigned Count = read16le(At + 2);
  At += 4;
  for (unsigned I = 0; I != Count; ++I) {
    StringRef Content =
        llvm::toStringRef(Metadata.slice(read32le(At), read32le(At + 4)));
    StringRef Name(reinterpret_cast<const char *>(At + 8));
    if (Name == "#Strings")
      Strings = Content.str();
    else if (Name == "#US")
      UserStrings = Content.str();
    else if (Name == "#Blob")
      Blobs = Content.str();
    else if (Name == "#GUID")
      Guids = Content.str();
    At += 8 + llvm::alignTo(Name.size() + 1, 4);
  }
  for (std::string *Heap : {&Strings, &UserStrings, &Blobs})
    if (Heap->empty())
      Heap->push_back(0);
}

/// Returns the length of the body at the beginning of \p From, including its
/// sections (II.25.4).
static size_t bodySize(ArrayRef<uint8_t> From) {
  if ((From.front() & 3) == 2)
    return std::min<size_t>(From.size(), 1 + (From.front() >> 2));
  if (From.size() < 12)
    return From.size();
  size_t Code = llvm::alignTo(uint64_t(12) + read32le(&From[4]), 4);
  if ((From.front() & 8) && Code + 4 <= From.size()) // more sections
    Code += From[Code] & 0x40 ? read32le(&From[Code]) >> 8 : From[Code + 1];
  return std::min(From.size(), Code);
}

void EditableImage::readBodies(const Module &M) {
  auto Move = [&](uint32_t &RVA, bool IsMethod) {
    llvm::Expected<ArrayRef<uint8_t>> From = M.bytesAt(RVA);
    if (!RVA || !From) {
      if (!From)
        llvm::consumeError(From.takeError());
      RVA = 0;
      return;
    }
    size_t Size = std::min<size_t>(From->size(), 64);
    if (IsMethod && !From->empty())
      Size = std::min<size_t>(bodySize(*From), 4096);
    RVA = bytes(From->take_front(Size));
  };
  for (Row &Method : rows(TableID::MethodDef))
    Move(Method.front(), true);
  for (Row &Field : rows(TableID::FieldRVA))
    Move(Field.front(), false);
}

std::optional<EditableImage> EditableImage::read(StringRef Bytes,
                                                 size_t MaxRows) {
  auto M = Module::create(llvm::MemoryBufferRef(Bytes, "image"));
  if (!M) {
    llvm::consumeError(M.takeError());
    return std::nullopt;
  }
  size_t Rows = 0;
  for (unsigned Table = 0; Table != NumTables; ++Table)
    Rows += (*M)->rowCount(static_cast<TableID>(Table));
  if (Rows > MaxRows)
    return std::nullopt;
  EditableImage Image;
  Image.PE32Plus = (*M)->isPE32Plus();
  Image.Uncompressed = (*M)->isUncompressed();
  Image.readHeaps((*M)->cliHeader().Metadata);
  Image.readRows(**M);
  Image.readBodies(**M);
  return Image;
}

//===----------------------------------------------------------------------===//
// Editing
//===----------------------------------------------------------------------===//

llvm::MutableArrayRef<uint8_t> EditableImage::bodies() {
  constexpr size_t Header = 72;
  return {reinterpret_cast<uint8_t *>(Section.data()) + Header,
          Section.size() - Header};
}

StringRef EditableImage::blobAt(uint32_t Offset) const {
  StringRef From = StringRef(Blobs).substr(Offset);
  if (From.empty())
    return From;
  uint8_t First = From.front();
  unsigned Prefix = First < 0x80 ? 1 : First < 0xC0 ? 2 : 4;
  if (From.size() < Prefix)
    return {};
  size_t Size = First & (Prefix == 1 ? 0x7F : Prefix == 2 ? 0x3F : 0x1F);
  for (unsigned I = 1; I != Prefix; ++I)
    Size = Size << 8 | uint8_t(From[I]);
  return From.substr(Prefix, Size);
}

std::string EditableImage::build() {
  WideStrings = Strings.size() > 0xFFFF;
  WideBlobs = Blobs.size() > 0xFFFF;
  WideGuids = Guids.size() / 16 > 0xFFFF;
  return ImageBuilder::build();
}

} // namespace ilbridge::fuzz

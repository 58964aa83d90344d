//===- ImageBuilder.cpp - Builds assemblies byte by byte ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImageBuilder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

namespace ilbridge::ecma335::test {

static void put(std::string &Out, uint64_t Value, unsigned Size) {
  for (unsigned I = 0; I != Size; ++I)
    Out.push_back(I < 8 ? char(Value >> (8 * I)) : 0);
}
static void put(std::string &Out, llvm::ArrayRef<uint8_t> Bytes) {
  Out.append(Bytes.begin(), Bytes.end());
}
static void align(std::string &Out, size_t To) {
  Out.resize(llvm::alignTo(Out.size(), To));
}
static void overwrite(std::string &Out, size_t At, uint64_t Value,
                      unsigned Size) {
  for (unsigned I = 0; I != Size; ++I)
    Out[At + I] = char(Value >> (8 * I));
}

static void putLength(std::string &Out, size_t Length) {
  if (Length < 0x80) {
    put(Out, Length, 1);
  } else if (Length < 0x4000) {
    put(Out, 0x80 | Length >> 8, 1);
    put(Out, Length & 0xFF, 1);
  } else {
    put(Out, 0xC0 | Length >> 24, 1);
    for (int Shift = 16; Shift >= 0; Shift -= 8)
      put(Out, Length >> Shift & 0xFF, 1);
  }
}

ImageBuilder::ImageBuilder() : Strings(1, 0), UserStrings(1, 0), Blobs(1, 0) {
  put(Section, 0, 72); // the CLI header
}

uint32_t ImageBuilder::string(llvm::StringRef S) {
  if (S.empty())
    return 0;
  uint32_t At = Strings.size();
  Strings += S;
  Strings.push_back(0);
  return At;
}

uint32_t ImageBuilder::blob(llvm::ArrayRef<uint8_t> Bytes) {
  uint32_t At = Blobs.size();
  putLength(Blobs, Bytes.size());
  put(Blobs, Bytes);
  return At;
}

uint32_t ImageBuilder::userString(std::u16string_view S) {
  uint32_t At = UserStrings.size();
  putLength(UserStrings, 2 * S.size() + 1);
  for (char16_t C : S)
    put(UserStrings, C, 2);
  UserStrings.push_back(0);
  return At;
}

uint32_t ImageBuilder::guid(uint8_t FirstByte) {
  for (unsigned I = 0; I != 16; ++I)
    Guids.push_back(char(FirstByte + I));
  return Guids.size() / 16;
}

uint32_t ImageBuilder::row(TableID Table, std::vector<uint32_t> Columns) {
  auto &Of = Rows[unsigned(Table)];
  Of.push_back(std::move(Columns));
  return Of.size();
}

uint32_t ImageBuilder::bytes(llvm::ArrayRef<uint8_t> Bytes) {
  align(Section, 4);
  uint32_t At = SectionRVA + Section.size();
  put(Section, Bytes);
  return At;
}

unsigned ImageBuilder::codedSize(CodedIndexKind Kind, unsigned TagBits) const {
  unsigned Size = 2;
#define TARGET(KIND, TAG, TABLE)                                               \
  if (Kind == CodedIndexKind::KIND &&                                          \
      Rows[unsigned(TableID::TABLE)].size() >= size_t(1) << (16 - TagBits))    \
    Size = 4;
#include "ilbridge/ecma335/CodedIndices.def"
  return Size;
}

std::vector<unsigned> ImageBuilder::columnSizes(TableID Table) const {
  std::vector<unsigned> Sizes;
  switch (Table) {
#define TABLE(NUMBER, NAME) case TableID::NAME:
#define COLUMN(TABLE, NAME, TYPE) Sizes.push_back(columnSize(TYPE{}));
#define END_TABLE(NAME) break;
#include "ilbridge/ecma335/Tables.def"
  }
  return Sizes;
}

std::string ImageBuilder::tables() {
  std::string Out;
  put(Out, 0, 4);
  put(Out, 2, 1);
  put(Out, 0, 1);
  put(Out,
      (WideStrings ? 1 : 0) | (WideGuids ? 2 : 0) | (WideBlobs ? 4 : 0) |
          (ExtraData ? 0x40 : 0),
      1);
  put(Out, 1, 1);
  uint64_t Valid = UnknownTable ? uint64_t(1) << 0x30 : 0;
  for (unsigned T = 0; T != NumTables; ++T)
    if (!Rows[T].empty())
      Valid |= uint64_t(1) << T;
  put(Out, Valid, 8);
  put(Out, Sorted, 8);
  for (unsigned T = 0; T != NumTables; ++T)
    if (!Rows[T].empty())
      put(Out, Rows[T].size(), 4);
  if (UnknownTable)
    put(Out, 2, 4);
  if (ExtraData)
    put(Out, 0xDEADBEEF, 4);
  for (unsigned T = 0; T != NumTables; ++T) {
    TableOffsets[T] = Out.size();
    auto Sizes = columnSizes(TableID(T));
    RowSizes[T] = std::accumulate(Sizes.begin(), Sizes.end(), size_t(0));
    for (const auto &Row : Rows[T]) {
      if (Row.size() != Sizes.size())
        llvm::report_fatal_error("a row of " + name(TableID(T)) +
                                 " has a wrong number of columns");
      for (size_t C = 0; C != Row.size(); ++C)
        put(Out, Row[C], Sizes[C]);
    }
  }
  if (UnknownTable)
    put(Out, 0x0123456789, 8);
  return Out;
}

std::string ImageBuilder::build() {
  // The metadata root and its streams, one after the other.
  std::pair<const char *, std::string> Contents[] = {
      {Uncompressed ? "#-" : "#~", tables()},
      {"#Strings", Strings},
      {"#US", UserStrings},
      {"#Blob", Blobs},
      {"#GUID", Guids}};
  std::string Root;
  put(Root, 0x424A5342, 4);
  put(Root, 1, 2);
  put(Root, 1, 2);
  put(Root, 0, 4);
  put(Root, 12, 4);
  Root += llvm::StringRef("v4.0.30319\0\0", 12);
  put(Root, 0, 2);
  put(Root, std::size(Contents), 2);
  std::vector<size_t> HeaderAt;
  for (const auto &[Name, Content] : Contents) {
    HeaderAt.push_back(Root.size());
    put(Root, 0, 8);
    Root += Name;
    Root.push_back(0);
    align(Root, 4);
  }

  std::string Text = Section;
  align(Text, 4);
  size_t RootAt = Text.size();
  Metadata = SectionOffset + RootAt;
  Streams.clear();
  for (size_t I = 0; I != std::size(Contents); ++I) {
    align(Root, 4);
    overwrite(Root, HeaderAt[I], Root.size(), 4);
    overwrite(Root, HeaderAt[I] + 4, Contents[I].second.size(), 4);
    Streams.emplace_back(Contents[I].first, Metadata + Root.size());
    Root += Contents[I].second;
  }
  Text += Root;

  // The CLI header.
  overwrite(Text, 0, 72, 4);
  overwrite(Text, 4, 2, 2);
  overwrite(Text, 6, 5, 2);
  overwrite(Text, 8, SectionRVA + RootAt, 4);
  overwrite(Text, 12, Root.size(), 4);
  overwrite(Text, 16, 1, 4);
  overwrite(Text, 20, 0x06000001, 4);

  // The PE headers.
  std::string File(0x80, 0);
  File[0] = 'M';
  File[1] = 'Z';
  overwrite(File, 0x3C, 0x80, 4);
  put(File, 0x4550, 4);
  put(File, PE32Plus ? 0x8664 : 0x14C, 2);
  put(File, 1, 2);
  put(File, 0, 12);
  size_t Optional = PE32Plus ? 112 : 96;
  put(File, Optional + 16 * 8, 2);
  put(File, 0x2102, 2);
  size_t OptionalAt = File.size();
  put(File, PE32Plus ? 0x20B : 0x10B, 2);
  File.resize(OptionalAt + Optional + 16 * 8);
  overwrite(File, OptionalAt + Optional - 4, 16, 4);
  overwrite(File, OptionalAt + Optional + 14 * 8, SectionRVA, 4);
  overwrite(File, OptionalAt + Optional + 14 * 8 + 4, 72, 4);
  File += llvm::StringRef(".text\0\0\0", 8);
  put(File, Text.size(), 4);
  put(File, SectionRVA, 4);
  put(File, Text.size(), 4);
  put(File, SectionOffset, 4);
  put(File, 0, 16);
  assert(File.size() <= SectionOffset);
  File.resize(SectionOffset);
  return File + Text;
}

size_t ImageBuilder::streamOffset(llvm::StringRef Name) const {
  for (const auto &[Stream, At] : Streams)
    if (Stream == Name)
      return At;
  llvm::report_fatal_error("there is no stream " + Name);
}

size_t ImageBuilder::rowOffset(TableID Table, uint32_t Rid) const {
  return Streams.front().second + TableOffsets[unsigned(Table)] +
         (Rid - 1) * RowSizes[unsigned(Table)];
}

} // namespace ilbridge::ecma335::test

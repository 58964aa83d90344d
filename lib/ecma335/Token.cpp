//===- Token.cpp - References to metadata rows ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Token.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <array>

namespace ilbridge::ecma335 {

llvm::StringRef name(TableID Table) {
  switch (Table) {
#define TABLE(NUMBER, NAME)                                                    \
  case TableID::NAME:                                                          \
    return #NAME;
#include "ilbridge/ecma335/Tables.def"
  }
  return "(no table)";
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, Token T) {
  return OS << llvm::format_hex(T.raw(), 10);
}

namespace {

constexpr uint8_t TagBits[] = {
#define CODED_INDEX(KIND, TAG_BITS) TAG_BITS,
#include "ilbridge/ecma335/CodedIndices.def"
};
constexpr unsigned MaxTags = 32;
constexpr auto NoTable = static_cast<TableID>(0xFF);

constexpr auto Targets = [] {
  std::array<std::array<TableID, MaxTags>, std::size(TagBits)> Result;
  for (auto &Tables : Result)
    Tables.fill(NoTable);
#define TARGET(KIND, TAG, TABLE)                                               \
  Result[static_cast<unsigned>(CodedIndexKind::KIND)][TAG] = TableID::TABLE;
#include "ilbridge/ecma335/CodedIndices.def"
  return Result;
}();

} // namespace

unsigned tagBits(CodedIndexKind Kind) {
  return TagBits[static_cast<unsigned>(Kind)];
}

std::optional<TableID> tableOfTag(CodedIndexKind Kind, unsigned Tag) {
  if (Tag >= MaxTags)
    return std::nullopt;
  TableID Table = Targets[static_cast<unsigned>(Kind)][Tag];
  if (Table == NoTable)
    return std::nullopt;
  return Table;
}

std::optional<Token> decode(CodedIndexKind Kind, uint32_t Coded) {
  unsigned Bits = tagBits(Kind);
  auto Table = tableOfTag(Kind, Coded & ((1u << Bits) - 1));
  if (!Table)
    return std::nullopt;
  return Token(*Table, Coded >> Bits);
}

std::optional<uint32_t> encode(CodedIndexKind Kind, Token T) {
  for (unsigned Tag = 0; Tag != MaxTags; ++Tag)
    if (tableOfTag(Kind, Tag) == T.table())
      return T.rid() << tagBits(Kind) | Tag;
  return std::nullopt;
}

} // namespace ilbridge::ecma335

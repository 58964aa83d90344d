//===- Token.h - How metadata refers to its rows ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A row has a number in its table, its rid, which counts from 1; 0 means "no
// row". Rid<MethodDefRow> is such a number with its table in the type, Token
// one with its table in the value. None of them says that the row exists: the
// file may hold any number, and Module::row() answers with an error.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_TOKEN_H
#define ILBRIDGE_ECMA335_TOKEN_H

#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/StringRef.h"
#include <algorithm>
#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>

namespace llvm {
class raw_ostream;
}

namespace ilbridge::ecma335 {

/// The tables of II.22, by their numbers.
enum class TableID : uint8_t {
#define TABLE(NUMBER, NAME) NAME = NUMBER,
#include "ilbridge/ecma335/Tables.def"
};
inline constexpr unsigned NumTables = 0x2D;

/// The name of a table as in the standard, "MethodDef"; of a number that is
/// none, "(no table)".
llvm::StringRef name(TableID Table);

#define TABLE(NUMBER, NAME) struct NAME##Row;
#include "ilbridge/ecma335/Tables.def"

/// Rids have 24 bits, and this one belongs to no row (Module::create refuses a
/// table that long). Greater numbers in a file become it.
inline constexpr uint32_t NoSuchRid = 0xFFFFFF;

/// The number of a row of the table that \p Row describes.
template <typename Row> class Rid {
public:
  constexpr Rid() = default;
  constexpr explicit Rid(uint32_t Value) : Value(std::min(Value, NoSuchRid)) {}

  constexpr uint32_t value() const { return Value; }
  /// Whether it refers to a row at all.
  constexpr explicit operator bool() const { return Value != 0; }
  constexpr auto operator<=>(const Rid &) const = default;

private:
  friend struct llvm::DenseMapInfo<Rid>;
  uint32_t Value = 0;
};

#define TABLE(NUMBER, NAME) using NAME##Rid = Rid<NAME##Row>;
#include "ilbridge/ecma335/Tables.def"

/// The table of Rid<Row>.
template <typename Row> inline constexpr TableID TableOf = TableID::Module;
#define TABLE(NUMBER, NAME)                                                    \
  template <> inline constexpr TableID TableOf<NAME##Row> = TableID::NAME;
#include "ilbridge/ecma335/Tables.def"

/// A table and a row of it, as in IL code (III.1.9): the table's number in the
/// highest byte, the rid in the other three.
class Token {
public:
  /// The "table" of a token that means an offset into the #US heap (III.4.16).
  static constexpr TableID UserString = static_cast<TableID>(0x70);

  constexpr Token() = default;
  /// \param Raw as in the file. What has a high bit set belongs to no table; it
  /// loses that bit, so that keys of a DenseMap remain which are in no file.
  constexpr explicit Token(uint32_t Raw) : Raw(Raw & 0x7FFFFFFF) {}
  constexpr Token(TableID Table, uint32_t R)
      : Token(static_cast<uint32_t>(Table) << 24 | std::min(R, NoSuchRid)) {}
  template <typename Row>
  constexpr Token(Rid<Row> R) : Token(TableOf<Row>, R.value()) {}

  constexpr uint32_t raw() const { return Raw; }
  constexpr TableID table() const { return static_cast<TableID>(Raw >> 24); }
  constexpr uint32_t rid() const { return Raw & 0xFFFFFF; }
  /// Whether it refers to a row at all.
  constexpr explicit operator bool() const { return rid() != 0; }

  /// Whether it is of the table of \p Row, as in T.is<TypeDefRow>().
  template <typename Row> constexpr bool is() const {
    return table() == TableOf<Row>;
  }
  template <typename Row> constexpr Rid<Row> as() const {
    assert(is<Row>() && "a token of another table");
    return Rid<Row>(rid());
  }

  constexpr auto operator<=>(const Token &) const = default;

private:
  friend struct llvm::DenseMapInfo<Token>;
  uint32_t Raw = 0;
};
/// Prints as ildasm does: 0x06000012.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, Token T);
template <typename Row>
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, Rid<Row> R) {
  return OS << Token(R);
}

/// The kinds of coded indices of II.24.2.6.
enum class CodedIndexKind : uint8_t {
#define CODED_INDEX(KIND, TAG_BITS) KIND,
#include "ilbridge/ecma335/CodedIndices.def"
};

/// How many low bits of \p Kind hold its tag.
unsigned tagBits(CodedIndexKind Kind);
/// The table that a tag stands for; nothing for a tag that is not used.
std::optional<TableID> tableOfTag(CodedIndexKind Kind, unsigned Tag);
/// \returns the token that \p Coded means; nothing where its tag is not used.
std::optional<Token> decode(CodedIndexKind Kind, uint32_t Coded);
/// \returns \p T as a coded index; nothing where \p Kind does not reach its
/// table.
std::optional<uint32_t> encode(CodedIndexKind Kind, Token T);

// One type per kind, so that a row says which tables a column can reach.
#define CODED_INDEX(KIND, TAG_BITS)                                            \
  struct KIND : Token {                                                        \
    using Token::Token;                                                        \
    constexpr KIND() = default;                                                \
    constexpr explicit KIND(Token T) : Token(T) {}                             \
    static constexpr CodedIndexKind Kind = CodedIndexKind::KIND;               \
  };
#include "ilbridge/ecma335/CodedIndices.def"

/// An offset into the heap #Strings, in bytes.
enum class StringIndex : uint32_t {};
/// An offset into the heap #Blob, in bytes.
enum class BlobIndex : uint32_t {};
/// The number of an entry of the heap #GUID, from 1; 0 means "none".
enum class GuidIndex : uint32_t {};

} // namespace ilbridge::ecma335

// The keys of empty places are values that no constructor gives, so whatever a
// file holds can be a key.
template <> struct llvm::DenseMapInfo<ilbridge::ecma335::Token> {
  using Token = ilbridge::ecma335::Token;
  static Token getEmptyKey() { return make(0xFFFFFFFF); }
  static Token getTombstoneKey() { return make(0xFFFFFFFE); }
  static unsigned getHashValue(Token T) {
    return DenseMapInfo<uint32_t>::getHashValue(T.raw());
  }
  static bool isEqual(Token A, Token B) { return A == B; }

private:
  static Token make(uint32_t Raw) {
    Token T;
    T.Raw = Raw;
    return T;
  }
};
template <typename Row> struct llvm::DenseMapInfo<ilbridge::ecma335::Rid<Row>> {
  using Rid = ilbridge::ecma335::Rid<Row>;
  static Rid getEmptyKey() { return make(0xFFFFFFFF); }
  static Rid getTombstoneKey() { return make(0xFFFFFFFE); }
  static unsigned getHashValue(Rid R) {
    return DenseMapInfo<uint32_t>::getHashValue(R.value());
  }
  static bool isEqual(Rid A, Rid B) { return A == B; }

private:
  static Rid make(uint32_t Value) {
    Rid R;
    R.Value = Value;
    return R;
  }
};

#endif // ILBRIDGE_ECMA335_TOKEN_H

//===- Token.h - References to metadata rows -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A rid is the number of a row in its table, counted from 1; 0 means "no row".
// Rid<MethodDefRow> is a rid whose type states the table, and a Token contains
// the table in its value. Neither guarantees that the row exists: the file may
// contain any number, and Module::row() returns an error.
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

/// The name of a table in the standard, "MethodDef"; "(no table)" for a number
/// without a table.
llvm::StringRef name(TableID Table);

#define TABLE(NUMBER, NAME) struct NAME##Row;
#include "ilbridge/ecma335/Tables.def"

/// A rid that belongs to no row. Rids have 24 bits, and Module::create rejects
/// a table with this many rows. Greater numbers in a file are replaced by it.
inline constexpr uint32_t NoSuchRid = 0xFFFFFF;

/// The rid of a row of the table that \p Row describes.
template <typename Row> class Rid {
public:
  constexpr Rid() = default;
  constexpr explicit Rid(uint32_t Value) : Value(std::min(Value, NoSuchRid)) {}

  constexpr uint32_t value() const { return Value; }
  /// Whether it refers to a row.
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

/// A table and a row in it, as in IL code (III.1.9): the table's number is in
/// the highest byte, the rid in the other three.
class Token {
public:
  /// The "table" of a token that is an offset into the #US heap (III.4.16).
  static constexpr TableID UserString = static_cast<TableID>(0x70);

  constexpr Token() = default;
  /// \param Raw The token as in the file. A token with its highest bit set
  /// belongs to no table. The bit is cleared, so that the reserved keys of a
  /// DenseMap cannot occur in a file.
  constexpr explicit Token(uint32_t Raw) : Raw(Raw & 0x7FFFFFFF) {}
  constexpr Token(TableID Table, uint32_t R)
      : Token(static_cast<uint32_t>(Table) << 24 | std::min(R, NoSuchRid)) {}
  template <typename Row>
  constexpr Token(Rid<Row> R) : Token(TableOf<Row>, R.value()) {}

  constexpr uint32_t raw() const { return Raw; }
  constexpr TableID table() const { return static_cast<TableID>(Raw >> 24); }
  constexpr uint32_t rid() const { return Raw & 0xFFFFFF; }
  /// Whether it refers to a row.
  constexpr explicit operator bool() const { return rid() != 0; }

  /// Whether it refers to the table of \p Row, as in T.is<TypeDefRow>().
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

/// The number of low bits of \p Kind that contain the tag.
unsigned tagBits(CodedIndexKind Kind);
/// The table of a tag; nullopt for a tag that is not used.
std::optional<TableID> tableOfTag(CodedIndexKind Kind, unsigned Tag);
/// \returns the token of the coded index \p Coded; nullopt if its tag is not
/// used.
std::optional<Token> decode(CodedIndexKind Kind, uint32_t Coded);
/// \returns \p T as a coded index; nullopt if \p Kind does not include its
/// table.
std::optional<uint32_t> encode(CodedIndexKind Kind, Token T);

// One type for each kind, so that a row states which tables a column can refer
// to.
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

// The empty and tombstone keys are values that no constructor produces, so
// every value in a file can be a key.
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

//===- SourcePrinter.h - Types as C++ without headers -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_SOURCEPRINTER_H
#define ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

#include "PlainRecord.h"
#include "ilbridge/type/DataModel.h"
#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <array>
#include <map>

namespace llvm {
class Triple;
} // namespace llvm

namespace ilbridge::abi {

/// How much of two signatures must be equal for a target to pass their values
/// in the same way. Each level requires more than the previous one. The signs
/// of numbers of 32 bits or more never matter.
enum class Likeness : unsigned {
  /// Each number and each address takes one register. Winapi is the convention
  /// of C.
  Registers,
  /// As Registers, but 64-bit numbers take more registers than 32-bit ones. A
  /// long and an address have 32 bits.
  Widths,
  /// Addresses, 32-bit numbers, 64-bit numbers and each calling convention are
  /// passed in ways of their own.
  Kinds,
};
inline constexpr unsigned LikenessCount = 3;

/// The likeness that two signatures must have so that a target passes their
/// values in the same way, as far as this is known before Clang is queried.
Likeness likenessFor(const DataModel &Model, const llvm::Triple &T);

/// Whether the preprocessor of a target defines _WIN32.
bool isWindows(const llvm::Triple &T);

/// Prints every record as "struct r7", every enum as "enum e7" and every
/// signature as a declaration "f7"; the numbers are indices into ABIInfo. Equal
/// texts have equal numbers. A plain record is printed if a printed declaration
/// contains it by value; otherwise only its scalars are, as typedefs "s7".
class SourcePrinter {
public:
  /// The number of a type that cannot be printed, or that is being printed.
  static constexpr unsigned NoIndex = ~0u;

  SourcePrinter();
  /// Returns the C++ spelling of a type in memory, after printing its
  /// definition. Returns nullopt if C++ without headers cannot express the
  /// type.
  std::optional<std::string> word(const Type &T);
  void add(const FunctionType &F);
  /// Adds two signatures that are to be compared with each other. They are
  /// printed for the targets on which they are not alike (see classes()).
  void addPair(const FunctionType &A, const FunctionType &B);
  /// Prints the signatures that addPair() has not printed.
  void addUnprinted();
  bool hasUnprinted() const { return !Unprinted.empty(); }
  /// Prints the plain records that no declaration contains.
  void printAll();
  /// Plain records by number, including those that were printed.
  const std::map<unsigned, PlainRecord> &plainRecords() const { return Plain; }
  unsigned scalarCount() const { return Scalars.size(); }
  /// Numbers of signatures. Signatures with equal numbers are alike on a target
  /// that requires the level \p By.
  const llvm::DenseMap<const Type *, unsigned> &classes(Likeness By) const {
    return Classes[static_cast<unsigned>(By)];
  }

  const llvm::DenseMap<const Type *, unsigned> &indices() const {
    return Indices;
  }
  unsigned count() const { return Texts.size(); }
  /// The text is compiled with the macro LIKENESS, the number of the level that
  /// a target requires.
  llvm::StringRef text() const { return Text; }
  /// The text, and the definitions of the records that are not printed.
  std::string question() const;

private:
  /// The number of scalar values in a value of type \p T; the elements of an
  /// array count once.
  unsigned parts(const Type &T) const;
  std::optional<std::string> declare(const Type &T, const std::string &Name);
  std::optional<std::string> definition(const EnumType &E);
  std::optional<std::string> definition(const RecordType &R);
  std::optional<std::string> vector(const RecordType &R);
  std::optional<std::string> natural(const RecordType &R);
  std::optional<std::string> placed(const RecordType &R);
  std::optional<PlainRecord> plain(const RecordType &R);
  /// The number of the scalar type that C++ spells as \p Word.
  unsigned scalar(llvm::StringRef Word);
  /// Prints the records that \p T, a record or a signature, contains by value.
  void printRecordsIn(const Type &T);
  /// Prints \p Definition, with \p Name in place of "$".
  void print(llvm::StringRef Definition, llvm::StringRef Name);
  /// Returns a declaration with a "$" in place of the name, or nullopt if C++
  /// without headers cannot express it.
  std::optional<std::string> declaration(const FunctionType &F);
  /// Prints a signature for the targets that require the level \p Least or a
  /// later one.
  void add(const FunctionType &F, unsigned Least);
  /// Returns a text that is equal for signatures that are alike, or nullopt if
  /// a part of the signature cannot be printed.
  std::optional<std::string> classText(const FunctionType &F, Likeness By);
  /// Returns the name of \p T. \p Definition has a "$" in place of the name; a
  /// new definition is printed for the targets that require the level \p Least
  /// or a later one, unless it is that of a plain record.
  std::string number(const Type &T, char Letter, llvm::StringRef Definition,
                     unsigned Least = 0,
                     std::optional<PlainRecord> AsPlain = std::nullopt);

  std::string Text;
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Contains only records that can be printed.
  llvm::DenseMap<const Type *, unsigned> Parts;
  std::map<unsigned, PlainRecord> Plain;
  /// The definitions of the plain records that were not printed, by number.
  std::map<unsigned, std::string> Unneeded;
  llvm::StringMap<unsigned> Scalars;
  llvm::StringMap<unsigned> Texts;
  /// The first level for which a signature is printed.
  llvm::DenseMap<const Type *, unsigned> Levels;
  llvm::StringMap<unsigned> ClassTexts;
  std::array<llvm::DenseMap<const Type *, unsigned>, LikenessCount> Classes;
  std::vector<const FunctionType *> Unprinted;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

//===- SourcePrinter.h - Types as C++ without headers -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_SOURCEPRINTER_H
#define ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

#include "ilbridge/type/DataModel.h"
#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <array>

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
/// signature as a declaration "f7"; the numbers are indices into Answers. Equal
/// texts have equal numbers.
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
  /// Returns a declaration with a "$" in place of the name, or nullopt if C++
  /// without headers cannot express it.
  std::optional<std::string> declaration(const FunctionType &F);
  /// Prints a signature for the targets that require the level \p Least or a
  /// later one.
  void add(const FunctionType &F, unsigned Least);
  /// Returns a text that is equal for signatures that are alike, or nullopt if
  /// a part of the signature cannot be printed.
  std::optional<std::string> classText(const FunctionType &F, Likeness By);
  /// Returns the number of \p T. \p Definition has a "$" in place of the name;
  /// a new definition is printed for the targets that require the level \p
  /// Least or a later one.
  std::string number(const Type &T, char Letter, llvm::StringRef Definition,
                     unsigned Least = 0);

  std::string Text;
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Contains only records that can be printed.
  llvm::DenseMap<const Type *, unsigned> Parts;
  llvm::StringMap<unsigned> Texts;
  /// The first level for which a signature is printed.
  llvm::DenseMap<const Type *, unsigned> Levels;
  llvm::StringMap<unsigned> ClassTexts;
  std::array<llvm::DenseMap<const Type *, unsigned>, LikenessCount> Classes;
  std::vector<const FunctionType *> Unprinted;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

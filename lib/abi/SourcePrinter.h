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

/// How much of two signatures has to be equal for a target to pass their values
/// alike. Each level needs more than the one before. Of numbers of 32 bits or
/// more, signs never matter.
enum class Likeness : unsigned {
  /// Each number and address takes one register. Winapi is C's own convention.
  Registers,
  /// The same, but 64 bits take more than 32, which a long and an address have.
  Widths,
  /// Addresses, numbers of 32 bits, numbers of 64 bits and each convention have
  /// ways of their own.
  Kinds,
};
inline constexpr unsigned LikenessCount = 3;

/// The likeness that two signatures need so that a target passes their values
/// alike, as far as it is known before Clang is queried.
Likeness likenessFor(const DataModel &Model, const llvm::Triple &T);

/// Whether the preprocessor of a target defines _WIN32.
bool isWindows(const llvm::Triple &T);

/// Prints every record as "struct r7", every enum as "enum e7" and every
/// signature as a declaration "f7"; the numbers are indices into Answers. Equal
/// texts have equal numbers.
class SourcePrinter {
public:
  /// The number of what has no words, or is being printed.
  static constexpr unsigned NoIndex = ~0u;

  SourcePrinter();
  /// The word for a type that lies in memory, whose definition is printed
  /// before; nullopt where this language cannot say what the type is.
  std::optional<std::string> word(const Type &T);
  void add(const FunctionType &F);
  /// Prints two signatures that are to be compared with each other, for those
  /// targets on which they are not alike (see classes()).
  void addPair(const FunctionType &A, const FunctionType &B);
  /// Prints what addPair() has left out.
  void addUnprinted();
  bool hasUnprinted() const { return !Unprinted.empty(); }
  /// Numbers of signatures. Equal ones are alike on a target that needs \p By.
  const llvm::DenseMap<const Type *, unsigned> &classes(Likeness By) const {
    return Classes[static_cast<unsigned>(By)];
  }

  const llvm::DenseMap<const Type *, unsigned> &indices() const {
    return Indices;
  }
  unsigned count() const { return Texts.size(); }
  /// The preprocessor finds LIKENESS in it: the number of what a target needs.
  llvm::StringRef text() const { return Text; }

private:
  /// How many values a value of type \p T has in it, an array's once.
  unsigned parts(const Type &T) const;
  std::optional<std::string> declare(const Type &T, const std::string &Name);
  std::optional<std::string> definition(const EnumType &E);
  std::optional<std::string> definition(const RecordType &R);
  std::optional<std::string> vector(const RecordType &R);
  std::optional<std::string> natural(const RecordType &R);
  std::optional<std::string> placed(const RecordType &R);
  /// Returns a declaration with a "$" in place of the name; nullopt where this
  /// language has none.
  std::optional<std::string> declaration(const FunctionType &F);
  /// Prints a signature for targets that need \p Least or more.
  void add(const FunctionType &F, unsigned Least);
  /// The text that is equal for signatures that are alike; nullopt where there
  /// are no words for a part of it.
  std::optional<std::string> classText(const FunctionType &F, Likeness By);
  /// Numbers \p T, whose definition has a "$" in place of its name, and prints
  /// the definition, if it is new, for targets that need \p Least or more.
  std::string number(const Type &T, char Letter, llvm::StringRef Definition,
                     unsigned Least = 0);

  std::string Text;
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Only records that have words are in it.
  llvm::DenseMap<const Type *, unsigned> Parts;
  llvm::StringMap<unsigned> Texts;
  /// The least likeness for which a signature is printed.
  llvm::DenseMap<const Type *, unsigned> Levels;
  llvm::StringMap<unsigned> ClassTexts;
  std::array<llvm::DenseMap<const Type *, unsigned>, LikenessCount> Classes;
  std::vector<const FunctionType *> Unprinted;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

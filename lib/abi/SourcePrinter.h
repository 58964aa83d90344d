//===- SourcePrinter.h - Types as C++ without headers -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_SOURCEPRINTER_H
#define ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

#include "BuiltTypes.h"
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

/// Numbers the types and signatures of a query; the numbers are indices into
/// ABIInfo, and equal ones have equal numbers. Prints every enum as "enum e7",
/// and a record as "struct r7" unless it can be built (BuiltTypes.h). A type
/// that is part of a built one is printed as a typedef "s7".
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
  /// built for the targets on which they are not alike (see classes()).
  void addPair(const FunctionType &A, const FunctionType &B);
  /// Adds the signatures that addPair() has skipped on some targets.
  void addSkipped();
  bool hasSkipped() const { return !Skipped.empty(); }
  /// By number, including the records that are also printed, because a printed
  /// one contains them. A record has a greater number than those in it.
  const std::map<unsigned, BuiltRecord> &records() const { return Records; }
  const std::map<unsigned, BuiltSignature> &signatures() const {
    return Signatures;
  }
  unsigned typedefCount() const { return Typedefs.size(); }
  /// Numbers of signatures. Signatures with equal numbers are alike on a target
  /// that requires the level \p By.
  const llvm::DenseMap<const Type *, unsigned> &classes(Likeness By) const {
    return Classes[static_cast<unsigned>(By)];
  }

  const llvm::DenseMap<const Type *, unsigned> &indices() const {
    return Indices;
  }
  unsigned count() const { return Texts.size(); }
  llvm::StringRef text() const { return Text; }
  /// A text that is equal for equal queries.
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
  /// Describes \p R, or returns nullopt if it has to be parsed.
  std::optional<BuiltRecord> built(const RecordType &R);
  std::optional<BuiltType> builtType(const Type &T);
  /// The number of the typedef that \p Definition, with a "$" in place of the
  /// name, declares.
  unsigned typedefFor(llvm::StringRef Definition);
  /// Prints the records that \p R contains by value.
  void printRecordsIn(const RecordType &R);
  /// Prints \p Definition, with \p Name in place of "$".
  void print(llvm::StringRef Definition, llvm::StringRef Name);
  /// Adds a signature for the targets that require the level \p Least or a
  /// later one.
  void add(const FunctionType &F, unsigned Least);
  /// Returns a text that is equal for signatures that are alike, or nullopt if
  /// a part of the signature cannot be printed.
  std::optional<std::string> classText(const FunctionType &F, Likeness By);
  /// Returns the number of \p T, which is described by \p Definition, and
  /// whether it is new.
  std::pair<unsigned, bool> number(const Type &T, llvm::StringRef Definition);

  std::string Text;
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Contains only records that can be printed.
  llvm::DenseMap<const Type *, unsigned> Parts;
  std::map<unsigned, BuiltRecord> Records;
  std::map<unsigned, BuiltSignature> Signatures;
  /// The definitions of the built records that were not printed, by number.
  std::map<unsigned, std::string> Unprinted;
  llvm::StringMap<unsigned> Typedefs;
  llvm::StringMap<unsigned> Texts;
  /// The first level for which a signature is built.
  llvm::DenseMap<const Type *, unsigned> Levels;
  llvm::StringMap<unsigned> ClassTexts;
  std::array<llvm::DenseMap<const Type *, unsigned>, LikenessCount> Classes;
  std::vector<const FunctionType *> Skipped;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

//===- SourcePrinter.h - Types as C++ without headers -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_SOURCEPRINTER_H
#define ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::abi {

/// Prints every record as "struct r7", every enum as "enum e7" and every
/// signature as a declaration "f7"; the numbers are answers' indices. What has
/// the same text has the same number.
class SourcePrinter {
public:
  /// The number of what has no words, or is being printed.
  static constexpr unsigned NoIndex = ~0u;

  SourcePrinter();
  /// Whether texts use a macro that the compiler predefines.
  static bool usesPredefined(llvm::StringRef Macro);

  /// The word for a type that lies in memory, whose definition is printed
  /// before; nullopt where this language cannot say what the type is.
  std::optional<std::string> word(const Type &T);
  void add(const FunctionType &F);
  /// Prints two signatures that are to be compared with each other, unless they
  /// are alike where numbers are passed by their width alone (see classes()).
  void addPair(const FunctionType &A, const FunctionType &B);
  /// Prints what addPair() has left out.
  void addUnprinted();
  bool hasUnprinted() const { return !Unprinted.empty(); }
  /// Numbers of classes of signatures that are alike except for the signs of
  /// their numbers, and for addresses in place of numbers of their width.
  const llvm::DenseMap<const Type *, unsigned> &classes() const {
    return Classes;
  }

  const llvm::DenseMap<const Type *, unsigned> &indices() const {
    return Indices;
  }
  unsigned count() const { return Texts.size(); }
  llvm::StringRef text() const { return Text; }

private:
  /// How many values a value of type \p T has in it, an array's once.
  unsigned parts(const Type &T) const;
  std::optional<std::string> declare(const Type &T, const std::string &Name);
  std::optional<std::string> definition(const EnumType &E);
  std::optional<std::string> definition(const RecordType &R);
  std::optional<std::string> natural(const RecordType &R);
  std::optional<std::string> placed(const RecordType &R);
  /// The text that is equal for all signatures of one class; nullopt where
  /// there are no words for a part of it.
  std::optional<std::string> classText(const FunctionType &F);
  /// Numbers \p T, whose definition has a "$" in place of its name.
  std::string number(const Type &T, char Letter, llvm::StringRef Definition);

  std::string Text;
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Only records that have words are in it.
  llvm::DenseMap<const Type *, unsigned> Parts;
  llvm::StringMap<unsigned> Texts;
  llvm::StringMap<unsigned> ClassTexts;
  llvm::DenseMap<const Type *, unsigned> Classes;
  std::vector<const FunctionType *> Unprinted;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

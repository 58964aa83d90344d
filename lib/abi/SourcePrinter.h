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

  /// The word for a type that lies in memory, whose definition is printed
  /// before; nullopt where this language cannot say what the type is.
  std::optional<std::string> word(const Type &T);
  void add(const FunctionType &F);
  /// Prints both signatures, but none if they have the same text: then they
  /// have the same number.
  void addPair(const FunctionType &A, const FunctionType &B);

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
  /// The declaration of a signature, with a "$" in place of its name; nullopt
  /// where there are no words for a part of it.
  std::optional<std::string> declaration(const FunctionType &F);
  /// Numbers \p T, whose definition has a "$" in place of its name, and prints
  /// the definition.
  std::string number(const Type &T, char Letter, llvm::StringRef Definition);

  std::string Text;
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Of records that have words.
  llvm::DenseMap<const Type *, unsigned> Parts;
  struct Definition {
    unsigned Index = 0;
    bool IsPrinted = false;
  };
  Definition &find(llvm::StringRef Text);
  llvm::StringMap<Definition> Texts;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

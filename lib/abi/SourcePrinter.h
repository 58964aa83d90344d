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
  SourcePrinter();

  /// The word for a type that lies in memory, whose definition is printed
  /// before; nullopt where this language cannot say what the type is.
  std::optional<std::string> word(const Type &T);
  void add(const FunctionType &F);

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
  /// Numbers \p T, whose definition has a "$" in place of its name.
  std::string number(const Type &T, char Letter, llvm::StringRef Definition);

  std::string Text;
  /// ~0u: there are no words for it, or it is being printed.
  llvm::DenseMap<const Type *, unsigned> Indices;
  /// Of records that have words.
  llvm::DenseMap<const Type *, unsigned> Parts;
  llvm::StringMap<unsigned> Texts;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_SOURCEPRINTER_H

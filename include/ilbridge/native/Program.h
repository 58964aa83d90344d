//===- Program.h - The exports of all sources together ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_PROGRAM_H
#define ILBRIDGE_NATIVE_PROGRAM_H

#include "ilbridge/native/Facts.h"
#include "ilbridge/type/Equality.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::native {

/// Whether \p A and \p B, of one symbol, are called in the same way.
bool haveSameSignature(const Export &A, const Export &B, TypeEquality &Types);

/// All exports of a program's sources, each function once.
class Program {
public:
  explicit Program(std::vector<Facts> AllFacts);

  /// In the order of name and place, whatever the order of the facts. A
  /// function that several sources see is there once; two functions of the
  /// same name, defined in different places, are both there. So is one that
  /// sources, or commands of one source, see with different types.
  llvm::ArrayRef<const Export *> exports() const { return Exports; }
  /// The same function as sources say that were scanned for another target;
  /// exports() has it as scanned for the first one.
  llvm::ArrayRef<const Export *> elsewhere(const Export &E) const;
  /// The facts that an export came from.
  const Facts &factsOf(const Export &E) const;
  /// \returns the library of an unannotated function; null: it is annotated.
  const Library *library(const Export &E) const {
    const std::optional<Library> &L = factsOf(E).Unannotated;
    return L ? &*L : nullptr;
  }
  /// Whether the sources that were scanned have one declaration of \p E, which
  /// is its definition: an edit of it leaves no other as it was.
  bool isDeclaredOnce(const Export &E) const {
    return E.IsDefinition && Declared.lookup(E.Symbol);
  }
  llvm::ArrayRef<Facts> facts() const { return All; }

  /// The data model of the target that the sources were scanned for; that of
  /// the host where there are no sources.
  DataModel model() const { return All.empty() ? DataModel() : All[0].Model; }

private:
  std::tuple<bool, const std::vector<std::string> &>
  libraryOf(const Export &E) const;
  void collect(llvm::StringRef Target, std::vector<const Export *> &Out) const;

  std::vector<Facts> All;
  llvm::DenseMap<const Export *, const Facts *> Origins;
  /// By the symbol; null: declared at several places.
  llvm::StringMap<const Export *> Declared;
  std::vector<const Export *> Exports;
  llvm::DenseMap<const Export *, std::vector<const Export *>> Elsewhere;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_PROGRAM_H

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

/// Whether \p A and \p B, which have the same symbol, have the same signature.
bool haveSameSignature(const DeclaredFunction &A, const DeclaredFunction &B,
                       TypeEquality &Types);

/// All exports and imports of a program's sources, each function once.
class Program {
public:
  explicit Program(std::vector<Facts> AllFacts);

  /// Sorted by name and location, independent of the order of the facts. A
  /// function that several sources declare occurs once. Functions with the same
  /// name but different definitions both occur, and so do declarations of a
  /// function with different types.
  llvm::ArrayRef<const Export *> exports() const { return Exports; }
  /// The managed methods that native code calls, in the same way.
  llvm::ArrayRef<const ManagedImport *> imports() const { return Imports; }
  /// The same function in the facts of other targets; exports() contains it
  /// with the facts of the first target.
  llvm::ArrayRef<const Export *> elsewhere(const Export &E) const;
  llvm::ArrayRef<const ManagedImport *> elsewhere(const ManagedImport &I) const;
  /// The facts that contain an export or an import.
  const Facts &factsOf(const DeclaredFunction &F) const;
  /// \returns the library of an unannotated function; null: it is annotated.
  const HeaderEntry *headerEntry(const DeclaredFunction &F) const {
    const std::optional<HeaderEntry> &L = factsOf(F).Unannotated;
    return L ? &*L : nullptr;
  }
  /// Whether the only declaration of \p E in the scanned sources is its
  /// definition, so that an edit of it leaves no other declaration unchanged.
  bool isDeclaredOnce(const Export &E) const {
    return E.IsDefinition && Declared.lookup(E.Symbol);
  }
  llvm::ArrayRef<Facts> facts() const { return All; }
  /// Returns the class with that qualified name, and the facts that contain it.
  /// It is one of Facts::Classes, or a class whose address an export takes.
  /// Returns null pointers if no source is known to define it.
  struct FoundClass {
    const RecordType *Record = nullptr;
    const Facts *In = nullptr;
  };
  FoundClass findClass(llvm::StringRef Name) const;

  /// The data model of the scanned target; the host's if there are no
  /// sources.
  DataModel model() const { return All.empty() ? DataModel() : All[0].Model; }

private:
  std::tuple<bool, const std::vector<std::string> &>
  libraryOf(const Export &E) const;
  void collect(llvm::StringRef Target, std::vector<const Export *> &Out) const;
  void collectImports();

  std::vector<Facts> All;
  llvm::DenseMap<const DeclaredFunction *, const Facts *> Origins;
  /// By symbol; null if it is declared at several locations.
  llvm::StringMap<const Export *> Declared;
  std::vector<const Export *> Exports;
  /// Created on first use.
  mutable std::optional<llvm::StringMap<FoundClass>> Classes;
  llvm::DenseMap<const Export *, std::vector<const Export *>> Elsewhere;
  std::vector<const ManagedImport *> Imports;
  llvm::DenseMap<const ManagedImport *, std::vector<const ManagedImport *>>
      ImportsElsewhere;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_PROGRAM_H

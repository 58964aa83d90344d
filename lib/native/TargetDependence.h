//===- TargetDependence.h - Dependence on targets ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   declaration ──▶ conditionals around it ──▶ macros that they read
//               ──▶ macros in its text     ──▶ where these are defined ─▶ …
//                                          ──▶ names that no text defines
//
// A translation unit was parsed for one target. Its text also shows which
// macros determine whether a declaration exists and what it contains. A macro
// that the text does not define is predefined by the compiler, or undefined.
// Code that knows two targets can determine whether such macros differ. Texts
// are read after parsing and only for declarations that are queried, so the way
// in which the translation unit was parsed does not matter.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_TARGETDEPENDENCE_H
#define ILBRIDGE_LIB_NATIVE_TARGETDEPENDENCE_H

#include "Directives.h"
#include "ilbridge/native/Scanner.h"
#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseMap.h"
#include <map>
#include <set>

namespace ilbridge::native {

/// Whether C reserves a name for its library and for compilers (C17 7.1.3).
bool isReservedName(llvm::StringRef Name);

class TargetDependence {
public:
  explicit TargetDependence(const ParsedUnit &U);

  /// Whether a declaration of the name \p Name at \p Loc belongs to the C
  /// library of the system that the unit is compiled for: a header of it
  /// declares it, or the name is reserved for it (C17 7.1.3).
  bool isOfSystem(clang::SourceLocation Loc, llvm::StringRef Name);

  /// Adds the macros that determine whether there is a declaration at \p Loc.
  void addAround(clang::SourceLocation Loc, Variation &V);
  /// Adds the macros in conditionals within \p Range, which determine its
  /// parts.
  void addWithin(clang::SourceRange Range, Variation &V);
  /// Adds the macros that determine the expansion of the macros in \p Range, as
  /// far as types depend on them.
  void addMacros(clang::SourceRange Range, Variation &V);
  /// As above, as far as a calling convention depends on them.
  void addConventionMacros(clang::SourceRange Range, Variation &V);

private:
  using Names = std::set<llvm::StringRef>;
  /// The possible effects of a macro, whichever of its definitions is active.
  struct Effect {
    bool OnTypes = false;
    bool OnConvention = false;
  };
  struct Part {
    clang::FileID File;
    unsigned Begin = 0, End = 0;
  };
  struct Definition {
    clang::FileID File;
    const Directives::Definition *Written;
  };

  llvm::StringRef textOf(clang::FileID File) const;
  const Directives &directivesOf(clang::FileID File);
  MacroBody bodyOf(const Definition &D) const;
  llvm::ArrayRef<Definition> definitionsOf(llvm::StringRef Macro);
  void readDefinitions();
  std::vector<clang::FileID> files() const;
  bool isPredefined(llvm::StringRef Name) const;
  /// Whether the compiler predefines a macro, and not an option of the command
  /// line.
  bool isOfCompiler(llvm::StringRef Name) const;
  bool isMacro(llvm::StringRef Name);
  const Names &around(clang::FileID File, unsigned Offset);
  const Names &aroundBranch(clang::FileID File, int Branch);
  const Names &ofMacro(llvm::StringRef Name);
  Effect effect(llvm::StringRef Name);
  Effect effectOfWord(llvm::StringRef Word);
  Part part(clang::SourceRange Range);
  void addMacros(clang::SourceRange Range, bool Effect::*Which, Variation &V);
  llvm::ArrayRef<std::string> macrosIn(llvm::StringRef Text);

  /// The standard that names a header.
  enum class Standard : uint8_t { None, C, Posix };
  Standard standardOf(clang::FileID File);
  bool isPartOfStandardHeader(clang::FileID File);
  bool isOfLibrary(clang::FileID File);
  /// Returns reserved identifiers in a text that are macros from another text.
  std::set<std::string> reservedMacros(clang::FileID File);

  const ParsedUnit &U;
  clang::SourceManager &SM;
  /// By text, because a file can be included more than once.
  llvm::DenseMap<const char *, std::unique_ptr<Directives>> ByText;
  bool HasDefinitions = false;
  llvm::StringMap<llvm::SmallVector<Definition, 1>> Definitions;
  llvm::StringMap<Names> Macros;
  llvm::StringMap<Effect> Effects;
  /// By a part of the text, such as "const char *name", which many declarations
  /// have in common.
  llvm::StringMap<std::vector<std::string>> MacrosIn;
  std::map<std::pair<clang::FileID, int>, Names> Around;
  std::map<clang::FileID, Standard> Standards;
  std::map<clang::FileID, bool> OfLibrary;
  std::optional<std::set<std::string>> LibraryWords;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_TARGETDEPENDENCE_H

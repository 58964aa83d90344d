//===- Library.h - Headers that nobody annotates ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_LIBRARY_H
#define ILBRIDGE_NATIVE_LIBRARY_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"
#include <tuple>

namespace ilbridge::native {

/// The words of an `exports` entry about a library, and what its headers have
/// beside functions that can be called. Each source that an entry leads to has
/// one.
struct Library {
  /// DllImport names that it stands for; empty: those of the project itself.
  std::vector<std::string> Names;
  /// Which functions: globs, of which the last that fits decides; one behind a
  /// "!" excludes. Empty: all.
  std::vector<std::string> Functions;
  /// In the configuration; invalid where flags gave it.
  Location Where;

  /// Those of Functions that fit nothing in this source.
  std::vector<std::string> Unused;
  /// Functions that fit, and that no loader finds: they are compiled into
  /// those who call them.
  struct Inline {
    std::string Name;
    Location Where;
  };
  std::vector<Inline> Inlines;

  /// Whether both are of one entry.
  bool isSameEntry(const Library &Other) const {
    return std::tie(Where, Names, Functions) ==
           std::tie(Other.Where, Other.Names, Other.Functions);
  }
};

/// Library::Functions, made ready to match.
class FunctionPatterns {
public:
  FunctionPatterns() = default;
  FunctionPatterns(FunctionPatterns &&) = default;
  FunctionPatterns &operator=(FunctionPatterns &&) = default;

  /// The Error says which pattern is none, and why.
  static llvm::Expected<FunctionPatterns>
  create(llvm::ArrayRef<std::string> Texts);

  /// Whether a function of that qualified name is meant.
  bool fits(llvm::StringRef Name) const;
  /// The patterns that fitted no name so far.
  std::vector<std::string> unused() const;

private:
  struct Pattern {
    std::string Text; // which Glob refers to
    llvm::GlobPattern Glob = {};
    bool Excludes = false;
    mutable bool IsUsed = false; // was asked for, and fitted
  };
  std::vector<Pattern> All;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_LIBRARY_H

//===- HeaderEntry.h - Headers without annotations --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_HEADERENTRY_H
#define ILBRIDGE_NATIVE_HEADERENTRY_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"
#include <tuple>

namespace ilbridge::native {

/// The library part of an `exports` entry, and the problems of its headers.
/// Each source that is scanned for an entry has one object, so several objects
/// can belong to the same entry.
struct HeaderEntry {
  /// The DllImport names of the library; empty: those of the project.
  std::vector<std::string> Names;
  /// Globs that select functions. The last one that matches decides; a glob
  /// after "!" excludes. Empty: all functions.
  std::vector<std::string> Functions;
  /// Location in the configuration; invalid if flags define the entry.
  Location Where;

  /// Globs of Functions that match no function in this source.
  std::vector<std::string> Unused;
  /// Matching functions that a loader cannot find, because they are inline
  /// functions.
  struct Inline {
    std::string Name;
    Location Where;
  };
  std::vector<Inline> Inlines;

  /// Whether both belong to the same entry.
  bool isSameEntry(const HeaderEntry &Other) const {
    return std::tie(Where, Names, Functions) ==
           std::tie(Other.Where, Other.Names, Other.Functions);
  }
};

/// HeaderEntry::Functions as compiled globs.
class FunctionPatterns {
public:
  FunctionPatterns() = default;
  FunctionPatterns(FunctionPatterns &&) = default;
  FunctionPatterns &operator=(FunctionPatterns &&) = default;

  /// The Error states which pattern is invalid, and why.
  static llvm::Expected<FunctionPatterns>
  create(llvm::ArrayRef<std::string> Texts);

  /// Whether the patterns select a function with that qualified name.
  bool fits(llvm::StringRef Name) const;
  /// The patterns that have matched no name so far.
  std::vector<std::string> unused() const;

private:
  struct Pattern {
    std::string Text; // owns the text of Glob
    llvm::GlobPattern Glob = {};
    bool Excludes = false;
    mutable bool IsUsed = false; // has matched a name
  };
  std::vector<Pattern> All;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_HEADERENTRY_H

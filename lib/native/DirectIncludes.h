//===- DirectIncludes.h - What a source includes itself ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   -include pch.h ─▶ pch.h            a header that is only found through
//   #include "lib.h" ─▶ lib.h ─▶ more.h   another is known by the one that the
//   #include "id.h" ─▶ id.h               source names
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_DIRECTINCLUDES_H
#define ILBRIDGE_LIB_NATIVE_DIRECTINCLUDES_H

#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::native {

/// The headers that a unit's command and main file name, in the order in which
/// the compiler enters them. A source that is included, as in a unity build,
/// and a forced header that consists of directives only are replaced by what
/// they include.
class DirectIncludes {
public:
  struct Entry {
    std::string Name; ///< of the file, as Clang or a line marker has it
    /// Holds the operand of the directive, with quotes or angle brackets. It is
    /// empty if the file is found from the includer's folder, or on this
    /// machine only.
    std::string Written;
    bool IsSystem = false;
    /// It is within extern "C" of a C++ source.
    bool IsInExternC = false;
    /// It is conditional, so other compilations may not have it.
    bool IsConditional = false;
  };

  /// \p Main is the name of the main file, as mainFileName() gives it.
  DirectIncludes(const ParsedUnit &U, llvm::StringRef Main);

  llvm::ArrayRef<Entry> entries() const { return Entries; }
  /// The entry through which the unit sees a file: \p ID, which Clang or a
  /// line marker calls \p Name. nullopt: the source itself, or a precompiled
  /// header, whose text is not known.
  std::optional<size_t> leadingTo(clang::FileID ID, llvm::StringRef Name) const;
  /// The system headers that are included through the entry, as named in their
  /// directives. They must not be included within extern "C" with the C
  /// header.
  std::vector<std::string> systemHeadersBehind(size_t Index) const;
  /// Whether a C header, or one that includes it, declares linkage for C++: it
  /// tests __cplusplus directly or through a macro.
  bool statesLinkage(clang::FileID ID, llvm::StringRef Name) const;

private:
  /// A file that the preprocessor has entered by a directive.
  struct EnteredFile {
    clang::FileID ID;
    clang::SourceLocation Directive;
    llvm::StringRef Name;
    bool IsSystem;
  };
  /// Represents one file of a text that contains all files.
  struct MarkedFile {
    std::string Text;
    std::string Includer;
    size_t Entry; ///< that leads to it
  };

  void collect();
  void collectMarked(llvm::StringRef Text, llvm::StringRef Main);
  std::optional<EnteredFile> entered(int At) const;
  bool isTransparent(clang::FileID ID);
  bool isInExternC(clang::SourceLocation At) const;
  bool isConditional(clang::SourceLocation At) const;
  std::string written(clang::SourceLocation At, llvm::StringRef File) const;
  std::optional<llvm::StringRef> text(clang::FileID ID,
                                      llvm::StringRef Name) const;
  bool asksForCxx(clang::FileID ID, llvm::StringRef Name) const;

  const ParsedUnit &U;
  const clang::SourceManager &SM;
  std::vector<Entry> Entries;
  /// Holds, for each entry, the number of its file in the source manager, and
  /// how many files Clang has numbered from there on, itself included.
  std::vector<std::pair<int, unsigned>> Ranges;
  /// By the location of the directive.
  llvm::DenseMap<clang::SourceLocation, size_t> ByDirective;
  llvm::DenseMap<clang::FileID, bool> Transparent;
  /// If line markers tell what is included, these two members replace the three
  /// above. They hold the files by name and, for each entry, the operands that
  /// name the system headers behind it.
  llvm::StringMap<MarkedFile> Marked;
  std::vector<std::vector<std::string>> SystemHeaders;
  mutable llvm::StringMap<bool> AsksForCxx;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_DIRECTINCLUDES_H

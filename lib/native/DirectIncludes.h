//===- DirectIncludes.h - The includes of a source --------------*- C++ -*-===//
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

/// The headers that the command and the main file of a translation unit include
/// directly, in the order in which the compiler enters them. A source that is
/// included, as in a unity build, and a forced header that consists of
/// directives only are replaced by the files that they include.
class DirectIncludes {
public:
  struct Entry {
    std::string Name; ///< name of the file in Clang or in a line marker
    /// Holds the operand of the directive, with quotes or angle brackets. It is
    /// empty if the file is found from the includer's folder, or on this
    /// machine only.
    std::string Written;
    bool IsSystem = false;
    /// Whether it is within extern "C" of a C++ source.
    bool IsInExternC = false;
    /// Whether it is conditional, so other compilations may not include it.
    bool IsConditional = false;
  };

  /// \p Main is the name of the main file, as mainFileName() gives it.
  DirectIncludes(const ParsedUnit &U, llvm::StringRef Main);

  llvm::ArrayRef<Entry> entries() const { return Entries; }
  /// Returns the entry through which the translation unit includes the file \p
  /// ID, whose name in Clang or in a line marker is \p Name. Returns nullopt
  /// for the source itself, and for a precompiled header, whose text is not
  /// known.
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
    size_t Entry; ///< that reaches the file
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
  /// For each entry, the number of its file in the source manager, and how many
  /// files Clang has numbered from there on, including the file itself.
  std::vector<std::pair<int, unsigned>> Ranges;
  /// By the location of the directive.
  llvm::DenseMap<clang::SourceLocation, size_t> ByDirective;
  llvm::DenseMap<clang::FileID, bool> Transparent;
  /// If line markers state the includes, these two members are used instead of
  /// the three above. They contain the files by name and, for each entry, the
  /// operands that name the system headers that it reaches.
  llvm::StringMap<MarkedFile> Marked;
  std::vector<std::vector<std::string>> SystemHeaders;
  mutable llvm::StringMap<bool> AsksForCxx;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_DIRECTINCLUDES_H

//===- SourceLocations.h - Source locations of declarations -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_SOURCELOCATIONS_H
#define ILBRIDGE_LIB_NATIVE_SOURCELOCATIONS_H

#include "DirectIncludes.h"
#include "IncludeFolders.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <set>

namespace ilbridge::native {

/// Whether a file has the name of a source. A unity build includes sources;
/// including one again would define its content twice.
bool isSource(llvm::StringRef File);

/// The source locations of one unit, with line markers applied, because
/// compilers on other machines receive all files in one text.
class SourceLocations {
public:
  /// \p F receives the portable names of files outside of the root, \p Files
  /// the files that findings refer to.
  SourceLocations(const ParsedUnit &U, Facts &F, FilesByPath &Files);

  /// Returns an invalid location for code that is not in a source file.
  Location location(clang::SourceLocation Loc);
  /// Returns the header that contains \p Loc; false in a source. \p HasLinkage
  /// states that a function is declared there.
  Header headerOf(clang::SourceLocation Loc, bool HasLinkage);
  bool isInMainFile(clang::SourceLocation Loc);
  /// Returns the #include directives that reach the headers so far:
  /// Facts::Includes.
  std::vector<DirectInclude> includes();

private:
  struct File {
    std::string Path; ///< relative to the root, or absolute
    bool IsMain = false;
    Header AsHeader; ///< false: a source
  };
  File &file(llvm::StringRef Name, clang::FileID ID);
  /// The files with declarations that one #include directive of the unit
  /// reaches, and whether it requires extern "C".
  struct ReachedFiles {
    std::set<std::string> Declares;
    bool NeedsExternC = false;
  };
  void noteReached(const Header &H, llvm::StringRef Name, clang::FileID ID,
                   bool HasLinkage);
  std::string absolute(llvm::StringRef Name) const;
  Header header(const File &TheFile, llvm::StringRef Name);
  std::string mapped(llvm::StringRef Path) const;

  const ParsedUnit &U;
  clang::SourceManager &SM;
  Facts &F;
  FilesByPath &Files;
  std::string WorkingDirectory;
  std::string Main;                      ///< name of the main file in Clang
  std::optional<IncludeFolders> Folders; ///< if the path must not be used
  llvm::StringMap<File> Known;
  std::optional<DirectIncludes> Direct;   ///< created when a header is required
  std::map<size_t, ReachedFiles> Reached; ///< by the index in Direct
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_SOURCELOCATIONS_H

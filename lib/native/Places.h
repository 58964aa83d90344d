//===- Places.h - Where declarations are ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_PLACES_H
#define ILBRIDGE_LIB_NATIVE_PLACES_H

#include "IncludeFolders.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::native {

/// The places of one unit, as its author knows them: what line markers say
/// counts, because compilers on other machines get all files in one.
class Places {
public:
  /// \p F gets the portable names of files outside of the root, \p Files what
  /// findings have to be shown in.
  Places(const ParsedUnit &U, Facts &F, FilesByPath &Files);

  /// Invalid for what no source wrote.
  Location location(clang::SourceLocation Loc);
  /// The header that \p Loc is in; false in a source.
  Header headerOf(clang::SourceLocation Loc);
  bool isInMainFile(clang::SourceLocation Loc);

private:
  struct File {
    std::string Path; ///< relative to the root, or absolute
    bool IsMain = false;
    Header AsHeader; ///< false: a source
  };
  File &file(llvm::StringRef Name, clang::FileID ID);
  std::string absolute(llvm::StringRef Name) const;
  Header header(const File &TheFile, llvm::StringRef Name);
  std::string mapped(llvm::StringRef Path) const;

  const ParsedUnit &U;
  clang::SourceManager &SM;
  Facts &F;
  FilesByPath &Files;
  std::string WorkingDirectory;
  std::string Main;                      ///< as Clang calls the main file
  std::optional<IncludeFolders> Folders; ///< where the path is not to be known
  llvm::StringMap<File> Known;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_PLACES_H

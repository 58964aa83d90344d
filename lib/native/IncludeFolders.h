//===- IncludeFolders.h - The include path that a unit used -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A compiler on another machine gets all files in one (-frewrite-includes), and
// no include path. What both it and a compiler here can see is the folders in
// which a header was found: a file's name less what #include says.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_INCLUDEFOLDERS_H
#define ILBRIDGE_LIB_NATIVE_INCLUDEFOLDERS_H

#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::native {

/// A line marker of a text that has all files in one.
struct LineMarker {
  llvm::StringRef Line; ///< all of it, without its end
  llvm::StringRef File, Flags;
  /// If the marker enters a file, holds the operand of its #include, from the
  /// quote or angle bracket on. It is empty if the text does not contain it.
  llvm::StringRef Directive;
};
void visitMarkers(llvm::StringRef Text,
                  llvm::function_ref<void(const LineMarker &)> Visit);

class IncludeFolders {
public:
  /// Folders that some #include of the unit led to, other than the includer's
  /// own.
  explicit IncludeFolders(const ParsedUnit &U);

  /// The name of the file \p Name in an #include; empty if it is not below
  /// an include folder. \p Angled: in <>, because the folder is a system
  /// folder.
  std::string nameOf(llvm::StringRef Name, bool &Angled) const;

private:
  void collect(clang::SourceManager &SM);
  void collectRewritten(llvm::StringRef Text);
  /// \p Directive from its opening quote or bracket on.
  void add(llvm::StringRef File, llvm::StringRef Directive,
           llvm::StringRef Includer, bool IsSystem);

  llvm::StringMap<bool> IsSystem; ///< by folder
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_INCLUDEFOLDERS_H

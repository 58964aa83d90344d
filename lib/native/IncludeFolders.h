//===- IncludeFolders.h - Include paths of translation units ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A compiler on another machine receives all files in one text
// (-frewrite-includes), without an include path. Both it and a local compiler
// can determine the folders in which headers were found: the name of a file
// without the part that #include states.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_INCLUDEFOLDERS_H
#define ILBRIDGE_LIB_NATIVE_INCLUDEFOLDERS_H

#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::native {

/// A line marker in a text that contains all files.
struct LineMarker {
  llvm::StringRef Line; ///< the whole line, without its end
  llvm::StringRef File, Flags;
  /// If the marker enters a file, holds the operand of its #include, from the
  /// quote or angle bracket on. It is empty if the text does not contain it.
  llvm::StringRef Directive;
};
void visitMarkers(llvm::StringRef Text,
                  llvm::function_ref<void(const LineMarker &)> Visit);

class IncludeFolders {
public:
  /// The folders in which an #include of the translation unit found a file,
  /// other than the includer's own folder.
  explicit IncludeFolders(const ParsedUnit &U);

  /// Returns the name of the file \p Name in an #include; empty if it is not
  /// below an include folder. Sets \p Angled if <> is required, because the
  /// folder is a system folder.
  std::string nameOf(llvm::StringRef Name, bool &Angled) const;

private:
  void collect(clang::SourceManager &SM);
  void collectRewritten(llvm::StringRef Text);
  /// \p Directive begins with its opening quote or bracket.
  void add(llvm::StringRef File, llvm::StringRef Directive,
           llvm::StringRef Includer, bool IsSystem);

  llvm::StringMap<bool> IsSystem; ///< by folder
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_INCLUDEFOLDERS_H

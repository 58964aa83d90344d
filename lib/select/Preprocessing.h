//===- Preprocessing.h - Runs the preprocessor ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs Clang's preprocessor over the directives of a source and of the files
// that it includes. This costs a small part of parsing, and its result is
// complete.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_PREPROCESSING_H
#define ILBRIDGE_LIB_SELECT_PREPROCESSING_H

#include "ilbridge/cache/Inputs.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "llvm/ADT/StringMap.h"
#include <mutex>

namespace ilbridge::select {

/// The directives of files, which several sources share. Thread-safe.
class SharedDirectives {
public:
  using Directive = clang::dependency_directives_scan::Directive;
  /// Returns the directives of the file \p Path with the content \p Text, or
  /// std::nullopt if they cannot be determined.
  std::optional<llvm::ArrayRef<Directive>> of(llvm::StringRef Path,
                                              llvm::StringRef Text);

private:
  struct File {
    llvm::SmallVector<clang::dependency_directives_scan::Token, 0> Tokens;
    llvm::SmallVector<Directive, 0> Directives;
    bool IsReadable = false;
  };
  std::mutex Lock;
  llvm::StringMap<std::unique_ptr<File>> Files;
};

struct PreprocessedFiles {
  /// Whether it was processed to the end, and every #include found a file.
  bool IsWhole = false;
  std::vector<std::string> Entered; ///< files, absolute
};

/// Runs the preprocessor on the source of a command. \p Line is the
/// command of the scan, in the folder \p Directory. Inputs are added to \p
/// Asked.
PreprocessedFiles preprocess(llvm::StringRef Directory,
                             llvm::ArrayRef<std::string> Line,
                             SharedDirectives &Shared,
                             const std::shared_ptr<cache::Inputs> &Asked);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_PREPROCESSING_H

//===- Scanner.h - Find annotated functions in C and C++ --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_SCANNER_H
#define ILBRIDGE_NATIVE_SCANNER_H

#include "ilbridge/native/Facts.h"
#include <functional>

namespace clang {
class Sema;
namespace tooling {
struct CompileCommand;
}
} // namespace clang

namespace ilbridge::native {

struct ScanOptions {
  /// Folder that paths in facts and findings are relative to; absolute.
  std::string Root;
  /// Clang's own headers, unless the command names another folder.
  std::string ResourceDir;
  /// Appended to every command.
  std::vector<std::string> ExtraArgs;
  /// Sources scanned at the same time; 0: one per core.
  unsigned Jobs = 0;
  bool Color = false; ///< in ClangOutput
  /// Called after each source with the number done so far. From any thread,
  /// but never from two at once.
  std::function<void(unsigned Done, unsigned All)> Progress;
};

/// What came of one compile command.
struct ScanResult {
  Facts TheFacts;
  DiagnosticList Findings;
  bool Compiled = false;
  /// Clang's own errors and warnings, as it would print them. Warnings are
  /// left out where the source compiled: the compiler shows those.
  std::string ClangOutput;
};

/// Scans every command, in parallel. Results are in the order of \p Commands
/// whatever the number of jobs. Function bodies are not looked at.
std::vector<ScanResult>
scan(llvm::ArrayRef<clang::tooling::CompileCommand> Commands,
     const ScanOptions &Options);

/// Collects the exports of a unit that was just parsed: the part of a scan
/// that compiler plugins share. Fills everything of \p F but Reads.
void collectExports(clang::Sema &S, llvm::StringRef Root, Facts &F,
                    DiagnosticList &Findings);

/// \p Path, absolute or relative to \p Directory, as facts and findings show
/// it: relative to \p Root when it lies below, with forward slashes.
std::string shownPath(llvm::StringRef Path, llvm::StringRef Directory,
                      llvm::StringRef Root);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_SCANNER_H

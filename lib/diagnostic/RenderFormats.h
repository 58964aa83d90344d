//===- RenderFormats.h - One function per output format ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H
#define ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H

#include "ilbridge/diagnostic/Render.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>

namespace ilbridge {

/// The messages of \p Findings that render() writes in \p Format,
/// without those of the baseline. Text contains a shared cause once.
/// Names and texts of assemblies and sources may contain control
/// characters; only JSON and SARIF, which can escape them, contain them
/// unchanged.
std::vector<Diagnostic> shown(llvm::ArrayRef<Diagnostic> Findings,
                              OutputFormat Format);

void renderText(llvm::ArrayRef<Diagnostic> Findings,
                const RenderOptions &Options, llvm::raw_ostream &OS);
void renderJSON(llvm::ArrayRef<Diagnostic> Findings,
                llvm::ArrayRef<BindingCoverage> Bindings,
                llvm::raw_ostream &OS);
void renderSARIF(llvm::ArrayRef<Diagnostic> Findings,
                 llvm::ArrayRef<BindingCoverage> Bindings,
                 const RenderOptions &Options, llvm::raw_ostream &OS);
void renderGitHub(llvm::ArrayRef<Diagnostic> Findings, llvm::raw_ostream &OS);
void renderMSBuild(llvm::ArrayRef<Diagnostic> Findings,
                   const RenderOptions &Options, llvm::raw_ostream &OS);

/// Whether a finding's file is not a path below the root. Debug information can
/// also contain Windows paths, "C:/Game.cs".
bool isAbsolute(llvm::StringRef File);

/// The path of a finding's file for display: relative to the working directory
/// if the file is below it, otherwise absolute. The path of a header outside of
/// the root is the one in its #include.
std::string shownFile(llvm::StringRef File, const RenderOptions &Options);

/// Converts columns in bytes to columns in UTF-16 code units.
class Utf16Columns {
public:
  explicit Utf16Columns(const RenderOptions &Options) : Options(Options) {}
  /// \returns the column in UTF-16 code units, or \p P's own column if the file
  /// cannot be read.
  unsigned of(llvm::StringRef File, Position P);

private:
  const RenderOptions &Options;
  /// The sources that were read; null for one that cannot be read.
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Files;
};

} // namespace ilbridge

#endif // ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H

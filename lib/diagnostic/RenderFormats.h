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

/// The messages of \p Findings as render() writes them in \p Format: not those
/// that a baseline knows. Text tells a cause of several findings once. Names
/// and texts of assemblies and sources may have control characters in them;
/// only the formats with a syntax for these, JSON and SARIF, get them as they
/// are.
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

/// Whether a finding's file is no path below the root. Debug information also
/// has paths of Windows, "C:/Game.cs".
bool isAbsolute(llvm::StringRef File);

/// A finding's file as people read it: relative to the working directory where
/// it lies below, else absolute; a header as #include names it.
std::string shownFile(llvm::StringRef File, const RenderOptions &Options);

/// Turns columns in bytes into those that others count, in UTF-16 code units.
class Utf16Columns {
public:
  explicit Utf16Columns(const RenderOptions &Options) : Options(Options) {}
  /// \returns the column as it is where the file cannot be read.
  unsigned of(llvm::StringRef File, Position P);

private:
  const RenderOptions &Options;
  /// Sources; null where one cannot be read.
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Files;
};

} // namespace ilbridge

#endif // ILBRIDGE_LIB_DIAGNOSTIC_RENDERFORMATS_H

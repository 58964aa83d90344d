//===- Render.h - Findings as text, JSON, SARIF -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DIAGNOSTIC_RENDER_H
#define ILBRIDGE_DIAGNOSTIC_RENDER_H

#include "ilbridge/diagnostic/Coverage.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge {

enum class OutputFormat : uint8_t {
  Text,    ///< Clang's format: location, message, source line, caret
  JSON,    ///< one object, described in docs/output-formats.md
  SARIF,   ///< SARIF 2.1.0, for code scanning
  GitHub,  ///< workflow commands that annotate a pull request
  MSBuild, ///< the format of MSBuild, at the C# side
};
std::optional<OutputFormat> outputFormat(llvm::StringRef Name);

struct RenderOptions {
  /// The absolute folder to which the paths in findings are relative.
  std::string Root;
  /// Text output shows paths below this absolute folder relative to it.
  std::string WorkingDirectory;
  bool Color = false;
  /// The file system from which source lines are read.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files =
      llvm::vfs::getRealFileSystem();
};

/// Writes \p Findings to \p OS in \p Format. JSON and SARIF form one document,
/// so all findings of a run have to be passed at once. They also contain \p
/// Bindings.
void render(llvm::ArrayRef<Diagnostic> Findings, OutputFormat Format,
            const RenderOptions &Options, llvm::raw_ostream &OS,
            llvm::ArrayRef<BindingCoverage> Bindings = {});

/// Writes a message that is not in the catalogue, because an input cannot be
/// read, in Text format.
void renderError(const Location &Where, llvm::StringRef Message,
                 const RenderOptions &Options, llvm::raw_ostream &OS);

/// Returns the number of messages that render() writes in \p Format, as in "2
/// errors and 1 warning". Empty if there are none. Text counts a shared cause
/// once.
std::string summary(llvm::ArrayRef<Diagnostic> Findings, OutputFormat Format);

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_RENDER_H

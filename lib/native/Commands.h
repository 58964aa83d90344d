//===- Commands.h - Compile commands as a scan runs them --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ScanInput ──adjustedCommand──▶ Clang's command ──invocationOf──▶ frontend
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_COMMANDS_H
#define ILBRIDGE_LIB_NATIVE_COMMANDS_H

#include "ilbridge/native/Scanner.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace clang {
class CompilerInvocation;
class DiagnosticConsumer;
} // namespace clang

namespace ilbridge::native {

/// The command line of \p Input for Clang's driver. It does what the input's
/// compiler does, less what is no business of a scan: outputs, warnings,
/// plugins, precompiled headers, further sources, and what Clang does not know.
/// The source is its last word. \p Unknown gets the flags of the last kind.
std::vector<std::string>
adjustedCommand(const ScanInput &Input, const ScanOptions &Options,
                std::vector<std::string> *Unknown = nullptr);

/// Lets Clang's driver read \p Args, which adjustedCommand() made, in the
/// working directory of \p FS. Refused flags are left out, one at a time, and
/// go to \p Refused. Whatever the flags are, the frontend writes no file. Null
/// if more than a flag is wrong; \p Consumer was told then.
std::shared_ptr<clang::CompilerInvocation>
invocationOf(llvm::ArrayRef<std::string> Args,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             clang::DiagnosticConsumer &Consumer,
             std::vector<std::string> *Refused = nullptr);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_COMMANDS_H

//===- Commands.h - Adapts compile commands for scans -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ScanInput ──adjustedCommand──▶ Clang's command ──invocationOf──▶ frontend
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_COMMANDS_H
#define ILBRIDGE_NATIVE_COMMANDS_H

#include "ilbridge/native/Scanner.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace clang {
class CompilerInvocation;
class DiagnosticConsumer;
} // namespace clang

namespace ilbridge::native {

/// The command line of \p Input for Clang's driver. It is equivalent to the
/// input's command without what a scan does not use: outputs, warnings,
/// plugins, precompiled headers, other sources, and unknown flags, which are
/// added to \p Unknown. The source is its last argument.
std::vector<std::string>
adjustedCommand(const ScanInput &Input, const ScanOptions &Options,
                std::vector<std::string> *Unknown = nullptr);

/// Parses \p Args, the result of adjustedCommand(), with Clang's driver, in the
/// working directory of \p FS. Rejected flags are dropped one at a time, and
/// added to \p Refused. The frontend never writes a file. Null if another error
/// occurs, which \p Consumer receives.
std::shared_ptr<clang::CompilerInvocation>
invocationOf(llvm::ArrayRef<std::string> Args,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             clang::DiagnosticConsumer &Consumer,
             std::vector<std::string> *Refused = nullptr);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_COMMANDS_H

//===- Invocation.h - The frontend's invocation of a command ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_COMMAND_INVOCATION_H
#define ILBRIDGE_COMMAND_INVOCATION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <memory>
#include <string>
#include <vector>

namespace clang {
class CompilerInvocation;
class DiagnosticConsumer;
} // namespace clang

namespace ilbridge::command {

/// Parses \p Args, the result of adjustedCommand(), with Clang's driver, in the
/// working directory of \p FS. Rejected flags are dropped one at a time, and
/// added to \p Refused. The frontend never writes a file. Null if another error
/// occurs, which \p Consumer receives.
std::shared_ptr<clang::CompilerInvocation>
invocationOf(llvm::ArrayRef<std::string> Args,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             clang::DiagnosticConsumer &Consumer,
             std::vector<std::string> *Refused = nullptr);

} // namespace ilbridge::command

#endif // ILBRIDGE_COMMAND_INVOCATION_H

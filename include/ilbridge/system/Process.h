//===- Process.h - This process, and those that it starts -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_SYSTEM_PROCESS_H
#define ILBRIDGE_SYSTEM_PROCESS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/Program.h"
#include <string>
#include <vector>

namespace ilbridge::system {

/// Makes writing to a closed standard output an error. Call it before LLVM
/// opens /dev/null instead, so that the output would be lost without an error.
void keepStandardOutputClosed();

/// Makes writes to a closed pipe, or beyond the maximum file size, return
/// errors. Programs that are started do not inherit this.
void returnWriteErrors();

/// Makes standard error write line ends as the program states them.
void keepLineEnds();

/// Takes the first memory of the heap in large pages, if the system has such.
/// Page faults of small ones take a tenth of the time of a short run.
void useLargePages();

/// Splits the text of a response file into arguments, as other programs of the
/// system do.
llvm::cl::TokenizerCallback argumentSplitter();

/// Identifies the file of this program among other builds of it: a digest of
/// its content, or its size and time.
std::string programIdentity();

/// The variables of the environment, "NAME=value".
std::vector<std::string> environment();

/// Starts a program in a session of its own. The first argument is its name,
/// its input is empty, its standard output is lost, and its standard error is
/// written into the file \p Errors.
llvm::Expected<llvm::sys::ProcessInfo>
start(llvm::StringRef Program, llvm::ArrayRef<std::string> Args,
      llvm::ArrayRef<std::string> Environment, llvm::StringRef Errors);

/// Ends a program that start() started, with all that it has started.
void kill(const llvm::sys::ProcessInfo &Process);

} // namespace ilbridge::system

#endif // ILBRIDGE_SYSTEM_PROCESS_H

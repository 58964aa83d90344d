//===- Process.h - Streams, signals and fatal errors ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A machine that fails has an exit status of its own: a full disk behind
// standard output, a pipe that nobody reads, no more memory.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TOOL_ILBRIDGE_PROCESS_H
#define ILBRIDGE_TOOL_ILBRIDGE_PROCESS_H

#include "ilbridge/driver/Driver.h"
#include "llvm/Support/InitLLVM.h"

namespace ilbridge::tool {

class Process {
public:
  /// Takes the arguments of main().
  Process(int &Argc, char **&Argv);

  /// Prints what is still buffered. \returns the status of the process:
  /// \p Status, or BadInput instead of a lower one if something that was
  /// printed is lost.
  int finish(driver::ExitStatus Status);

private:
  /// Constructed before LLVM replaces a closed stream.
  struct StandardOutput {
    StandardOutput();
  } Guard;
  llvm::InitLLVM Init;
};

} // namespace ilbridge::tool

#endif // ILBRIDGE_TOOL_ILBRIDGE_PROCESS_H

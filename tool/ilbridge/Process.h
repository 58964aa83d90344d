//===- Process.h - Streams, signals and fatal errors ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A failing machine has a separate exit status: a full disk, a pipe that is not
// read, or insufficient memory.
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

  /// Flushes the output. \returns the exit status of the process:
  /// \p Status, or BadInput instead of a lower one if output was
  /// lost.
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

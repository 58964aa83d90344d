//===- Process.cpp - Streams, signals and fatal errors --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Process.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/system/Process.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace ilbridge::tool {

Process::StandardOutput::StandardOutput() {
  system::keepStandardOutputClosed();
}

[[noreturn]] static void giveUp(const char *Why) {
  llvm::errs() << "ilbridge: error: " << Why << '\n';
  std::_Exit(static_cast<int>(driver::ExitStatus::BadInput));
}

/// LLVM's exit status for fatal errors is the one of findings. A bug is
/// reported with a stack trace.
static void returnFatalErrors() {
  llvm::install_fatal_error_handler([](void *, const char *Why, bool IsBug) {
    if (!IsBug)
      giveUp(Why);
  });
  llvm::install_bad_alloc_error_handler(
      [](void *, const char *, bool) { giveUp("there is no more memory"); });
}

Process::Process(int &Argc, char **&Argv)
    : Init(Argc, Argv, /*InstallPipeSignalExitHandler=*/false) {
  system::useLargePages();
  system::returnWriteErrors();
  system::keepLineEnds();
  returnFatalErrors();
}

int Process::finish(driver::ExitStatus Status) {
  llvm::Error Lost =
      llvm::joinErrors(rewrite::flush(llvm::outs(), "standard output"),
                       rewrite::flush(llvm::errs(), "standard error"));
  if (Lost) {
    llvm::errs() << "ilbridge: error: " << llvm::toString(std::move(Lost))
                 << '\n';
    llvm::errs().clear_error();
    Status = std::max(Status, driver::ExitStatus::BadInput);
  }
  return static_cast<int>(Status);
}

} // namespace ilbridge::tool

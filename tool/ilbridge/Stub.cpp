//===- Stub.cpp - `ilbridge stub` -----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs `generate` with one output, which is standard output unless -o is given:
// the user reads the declarations and copies some of them.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runStub(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project || !Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  return driver::generate(startSession(std::move(*Project)), {}, *Console);
}

} // namespace ilbridge::tool

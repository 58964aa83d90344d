//===- Stub.cpp - `ilbridge stub` -----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `generate` with one output, which goes to standard output unless -o says
// where: somebody looks at the declarations and takes those that are wanted.
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

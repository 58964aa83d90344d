//===- Diff.cpp - `ilbridge diff` -----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runDiff(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  if (!Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  driver::GenerateOptions Options;
  Options.Mode = driver::GenerateMode::Diff;
  return driver::generate(startSession(std::move(*Project)), Options, *Console);
}

} // namespace ilbridge::tool

//===- Generate.cpp - `ilbridge generate` ---------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runGenerate(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  if (!Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  driver::GenerateOptions Options;
  if (Line.has(OPT_check))
    Options.Mode = driver::GenerateMode::Check;
  Options.Step = Line.stepFiles();
  return driver::generate(startSession(std::move(*Project)), Options, *Console);
}

} // namespace ilbridge::tool

//===- Check.cpp - `ilbridge check` ---------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runCheck(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  if (!Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  driver::BuildStepFiles Step = Line.stepFiles();
  if (!Step.Depfile.empty() && Step.Stamp.empty())
    return Line.misused("--depfile needs --stamp, which it is about");
  return driver::check(startSession(std::move(*Project)),
                       Line.path(OPT_write_baseline), Step, *Console);
}

} // namespace ilbridge::tool

//===- Scan.cpp - `ilbridge scan` -----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runScan(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  if (!Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  driver::ScanVerbOptions Options;
  Options.Output = Line.path(OPT_output);
  Options.Step = Line.stepFiles();
  Options.Explain = Line.has(OPT_explain_sources);
  if (!Line.value(OPT_explain_sources).empty())
    return Line.misused("--explain takes no value");
  if (!Options.Step.Depfile.empty() && Options.Output.empty())
    return Line.misused("--depfile needs -o, which it is about");
  return driver::scan(startSession(std::move(*Project)), Options, *Console);
}

} // namespace ilbridge::tool

//===- Report.cpp - `ilbridge report` -------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runReport(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  std::string Folder = Line.path(OPT_output);
  if (Folder.empty() || Folder == "-")
    return Line.misused("-o says which folder the page is written into");
  if (!Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  // The report includes the growth of bridges.
  Project->Bridges.KeepsOrigins = true;
  return driver::report(startSession(std::move(*Project)), Folder, *Console);
}

} // namespace ilbridge::tool

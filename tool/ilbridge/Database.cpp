//===- Database.cpp - `ilbridge database` ---------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runDatabase(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  driver::DatabaseOptions Options;
  Options.Objects = Line.paths(OPT_objects);
  Options.Except = Line.paths(OPT_except);
  if (!Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  Options.Each = Line.path(OPT_each);
  if (Options.Each.empty() != Project->Sources.empty())
    return Line.misused("--each and sources need each other");
  Options.Output = Line.path(OPT_output);
  return driver::database(startSession(std::move(*Project)), Options, *Console);
}

} // namespace ilbridge::tool

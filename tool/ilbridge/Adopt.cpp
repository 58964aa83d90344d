//===- Adopt.cpp - `ilbridge adopt` ---------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runAdopt(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project || !Line.addSources(*Project))
    return driver::ExitStatus::BadInput;
  driver::AdoptOptions Options;
  Options.Writes = Line.has(OPT_write);
  Options.Name = Line.value(OPT_call);
  return driver::adopt(startSession(std::move(*Project)), Options, *Console);
}

} // namespace ilbridge::tool

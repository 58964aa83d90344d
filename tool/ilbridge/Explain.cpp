//===- Explain.cpp - `ilbridge explain` -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runExplain(const CommandLine &Line) {
  auto Console = Line.console();
  if (!Console)
    return driver::ExitStatus::BadInput;
  std::vector<std::string> Names = Line.positional();
  if (Names.size() != 1)
    return Line.misused("one diagnostic or runtime is expected");
  return driver::explain(Names.front(), *Console);
}

} // namespace ilbridge::tool

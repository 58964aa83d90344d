//===- Manifest.cpp - `ilbridge manifest` ---------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

namespace ilbridge::tool {

driver::ExitStatus runManifest(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  // The only assembly of the verb may be given as a positional argument.
  std::vector<std::string> Given = Line.otherInputs(*Project);
  if (!Given.empty() && !Line.has(OPT_assembly))
    Project->Assemblies.clear();
  for (const std::string &Each : Given)
    Project->Assemblies.push_back(Line.absolute(Each));
  driver::ManifestOptions Options;
  Options.Output = Line.path(OPT_output);
  Options.Methods = Line.values(OPT_method);
  return driver::manifest(startSession(std::move(*Project)), Options, *Console);
}

} // namespace ilbridge::tool

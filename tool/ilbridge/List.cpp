//===- List.cpp - `ilbridge list` -----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace ilbridge::tool {

driver::ExitStatus runList(const CommandLine &Line) {
  auto Console = Line.console();
  auto Project = Line.project();
  if (!Console || !Project)
    return driver::ExitStatus::BadInput;
  if (Console->Format != OutputFormat::Text &&
      Console->Format != OutputFormat::JSON)
    return Line.misused("a list is text or json");
  if (Line.has(OPT_growth)) {
    Project->Bridges.KeepsOrigins = true;
    return driver::listBridgeGrowth(startSession(std::move(*Project)),
                                    *Console);
  }
  if (Line.has(OPT_explain_method))
    return driver::explainBridges(startSession(std::move(*Project)),
                                  Line.value(OPT_explain_method), *Console);
  std::vector<driver::Listed> What;
  for (const std::string &Word : Line.otherInputs(*Project)) {
    if (std::optional<driver::Listed> Each = driver::listed(Word))
      What.push_back(*Each);
    else if (llvm::sys::path::has_extension(Word))
      Project->Sources.push_back(Line.absolute(Word));
    else
      return Line.misused("there is no list of '" + Word +
                          "'; it is imports, exports, callbacks, types, "
                          "methods or bridges");
  }
  if (!Project->Sources.empty() && !Project->hasNativeSide())
    return Line.misused("'" + Project->Sources.back() +
                        "' is not an assembly, and C++ is read with a build "
                        "folder (-p), or with a compile command after '--'");
  if (Line.has(OPT_layout)) {
    if (!llvm::all_of(What, [](driver::Listed Each) {
          return Each == driver::Listed::Types;
        }))
      return Line.misused("--layout is of types");
    return driver::listLayouts(startSession(std::move(*Project)),
                               Line.values(OPT_layout), *Console);
  }
  if (What.empty()) {
    if (!Project->Assemblies.empty())
      What = {driver::Listed::Imports, driver::Listed::Callbacks};
    if (Project->hasNativeSide())
      What.push_back(driver::Listed::Exports);
    if (!Project->Bridges.AOT.empty() || !Project->Bridges.UnityProject.empty())
      What.push_back(driver::Listed::Bridges);
  }
  if (What.empty())
    return Line.misused("nothing to list; name an assembly with --assembly, or "
                        "a build folder with -p");
  if (Line.has(OPT_coverage) &&
      !llvm::is_contained(What, driver::Listed::Imports))
    return Line.misused("--coverage is of imports");
  return driver::list(startSession(std::move(*Project)), What,
                      Line.has(OPT_coverage), *Console);
}

} // namespace ilbridge::tool

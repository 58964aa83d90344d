//===- Commands.cpp - Compile commands as a scan runs them ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "clang/Driver/Driver.h"
#include "clang/Driver/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include <set>

using namespace clang;

namespace ilbridge::native {

/// Commands may be another compiler's. What Clang does not know it would
/// refuse; none of it changes what a declaration means.
static tooling::CommandLineArguments
withoutUnknown(tooling::CommandLineArguments Args) {
  std::vector<const char *> Raw;
  for (const std::string &Arg : llvm::drop_begin(Args))
    Raw.push_back(Arg.c_str());
  bool IsCL = driver::IsClangCL(driver::getDriverMode(Args.front(), Raw));
  unsigned MissingIndex, MissingCount;
  auto Parsed = driver::getDriverOptTable().ParseArgs(
      Raw, MissingIndex, MissingCount,
      llvm::opt::Visibility(IsCL ? driver::options::CLOption
                                 : driver::options::ClangOption));
  std::set<unsigned> Unknown;
  for (const llvm::opt::Arg *A : Parsed.filtered(driver::options::OPT_UNKNOWN))
    Unknown.insert(A->getIndex());
  tooling::CommandLineArguments Result{Args.front()};
  for (unsigned I = 0; I != Raw.size(); ++I)
    if (!Unknown.count(I))
      Result.push_back(Raw[I]);
  return Result;
}

/// Drops a precompiled header, which another Clang made, or which does not
/// exist yet. Whoever names one includes the header's text, too, as CMake does.
static tooling::ArgumentsAdjuster withoutPrecompiledHeader() {
  return [](const tooling::CommandLineArguments &Args, llvm::StringRef) {
    tooling::CommandLineArguments Result;
    for (size_t I = 0; I != Args.size(); ++I) {
      bool IsCC1 = Args[I] == "-Xclang" && I + 3 < Args.size();
      if (IsCC1 && Args[I + 1] == "-include-pch" && Args[I + 2] == "-Xclang")
        I += 3;
      else if (Args[I] == "-include-pch" && I + 1 < Args.size())
        I += 1;
      else
        Result.push_back(Args[I]);
    }
    return Result;
  };
}

std::vector<std::string> adjustedCommand(const tooling::CompileCommand &Command,
                                         const ScanOptions &Options) {
  using namespace tooling;
  ArgumentsAdjuster Adjust = combineAdjusters(
      combineAdjusters(getClangStripOutputAdjuster(),
                       getClangStripDependencyFileAdjuster()),
      combineAdjusters(combineAdjusters(getClangSyntaxOnlyAdjuster(),
                                        getStripPluginsAdjuster()),
                       withoutPrecompiledHeader()));
  CommandLineArguments Args =
      withoutUnknown(Adjust(Command.CommandLine, Command.Filename));
  // Before a "--", behind which only files may stand.
  auto End = llvm::find(Args, "--");
  std::vector<std::string> More = {"-DILBRIDGE_SCAN=1"};
  bool NamesResources = llvm::any_of(Args, [](llvm::StringRef Arg) {
    return Arg.starts_with("-resource-dir");
  });
  if (!NamesResources && !Options.ResourceDir.empty())
    More.push_back("-resource-dir=" + Options.ResourceDir);
  llvm::append_range(More, Options.ExtraArgs);
  Args.insert(End, More.begin(), More.end());
  return Args;
}

} // namespace ilbridge::native

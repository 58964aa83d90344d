//===- InputFlags.cpp - Flags that name inputs and targets ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "ilbridge/ecma335/Module.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/native/HeaderEntry.h"

using namespace llvm::opt;
using llvm::Error;
using llvm::StringRef;

namespace ilbridge::tool {

/// Whether an argument after --assembly, --aot or --hot-update belongs to that
/// list. The content decides, unless the file does not exist.
static bool isAssembly(StringRef Path, llvm::vfs::FileSystem &Files,
                       bool TakesFolders) {
  for (StringRef Extension : {".dll", ".exe", ".dll.bytes"})
    if (Path.ends_with_insensitive(Extension))
      return true;
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Path);
  if (!Status)
    return false;
  if (Status->isDirectory())
    return TakesFolders;
  auto Buffer = Files.getBufferForFile(Path, /*FileSize=*/-1,
                                       /*RequiresNullTerminator=*/false);
  return Buffer && ecma335::isImage((*Buffer)->getBuffer());
}

void CommandLine::sortInputs(
    const driver::Project &P,
    llvm::function_ref<void(const Option &, std::string)> To,
    llvm::function_ref<void(std::string)> Rest) const {
  std::optional<Option> Taking;
  for (const Arg *A : Args) {
    const Option &O = A->getOption();
    if (!O.matches(OPT_INPUT)) {
      if (O.matches(OPT_assembly) || O.matches(OPT_aot) ||
          O.matches(OPT_hot_update))
        Taking.emplace(O.getUnaliasedOption());
      continue;
    }
    std::string Path = absolute(A->getValue());
    bool IsWord = V.Flag & List && driver::listed(A->getValue());
    if (Taking && !IsWord &&
        isAssembly(Path, *P.Files, !Taking->matches(OPT_assembly)))
      To(*Taking, std::move(Path));
    else
      Rest(A->getValue());
  }
}

/// Several assemblies can follow one flag, as a shell expands *.dll.
Error CommandLine::applyBridges(driver::Project &P) const {
  if (has(OPT_aot))
    P.Bridges.AOT = paths(OPT_aot);
  if (has(OPT_hot_update))
    P.Bridges.HotUpdate = paths(OPT_hot_update);
  sortInputs(
      P,
      [&](const Option &Taking, std::string Path) {
        auto &Paths = Taking.matches(OPT_aot)          ? P.Bridges.AOT
                      : Taking.matches(OPT_hot_update) ? P.Bridges.HotUpdate
                                                       : P.Assemblies;
        Paths.push_back(std::move(Path));
      },
      [](std::string) {});
  if (has(OPT_iterations)) {
    unsigned Rounds;
    if (StringRef(value(OPT_iterations)).getAsInteger(10, Rounds) ||
        Rounds > hybridclr::MethodSet::MaxRounds)
      return llvm::createStringError(
          "--iterations takes a number of at most " +
          llvm::Twine(hybridclr::MethodSet::MaxRounds));
    P.Bridges.Rounds = Rounds;
  }
  if (has(OPT_unity_project))
    P.Bridges.UnityProject = path(OPT_unity_project);
  if (has(OPT_platform))
    P.Bridges.Platform = value(OPT_platform);
  if (has(OPT_reserve))
    P.Bridges.Reservations.clear();
  for (const std::string &Each : values(OPT_reserve)) {
    auto [Delegate, Count] = StringRef(Each).rsplit('=');
    driver::Reservation R{driver::Reservation::Callback, Delegate.str(), 0};
    if (Count.getAsInteger(10, R.Count) || R.Count == 0 ||
        R.Count > hybridclr::MaxWrappers)
      return llvm::createStringError(
          "--reserve takes <delegate>=<n>, from 1 to " +
          llvm::Twine(hybridclr::MaxWrappers));
    P.Bridges.Reservations.push_back(std::move(R));
  }
  return Error::success();
}

/// These flags together define one entry.
Error CommandLine::applyExports(driver::Project &P) const {
  bool HasFiles = has(OPT_export_header) || has(OPT_export_source);
  if (!HasFiles && (has(OPT_export_function) || has(OPT_export_library) ||
                    has(OPT_export_arg) || has(OPT_export_package)))
    return llvm::createStringError(
        "--export-header says which header declares the functions");
  if (HasFiles || has(OPT_no_exports))
    P.Exports.clear();
  if (!HasFiles)
    return Error::success();
  driver::ExportsEntry &Entry = P.Exports.emplace_back();
  Entry.Folder = WorkingDirectory;
  Entry.Headers = values(OPT_export_header);
  for (const std::string &Source : values(OPT_export_source))
    Entry.Sources.push_back(absolute(Source));
  Entry.Functions = values(OPT_export_function);
  Entry.Libraries = values(OPT_export_library);
  Entry.Args = values(OPT_export_arg);
  Entry.Packages = values(OPT_export_package);
  if (auto Patterns = native::FunctionPatterns::create(Entry.Functions);
      !Patterns)
    return llvm::createStringError("--export-function: " +
                                   llvm::toString(Patterns.takeError()));
  return Error::success();
}

Error CommandLine::applyTargets(driver::Project &P) const {
  if (has(OPT_target))
    P.Targets.clear();
  for (const std::string &Name : values(OPT_target)) {
    llvm::Expected<abi::Target> T = abi::findTarget(Name);
    if (!T)
      return T.takeError();
    P.Targets.push_back(std::move(*T));
  }
  if (has(OPT_watch))
    P.Watched.clear();
  for (const std::string &Name : values(OPT_watch)) {
    if (Name == "none")
      continue;
    llvm::Expected<abi::Target> T = abi::findTarget(Name);
    if (!T)
      return T.takeError();
    P.Watched.push_back(std::move(*T));
  }
  // Only the compile flags of requested targets remain.
  llvm::erase_if(P.TargetCompiles, [&](const driver::TargetCompile &Compile) {
    return llvm::none_of(P.Targets, [&](const abi::Target &T) {
      return abi::isSameTarget(T.Triple, Compile.For.Triple);
    });
  });
  return Error::success();
}

} // namespace ilbridge::tool

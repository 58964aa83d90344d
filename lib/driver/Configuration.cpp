//===- Configuration.cpp - ilbridge.yaml ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/configuration.md describes the file.
//
//===----------------------------------------------------------------------===//

#include "ConfigurationReader.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/runtime/Runtime.h"
#include "ilbridge/system/Files.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

using yaml::Mapping;
using yaml::Node;

std::string findConfiguration(StringRef Folder, llvm::vfs::FileSystem &Files) {
  for (StringRef At = Folder; !At.empty();
       At = llvm::sys::path::parent_path(At)) {
    llvm::SmallString<256> File = At;
    llvm::sys::path::append(File, ConfigName);
    llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(File);
    if (Status && Status->isRegularFile())
      return File.str().str();
  }
  return "";
}

std::optional<Severity> severity(StringRef Word) {
  return llvm::StringSwitch<std::optional<Severity>>(Word)
      .Case("error", Severity::Error)
      .Case("warning", Severity::Warning)
      .Case("ignore", Severity::Ignored)
      .Default(std::nullopt);
}

std::string absoluteGlob(StringRef Glob, StringRef Folder) {
  // A name without a folder, or a glob that matches in any folder.
  if (!Glob.contains('/') || Glob.starts_with("*"))
    return Glob.str();
  if (llvm::sys::path::is_absolute(Glob))
    return Glob.str();
  // The name of the folder is literal.
  llvm::SmallString<256> Full;
  for (char C : Folder) {
    if (StringRef("*?[]{}\\").contains(C))
      Full += '\\';
    Full += C;
  }
  llvm::sys::path::append(Full, Glob);
  return Full.str().str();
}

/// Calls \p Read for each entry of an optional list.
static Error forEach(Mapping &Map, StringRef Key,
                     llvm::function_ref<Error(const Node &)> Read) {
  std::optional<Node> N = Map.take(Key);
  if (!N)
    return Error::success();
  Expected<std::vector<Node>> All = N->sequence();
  if (!All)
    return All.takeError();
  for (const Node &Entry : *All)
    if (Error E = Read(Entry))
      return E;
  return Error::success();
}

std::string ConfigurationReader::absolute(StringRef Path) const {
  return system::absolute(Path, Folder);
}

Error ConfigurationReader::path(Mapping &Map, StringRef Key, std::string &Out) {
  std::string Text;
  if (Error E = Map.string(Key, Text))
    return E;
  if (!Text.empty())
    Out = absolute(Text);
  return Error::success();
}

Error ConfigurationReader::paths(Mapping &Map, StringRef Key,
                                 std::vector<std::string> &Out) {
  std::vector<std::string> Texts;
  if (Error E = Map.strings(Key, Texts))
    return E;
  for (const std::string &Text : Texts)
    Out.push_back(absolute(Text));
  return Error::success();
}

Error ConfigurationReader::targets(Mapping &Map) {
  std::optional<Node> N = Map.take("targets");
  if (!N)
    return Error::success();
  if (!N->isSequence())
    return target(*N);
  Expected<std::vector<Node>> All = N->sequence();
  if (!All)
    return All.takeError();
  for (const Node &Entry : *All)
    if (Error E = target(Entry))
      return E;
  return Error::success();
}

static Expected<abi::Target> namedTarget(const Node &N) {
  Expected<std::string> Name = N.string();
  if (!Name)
    return Name.takeError();
  Expected<abi::Target> T = abi::findTarget(*Name);
  if (!T)
    return N.error(llvm::toString(T.takeError()));
  return T;
}

Error ConfigurationReader::watched(Mapping &Map) {
  std::optional<Node> N = Map.take("watch");
  if (!N)
    return Error::success();
  P.Watched.clear();
  std::vector<Node> Names = {*N};
  if (N->isSequence()) {
    Expected<std::vector<Node>> All = N->sequence();
    if (!All)
      return All.takeError();
    Names = std::move(*All);
  }
  for (const Node &Name : Names) {
    Expected<abi::Target> T = namedTarget(Name);
    if (!T)
      return T.takeError();
    P.Watched.push_back(std::move(*T));
  }
  return Error::success();
}

/// Reads a target: only its name, or its name with compile flags.
Error ConfigurationReader::target(const Node &N) {
  if (!N.isMapping()) {
    Expected<abi::Target> T = namedTarget(N);
    if (!T)
      return T.takeError();
    P.Targets.push_back(std::move(*T));
    return Error::success();
  }
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Expected<Node> Name = Map->require("target");
  if (!Name)
    return Name.takeError();
  Expected<abi::Target> T = namedTarget(*Name);
  if (!T)
    return T.takeError();
  std::vector<std::string> Args;
  std::string Sysroot, ResourceDir;
  if (Error E = Map->strings("args", Args))
    return E;
  if (Error E = path(*Map, "sysroot", Sysroot))
    return E;
  if (Error E = path(*Map, "resource-dir", ResourceDir))
    return E;
  if (Error E = Map->finish())
    return E;
  TargetCompile Compile{abi::targetMeantBy(T->Triple), {}, N.where()};
  for (const TargetCompile &Other : P.TargetCompiles)
    if (abi::isSameTarget(Other.For.Triple, Compile.For.Triple))
      return N.error("the target '" + Compile.For.Name +
                     "' has a compile of its own already");
  P.Targets.push_back(Compile.For);
  Compile.Args.push_back("--target=" + T->Triple);
  if (!Sysroot.empty())
    Compile.Args.push_back("--sysroot=" + Sysroot);
  if (!ResourceDir.empty())
    Compile.Args.push_back("-resource-dir=" + ResourceDir);
  llvm::append_range(Compile.Args, Args);
  P.TargetCompiles.push_back(std::move(Compile));
  return Error::success();
}

/// Passes the runtime that the key 'runtime' names to \p Choose. An Error of \p
/// Choose is reported at that key.
Error ConfigurationReader::runtime(
    Mapping &Map, llvm::function_ref<Error(const runtime::Runtime &)> Choose) {
  std::optional<Node> N = Map.take("runtime");
  if (!N)
    return Error::success();
  Expected<std::string> Name = N->string();
  if (!Name)
    return Name.takeError();
  auto R = runtime::find(*Name);
  if (!R)
    return N->error(llvm::toString(R.takeError()));
  if (Error E = Choose(**R))
    return N->error(llvm::toString(std::move(E)));
  return Error::success();
}

Error ConfigurationReader::severities(Mapping &Map) {
  std::optional<Node> N = Map.take("severities");
  if (!N)
    return Error::success();
  Expected<Mapping> All = Mapping::of(*N);
  if (!All)
    return All.takeError();
  for (const Mapping::Entry &Each : All->entries()) {
    std::optional<DiagnosticID> ID = findDiagnostic(Each.Key);
    if (!ID)
      return Each.KeyNode.error("there is no diagnostic '" + Each.Key + "'");
    Expected<std::string> Word = Each.Value.string();
    if (!Word)
      return Word.takeError();
    std::optional<Severity> Level = severity(*Word);
    if (!Level)
      return Each.Value.error("expected one of error, warning, ignore");
    P.Severities.push_back({*ID, *Level});
  }
  return Error::success();
}

Error ConfigurationReader::read(const Node &N) {
  Expected<Mapping> Root = Mapping::of(N);
  if (!Root)
    return Root.takeError();
  if (Error E = path(*Root, "build", P.BuildDir))
    return E;
  if (Error E = paths(*Root, "sources", P.Sources))
    return E;
  if (Error E = Root->strings("extra-args", P.ExtraArgs))
    return E;
  if (Error E = path(*Root, "resource-dir", P.ResourceDir))
    return E;
  if (Error E = queryDrivers(*Root))
    return E;
  if (Error E = paths(*Root, "facts", P.Facts))
    return E;
  if (Error E = paths(*Root, "assemblies", P.Assemblies))
    return E;
  if (Error E = paths(*Root, "references", P.References))
    return E;
  if (Error E = paths(*Root, "csharp-sources", P.CSharpSources))
    return E;
  if (Error E = Root->strings("libraries", P.Libraries))
    return E;
  if (Error E = forEach(*Root, "exports",
                        [&](const Node &N) { return exportsEntry(N); }))
    return E;
  if (Error E = forEach(*Root, "registrations",
                        [&](const Node &N) { return registration(N); }))
    return E;
  if (Error E =
          forEach(*Root, "objects", [&](const Node &N) { return object(N); }))
    return E;
  if (Error E = targets(*Root))
    return E;
  if (Error E = watched(*Root))
    return E;
  if (Error E = paths(*Root, "aot", P.Bridges.AOT))
    return E;
  if (Error E = paths(*Root, "hot-update", P.Bridges.HotUpdate))
    return E;
  if (std::optional<Node> Rounds = Root->take("iterations")) {
    Expected<uint64_t> Number =
        Rounds->integer(hybridclr::MethodSet::MaxRounds);
    if (!Number)
      return Number.takeError();
    P.Bridges.Rounds = *Number;
  }
  if (Error E = path(*Root, "unity-project", P.Bridges.UnityProject))
    return E;
  if (Error E = Root->string("platform", P.Bridges.Platform))
    return E;
  if (Error E = forEach(*Root, "reserve",
                        [&](const Node &N) { return reservation(N); }))
    return E;
  if (Error E =
          forEach(*Root, "outputs", [&](const Node &N) { return output(N); }))
    return E;
  if (Error E = runtime(*Root, [&](const runtime::Runtime &R) {
        P.Runtime = &R;
        return Error::success();
      }))
    return E;
  if (Error E = severities(*Root))
    return E;
  if (Error E = path(*Root, "baseline", P.BaselineFile))
    return E;
  if (Error E = Root->integer("jobs", P.Jobs))
    return E;
  if (Error E = Root->boolean("keep-going", P.KeepGoing))
    return E;
  if (Error E = Root->boolean("strict", P.IsStrict))
    return E;
  if (Error E = Root->boolean("core-library", P.AsksCoreLibrary))
    return E;
  if (Error E = Root->boolean("every-source", P.EverySource))
    return E;
  if (Error E = Root->boolean("scan-all", P.ScanAll))
    return E;
  if (Error E = path(*Root, "cache", P.Cache.Folder))
    return E;
  if (std::optional<Node> Size = Root->take("cache-size")) {
    Expected<uint64_t> Number = Size->integer(MaxCacheMegabytes);
    if (!Number)
      return Number.takeError();
    P.Cache.MaxBytes = *Number << 20;
  }
  return Root->finish();
}

Error readConfiguration(StringRef File, Project &P) {
  auto Buffer = P.Files->getBufferForFile(File);
  if (!Buffer)
    return inputError({File.str(), {}, {}}, Buffer.getError().message());
  Expected<Node> Root = yaml::parse((*Buffer)->getMemBufferRef());
  if (!Root)
    return Root.takeError();
  StringRef Folder = llvm::sys::path::parent_path(File);
  P.ConfigFile = File.str();
  P.Root = Folder.str();
  return ConfigurationReader(P, Folder).read(*Root);
}

} // namespace ilbridge::driver

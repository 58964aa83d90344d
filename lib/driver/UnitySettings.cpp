//===- UnitySettings.cpp - HybridCLRSettings.asset ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitySettings.h"
#include "ilbridge/hybridclr/MethodSet.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::driver {

using llvm::Error;
using llvm::Expected;
using yaml::Mapping;
using yaml::Node;

/// The maximum number of names; no project has as many.
static constexpr size_t MaxNames = 10'000;

/// Returns the GUID of a reference to an asset, {fileID: …, guid: …, type: …};
/// empty if the reference is empty.
static Expected<std::string> readReference(const Node &N) {
  Expected<Mapping> Reference = Mapping::of(N);
  if (!Reference)
    return Reference.takeError();
  std::optional<Node> GUID = Reference->take("guid");
  if (!GUID) // {fileID: 0}: an element without a value
    return std::string();
  Expected<std::string> Text = GUID->string();
  if (!Text)
    return Text;
  if (Text->size() != 32 || !llvm::all_of(*Text, llvm::isHexDigit))
    return GUID->error("expected a GUID of 32 hexadecimal digits");
  return Text;
}

/// Reads a list whose elements can be empty.
static Error readNames(const Node &N, std::vector<std::string> &Out) {
  Expected<std::vector<Node>> All = N.sequence();
  if (!All)
    return All.takeError();
  if (All->size() > MaxNames)
    return N.error("expected at most " + llvm::Twine(MaxNames) + " names");
  for (const Node &Each : *All) {
    if (!Each.isScalar() && !Each.isMapping() && !Each.isSequence())
      continue;
    Expected<std::string> Name = Each.string();
    if (!Name)
      return Name.takeError();
    if (!Name->empty())
      Out.push_back(std::move(*Name));
  }
  return Error::success();
}

/// Reads a folder that may be missing or empty.
static Error readFolder(Mapping &Map, llvm::StringRef Key, std::string &Out) {
  std::optional<Node> N = Map.take(Key);
  if (!N || (!N->isScalar() && !N->isMapping() && !N->isSequence()))
    return Error::success();
  std::string Text;
  if (Error E = N->string().moveInto(Text))
    return E;
  if (!Text.empty())
    Out = std::move(Text);
  return Error::success();
}

Expected<UnitySettings> readUnitySettings(llvm::MemoryBufferRef Text) {
  Expected<Node> Root = yaml::parse(Text);
  if (!Root)
    return Root.takeError();
  Expected<Mapping> Document = Mapping::of(*Root);
  if (!Document)
    return Document.takeError();
  Expected<Node> Object = Document->require("MonoBehaviour");
  if (!Object)
    return Object.takeError();
  Expected<Mapping> Map = Mapping::of(*Object);
  if (!Map)
    return Map.takeError();

  UnitySettings S;
  if (std::optional<Node> N = Map->take("hotUpdateAssemblyDefinitions")) {
    Expected<std::vector<Node>> All = N->sequence();
    if (!All)
      return All.takeError();
    if (All->size() > MaxNames)
      return N->error("expected at most " + llvm::Twine(MaxNames) + " assets");
    for (const Node &Each : *All) {
      Expected<std::string> GUID = readReference(Each);
      if (!GUID)
        return GUID.takeError();
      if (!GUID->empty())
        S.HotUpdateDefinitions.push_back(llvm::StringRef(*GUID).lower());
    }
  }
  std::optional<Node> Assemblies = Map->take("hotUpdateAssemblies");
  if (Assemblies)
    if (Error E = readNames(*Assemblies, S.HotUpdate))
      return E;
  for (const std::string &Name : S.HotUpdate)
    if (Name.find_first_of("/\\") != std::string::npos)
      return Assemblies->error("expected names of assemblies, and '" + Name +
                               "' is a path");
  // HybridCLR spells the key in this way.
  if (std::optional<Node> N = Map->take("externalHotUpdateAssembliyDirs"))
    if (Error E = readNames(*N, S.ExternalFolders))
      return E;
  if (Error E = readFolder(*Map, "hotUpdateDllCompileOutputRootDir",
                           S.CompiledFolder))
    return E;
  if (Error E =
          readFolder(*Map, "strippedAOTDllOutputRootDir", S.StrippedFolder))
    return E;
  if (std::optional<Node> N = Map->take("maxMethodBridgeGenericIteration")) {
    Expected<uint64_t> Number = N->integer(INT32_MAX);
    if (!Number)
      return Number.takeError();
    // HybridCLR's own generator has the same limit.
    S.Rounds = std::min<uint64_t>(*Number, hybridclr::MethodSet::MaxRounds);
  }
  return S;
}

} // namespace ilbridge::driver

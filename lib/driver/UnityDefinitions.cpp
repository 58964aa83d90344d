//===- UnityDefinitions.cpp - Assembly definitions of Unity ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnityDefinitions.h"
#include "InstalledPackage.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/Support/Path.h"

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

Error DefinitionFinder::lookIn(StringRef Folder, unsigned Depth) {
  llvm::SmallString<256> Real;
  if (Files.getRealPath(Folder, Real) || !Visited.insert(Real).second ||
      Depth > MaxDepth)
    return Error::success();
  std::vector<std::string> Folders, Metas;
  std::error_code EC;
  for (llvm::vfs::directory_iterator I = Files.dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC)) {
    StringRef Path = I->path(), Name = llvm::sys::path::filename(Path);
    if (Name.ends_with(".asmdef.meta"))
      Metas.push_back(Path.str());
    // Unity imports no other folders. (Unity manual, "Special folder names")
    else if (!Name.starts_with(".") && !Name.ends_with("~") &&
             (I->type() == llvm::sys::fs::file_type::directory_file ||
              I->type() == llvm::sys::fs::file_type::symlink_file))
      Folders.push_back(Path.str());
  }
  llvm::sort(Metas);
  for (const std::string &Meta : Metas)
    if (Error E = read(Meta))
      return E;
  llvm::sort(Folders);
  for (const std::string &Each : Folders)
    if (Error E = lookIn(Each, Depth + 1))
      return E;
  return Error::success();
}

/// Reads the value of a key of a small file.
static Expected<std::string> readKey(StringRef File, StringRef Key,
                                     llvm::vfs::FileSystem &Files) {
  Expected<yaml::Node> Root = readSmallFile(File, Files);
  if (!Root)
    return Root.takeError();
  Expected<yaml::Mapping> Map = yaml::Mapping::of(*Root);
  if (!Map)
    return Map.takeError();
  Expected<yaml::Node> Value = Map->require(Key);
  if (!Value)
    return Value.takeError();
  return Value->string();
}

Error DefinitionFinder::read(StringRef Meta) {
  Expected<std::string> GUID = readKey(Meta, "guid", Files);
  if (!GUID) {
    // If this is the definition that is looked for, it is reported as missing.
    llvm::consumeError(GUID.takeError());
    return Error::success();
  }
  auto It = Names.find(StringRef(*GUID).lower());
  if (It == Names.end() || !It->second.empty())
    return Error::success();
  StringRef File = Meta;
  File.consume_back(".meta");
  Expected<std::string> Name = readKey(File, "name", Files);
  if (!Name)
    return Name.takeError();
  if (Name->empty() || Name->find_first_of("/\\") != std::string::npos)
    return inputError({File.str(), {}, {}},
                      "'" + *Name + "' is not a name of an assembly");
  It->second = std::move(*Name);
  return Error::success();
}

} // namespace ilbridge::driver

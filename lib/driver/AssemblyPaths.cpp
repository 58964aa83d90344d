//===- AssemblyPaths.cpp - Files that lists of assemblies mean ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AssemblyPaths.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

bool isAssemblyFile(StringRef Path, llvm::vfs::FileSystem &Files) {
  auto Buffer = Files.getBufferForFile(Path, /*FileSize=*/-1,
                                       /*RequiresNullTerminator=*/false);
  if (!Buffer || !ecma335::isImage((*Buffer)->getBuffer()))
    return false;
  auto Module = ecma335::Module::create((*Buffer)->getMemBufferRef());
  bool IsReadable = bool(Module);
  llvm::consumeError(Module.takeError());
  return IsReadable;
}

/// Whether a file of a folder is meant as an assembly. One that is called so
/// has to be one; of others, such as .bytes, .exe and .wasm, content decides.
static bool isMeant(StringRef Path, llvm::vfs::FileSystem &Files) {
  return Path.ends_with_insensitive(".dll") ||
         Path.ends_with_insensitive(".dll.bytes") ||
         isAssemblyFile(Path, Files);
}

static bool isFolder(StringRef Path, llvm::vfs::FileSystem &Files) {
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Path);
  return Status && Status->isDirectory();
}

static llvm::Expected<std::vector<std::string>>
assembliesIn(StringRef Folder, llvm::vfs::FileSystem &Files) {
  std::vector<std::string> Found;
  std::error_code EC;
  for (llvm::vfs::directory_iterator I = Files.dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC))
    if (!isFolder(I->path(), Files) && isMeant(I->path(), Files))
      Found.push_back(I->path().str());
  if (EC)
    return inputError({Folder.str(), {}, {}}, EC.message());
  if (Found.empty())
    return inputError({Folder.str(), {}, {}},
                      "there is no .dll, .dll.bytes or other file with "
                      "metadata in this folder");
  llvm::sort(Found);
  return Found;
}

/// The file of \p Folder that is called as the assembly \p Name would be; empty
/// where there is none.
static std::string fileCalled(StringRef Folder, StringRef Name,
                              llvm::vfs::FileSystem &Files) {
  for (StringRef Extension : {"", ".dll", ".dll.bytes", ".bytes", ".wasm"}) {
    llvm::SmallString<256> Path = Folder;
    llvm::sys::path::append(Path, Name + Extension);
    if (Files.exists(Path))
      return Path.str().str();
  }
  return "";
}

static void makeUnique(std::vector<std::string> &Paths) {
  llvm::sort(Paths);
  Paths.erase(llvm::unique(Paths), Paths.end());
}

llvm::Expected<BridgeFiles> bridgeFiles(const BridgeInputs &In,
                                        llvm::vfs::FileSystem &Files) {
  std::vector<std::string> Folders;
  for (const std::vector<std::string> *Paths : {&In.AOT, &In.HotUpdate})
    for (const std::string &Path : *Paths)
      if (isFolder(Path, Files))
        Folders.push_back(Path);

  BridgeFiles Result;
  llvm::StringSet<> Singled; // hot-update files that are not given by a folder
  for (const std::string &Path : In.HotUpdate) {
    if (isFolder(Path, Files)) {
      auto Found = assembliesIn(Path, Files);
      if (!Found)
        return Found.takeError();
      llvm::append_range(Result.HotUpdate, *Found);
      continue;
    }
    std::string File = Path;
    StringRef Name = llvm::sys::path::filename(Path);
    if (!Files.exists(Path))
      for (const std::string &Folder : Folders)
        if (std::string Called = fileCalled(Folder, Name, Files);
            !Called.empty()) {
          File = Called;
          break;
        }
    Singled.insert(File);
    Result.HotUpdate.push_back(File);
  }
  for (const std::string &Path : In.AOT) {
    if (!isFolder(Path, Files)) {
      Result.AOT.push_back(Path);
      continue;
    }
    auto Found = assembliesIn(Path, Files);
    if (!Found)
      return Found.takeError();
    for (std::string &File : *Found)
      if (!Singled.contains(File))
        Result.AOT.push_back(std::move(File));
  }
  makeUnique(Result.AOT);
  makeUnique(Result.HotUpdate);
  return Result;
}

} // namespace ilbridge::driver

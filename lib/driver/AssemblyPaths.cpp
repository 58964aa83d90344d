//===- AssemblyPaths.cpp - Finds assemblies on disk -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AssemblyPaths.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

/// Whether a file in a folder is treated as an assembly. A file with the
/// extension of assemblies has to be one. For other files, such as .bytes, .exe
/// and .wasm, the content decides. The Error states that a file is damaged, so
/// that it may be an assembly.
static llvm::Expected<bool> isMeant(StringRef Path,
                                    llvm::vfs::FileSystem &Files) {
  if (Path.ends_with_insensitive(".dll") ||
      Path.ends_with_insensitive(".dll.bytes"))
    return true;
  auto Buffer = Files.getBufferForFile(Path, /*FileSize=*/-1,
                                       /*RequiresNullTerminator=*/false);
  if (!Buffer || !ecma335::isImage((*Buffer)->getBuffer()))
    return false;
  auto Module = ecma335::Module::create((*Buffer)->getMemBufferRef());
  if (Module)
    return true;
  llvm::Error E = Module.takeError();
  if (!E.isA<ecma335::NoMetadataError>())
    return E;
  llvm::consumeError(std::move(E)); // native code is no assembly
  return false;
}

bool isFolder(StringRef Path, llvm::vfs::FileSystem &Files) {
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Path);
  return Status && Status->isDirectory();
}

static llvm::Expected<std::vector<std::string>>
assembliesIn(StringRef Folder, llvm::vfs::FileSystem &Files) {
  std::vector<std::string> Found;
  std::error_code EC;
  for (llvm::vfs::directory_iterator I = Files.dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC)) {
    if (isFolder(I->path(), Files))
      continue;
    llvm::Expected<bool> IsMeant = isMeant(I->path(), Files);
    if (!IsMeant)
      return IsMeant.takeError();
    if (*IsMeant)
      Found.push_back(I->path().str());
  }
  if (EC)
    return inputError({Folder.str(), {}, {}}, EC.message());
  if (Found.empty())
    return inputError({Folder.str(), {}, {}},
                      "there is no .dll, .dll.bytes or other file with "
                      "metadata in this folder");
  llvm::sort(Found);
  return Found;
}

/// Returns the file in \p Folder that has the name of the assembly \p Name.
/// Empty if there is none.
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

/// Returns the file to which an entry of a list refers if it is not a folder:
/// the file itself, or the file with that name in one of \p Folders.
static std::string fileOf(const std::string &Path,
                          llvm::ArrayRef<std::string> Folders,
                          llvm::vfs::FileSystem &Files) {
  if (!Files.exists(Path))
    for (const std::string &Folder : Folders)
      if (std::string Called =
              fileCalled(Folder, llvm::sys::path::filename(Path), Files);
          !Called.empty())
        return Called;
  return Path;
}

llvm::Expected<std::vector<std::string>>
hotUpdateFiles(const BridgeInputs &In, llvm::vfs::FileSystem &Files) {
  std::vector<std::string> Folders, Result;
  for (const std::vector<std::string> *Paths : {&In.AOT, &In.HotUpdate})
    llvm::copy_if(*Paths, std::back_inserter(Folders),
                  [&](StringRef Path) { return isFolder(Path, Files); });
  for (const std::string &Path : In.HotUpdate) {
    if (!isFolder(Path, Files)) {
      Result.push_back(fileOf(Path, Folders, Files));
      continue;
    }
    auto Found = assembliesIn(Path, Files);
    if (!Found)
      return Found.takeError();
    llvm::append_range(Result, *Found);
  }
  makeUnique(Result);
  return Result;
}

llvm::Expected<BridgeFiles> bridgeFiles(const BridgeInputs &In,
                                        llvm::vfs::FileSystem &Files) {
  BridgeFiles Result;
  if (llvm::Error E = hotUpdateFiles(In, Files).moveInto(Result.HotUpdate))
    return E;
  for (const std::string &Path : In.AOT) {
    if (!isFolder(Path, Files)) {
      Result.AOT.push_back(Path);
      continue;
    }
    auto Found = assembliesIn(Path, Files);
    if (!Found)
      return Found.takeError();
    // A file that is named as a hot-update assembly is not treated as another
    // kind. A folder that is given for both kinds does not name its files.
    bool IsBoth = llvm::is_contained(In.HotUpdate, Path);
    for (std::string &File : *Found)
      if (IsBoth || !llvm::is_contained(Result.HotUpdate, File))
        Result.AOT.push_back(std::move(File));
  }
  makeUnique(Result.AOT);
  return Result;
}

} // namespace ilbridge::driver

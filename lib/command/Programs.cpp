//===- Programs.cpp - Programs in commands --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Programs.h"
#include "CompilerCall.h"
#include "ilbridge/cache/FileStates.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Environment.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using llvm::StringRef;

namespace path = llvm::sys::path;

namespace ilbridge::command {

static constexpr llvm::StringLiteral SystemFolders[] = {"/usr/bin",
                                                        "/usr/local/bin"};

Programs::Programs(std::shared_ptr<cache::Inputs> Asked)
    : Asked(std::move(Asked)),
      Files(cache::recording(llvm::vfs::getRealFileSystem(), this->Asked)) {}

std::string Programs::realPath(StringRef Path) {
  llvm::SmallString<256> Real;
  return Files->getRealPath(Path, Real) ? Path.str() : Real.str().str();
}

bool Programs::isFolder(StringRef Path) {
  auto Status = Files->status(Path);
  return Status && Status->isDirectory();
}

bool Programs::canExecute(StringRef Path) {
  cache::QueryResult Got = cache::executable(Path);
  Asked->add(cache::Query::Executable, Path, Got);
  return !Got.Text.empty();
}

bool Programs::isOfSystem(StringRef Program) {
  std::string Folder = realPath(path::parent_path(Program));
  return llvm::any_of(SystemFolders, [&](StringRef Each) {
    return Folder == Each || Folder == realPath(Each);
  });
}

/// Whether the program is in a folder with links to a launcher that have the
/// names of compilers.
bool Programs::isLinkToLauncher(StringRef Program) {
  return isLauncher(realPath(Program));
}

std::string Programs::find(StringRef Name, StringRef Directory) {
  std::vector<std::string> Candidates;
  auto AddIn = [&](StringRef Folder) {
    llvm::SmallString<256> Path = Folder;
    path::append(Path, path::filename(Name));
    Candidates.push_back(Path.str().str());
  };
  if (path::has_parent_path(Name)) {
    llvm::SmallString<256> Path = Name;
    llvm::sys::fs::make_absolute(Directory, Path);
    path::remove_dots(Path, /*remove_dot_dot=*/false);
    Candidates.push_back(Path.str().str());
  }
  // A bare name is searched in PATH. So is the name of a link to a launcher,
  // because the launcher searches it there.
  if (Candidates.empty() || isLinkToLauncher(Candidates.front())) {
    if (std::optional<std::string> Path = variable("PATH", *Asked))
      for (StringRef Folder : llvm::split(*Path, llvm::sys::EnvPathSeparator))
        if (path::is_absolute(Folder))
          AddIn(Folder);
    for (StringRef Folder : SystemFolders)
      AddIn(Folder);
  }
  for (const std::string &Each : Candidates)
    if (canExecute(Each) && !isLinkToLauncher(Each))
      return Each;
  return "";
}

} // namespace ilbridge::command

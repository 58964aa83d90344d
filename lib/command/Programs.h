//===- Programs.h - Programs in commands ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_COMMAND_PROGRAMS_H
#define ILBRIDGE_LIB_COMMAND_PROGRAMS_H

#include "ilbridge/cache/Inputs.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::command {

/// Finds programs, and the folders that belong to them. All queries to the file
/// system and the environment are recorded.
class Programs {
public:
  /// Inputs are added to \p Asked.
  explicit Programs(std::shared_ptr<cache::Inputs> Asked);

  /// The program that \p Name runs in \p Directory: an absolute path; empty if
  /// there is none.
  std::string find(llvm::StringRef Name, llvm::StringRef Directory);
  /// Whether \p Program is in a folder that only the system's administrator can
  /// write, also through another name of that folder, such as /bin.
  bool isOfSystem(llvm::StringRef Program);

  /// \p Path without symbolic links; \p Path itself if there is no such file.
  std::string realPath(llvm::StringRef Path);
  bool exists(const llvm::Twine &Path) { return Files->exists(Path); }
  bool isFolder(llvm::StringRef Path);

private:
  bool canExecute(llvm::StringRef Path);
  bool isLinkToLauncher(llvm::StringRef Program);

  std::shared_ptr<cache::Inputs> Asked;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files; ///< adds to Asked
};

} // namespace ilbridge::command

#endif // ILBRIDGE_LIB_COMMAND_PROGRAMS_H

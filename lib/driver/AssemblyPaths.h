//===- AssemblyPaths.h - Files that lists of assemblies mean ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The keys `aot` and `hot-update` have files, folders of files and, where
// hot-update assemblies lie beside the others, names of assemblies.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_ASSEMBLYPATHS_H
#define ILBRIDGE_LIB_DRIVER_ASSEMBLYPATHS_H

#include "ilbridge/driver/Project.h"

namespace ilbridge::driver {

/// The files of both lists, absolute, sorted, each once.
struct BridgeFiles {
  std::vector<std::string> AOT;
  std::vector<std::string> HotUpdate;
};

/// Finds the files that \p In means. A folder stands for the assemblies in it,
/// without those in its folders. A hot-update assembly that is given as a file
/// or by its name is none of the others, even if their folder has it.
/// The Error names a folder without an assembly, or a name that none of the
/// folders has.
llvm::Expected<BridgeFiles> bridgeFiles(const BridgeInputs &In,
                                        llvm::vfs::FileSystem &Files);

/// The hot-update files alone.
llvm::Expected<std::vector<std::string>>
hotUpdateFiles(const BridgeInputs &In, llvm::vfs::FileSystem &Files);

/// Whether there is a folder at \p Path.
bool isFolder(llvm::StringRef Path, llvm::vfs::FileSystem &Files);

/// Whether the file at \p Path is an assembly, by its content: a PE file with
/// metadata, or Webcil.
bool isAssemblyFile(llvm::StringRef Path, llvm::vfs::FileSystem &Files);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_ASSEMBLYPATHS_H

//===- AssemblyPaths.h - Finds assemblies on disk --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The keys `aot` and `hot-update` contain files and folders of files. If
// hot-update assemblies are in the same folder as the others, `hot-update`
// contains names of assemblies.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_ASSEMBLYPATHS_H
#define ILBRIDGE_LIB_DRIVER_ASSEMBLYPATHS_H

#include "ilbridge/driver/Project.h"

namespace ilbridge::driver {

/// The files of both lists: absolute paths, sorted, without duplicates.
struct BridgeFiles {
  std::vector<std::string> AOT;
  std::vector<std::string> HotUpdate;
};

/// Finds the files to which \p In refers. A folder contributes the assemblies
/// that it contains directly. A hot-update assembly that is given as a file or
/// by its name is not one of the others, even if their folder contains it. The
/// Error names a folder without an assembly, or a name that is in none of the
/// folders.
llvm::Expected<BridgeFiles> bridgeFiles(const BridgeInputs &In,
                                        llvm::vfs::FileSystem &Files);

/// Finds the hot-update files only.
llvm::Expected<std::vector<std::string>>
hotUpdateFiles(const BridgeInputs &In, llvm::vfs::FileSystem &Files);

/// Whether there is a folder at \p Path.
bool isFolder(llvm::StringRef Path, llvm::vfs::FileSystem &Files);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_ASSEMBLYPATHS_H

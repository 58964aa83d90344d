//===- InstalledPackage.h - The version of an installed HybridCLR -*- C++
//-*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_INSTALLEDPACKAGE_H
#define ILBRIDGE_LIB_DRIVER_INSTALLEDPACKAGE_H

#include "ilbridge/runtime/BridgeDialect.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::driver {

/// HybridCLR's package, as Unity's package manager names it.
inline constexpr llvm::StringLiteral HybridCLRPackage =
    "com.code-philosophy.hybridclr";

/// Returns the dialect of the version of HybridCLR that \p Text contains:
/// "8.11.0". Null if it contains none.
const runtime::BridgeDialect *dialectOfVersion(llvm::StringRef Text);
/// Returns the dialect of the package in \p Folder, from its package.json. The
/// Error names the file.
llvm::Expected<const runtime::BridgeDialect *>
installedDialect(llvm::StringRef Folder, llvm::vfs::FileSystem &Files);

/// Reads a small YAML or JSON file that Unity's tools write. The Error names
/// the file, also if it is larger than a megabyte.
llvm::Expected<yaml::Node> readSmallFile(llvm::StringRef File,
                                         llvm::vfs::FileSystem &Files);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_INSTALLEDPACKAGE_H

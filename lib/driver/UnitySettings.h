//===- UnitySettings.h - HybridCLRSettings.asset ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The settings that HybridCLR keeps in a Unity project, in the file
// ProjectSettings/HybridCLRSettings.asset. (HybridCLR documentation,
// "hybridclr_unity package", and its class HybridCLRSettings)
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_UNITYSETTINGS_H
#define ILBRIDGE_LIB_DRIVER_UNITYSETTINGS_H

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::driver {

/// The settings that bridges depend on. Folders are relative to the project.
struct UnitySettings {
  /// GUIDs of assets that define hot-update assemblies, 32 digits each.
  std::vector<std::string> HotUpdateDefinitions;
  /// Names of further hot-update assemblies.
  std::vector<std::string> HotUpdate;
  /// Folders with hot-update assemblies that Unity does not compile.
  std::vector<std::string> ExternalFolders;
  std::string CompiledFolder = "HybridCLRData/HotUpdateDlls";
  std::string StrippedFolder = "HybridCLRData/AssembliesPostIl2CppStrip";
  std::optional<unsigned> Rounds; ///< number of rounds of generic expansion
};

/// The Error states the location of what cannot be understood.
llvm::Expected<UnitySettings> readUnitySettings(llvm::MemoryBufferRef Text);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_UNITYSETTINGS_H

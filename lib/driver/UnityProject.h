//===- UnityProject.h - A Unity project with HybridCLR ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ProjectSettings/HybridCLRSettings.asset   what is interpreted
//   {stripped}/{platform}/*.dll               what il2cpp compiles
//   {external}/{platform}, {external},
//   {compiled}/{platform}                     hot-update assemblies, first
//   found
//   HybridCLRData/LocalIl2CppData-{editor}/il2cpp/libil2cpp/hybridclr/generated
//                                             the output, with the version
//
// as HybridCLR lays them out (its classes SettingsUtil and MetaUtil).
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_UNITYPROJECT_H
#define ILBRIDGE_LIB_DRIVER_UNITYPROJECT_H

#include "UnitySettings.h"
#include "ilbridge/driver/Project.h"
#include "ilbridge/runtime/BridgeDialect.h"

namespace ilbridge::driver {

/// Each function reads only the files that it requires. If something is
/// missing, its Error names the command of Unity's menu that creates it.
class UnityProject {
public:
  /// Reads the settings of the project in the folder \p Root.
  static llvm::Expected<UnityProject> open(llvm::StringRef Root,
                                           llvm::vfs::FileSystem &Files);

  /// Returns the simple names of the interpreted assemblies, without
  /// duplicates.
  llvm::Expected<std::vector<std::string>> hotUpdateNames() const;
  /// Sets what \p In does not specify: assemblies, rounds, and the platform if
  /// platform folders have to be searched.
  llvm::Error findAssemblies(BridgeInputs &In) const;
  /// Returns the folder into which HybridCLR's own generator writes.
  llvm::Expected<std::string> generatedFolder() const;
  /// Returns the dialect of the installed version, which the installer records
  /// in \p Folder, or else that of the package. Null if neither states a
  /// version.
  llvm::Expected<const runtime::BridgeDialect *>
  version(llvm::StringRef Folder) const;

private:
  UnityProject(llvm::StringRef Root, llvm::vfs::FileSystem &Files)
      : Root(Root), Files(Files) {}

  /// Returns a path in the project for "Assets"; an absolute path is unchanged.
  std::string path(const llvm::Twine &Relative) const;
  llvm::Expected<std::vector<std::string>> packages() const;
  llvm::Error findPlatform(BridgeInputs &In) const;
  llvm::Error findStripped(BridgeInputs &In) const;
  llvm::Error findHotUpdate(BridgeInputs &In,
                            llvm::ArrayRef<std::string> Names) const;

  std::string Root;
  llvm::vfs::FileSystem &Files;
  UnitySettings Settings;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_UNITYPROJECT_H

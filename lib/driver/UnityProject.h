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

/// Each function looks only at what it is asked for, and its Error says which
/// command of Unity's menu makes what is missing.
class UnityProject {
public:
  /// Reads the settings of the project in the folder \p Root.
  static llvm::Expected<UnityProject> open(llvm::StringRef Root,
                                           llvm::vfs::FileSystem &Files);

  /// The simple names of the assemblies that are interpreted, each once.
  llvm::Expected<std::vector<std::string>> hotUpdateNames() const;
  /// Fills in what \p In leaves open: assemblies, rounds, and the platform if
  /// folders of platforms have to be looked up.
  llvm::Error findAssemblies(BridgeInputs &In) const;
  /// The folder that HybridCLR's own generator writes into.
  llvm::Expected<std::string> generatedFolder() const;
  /// The dialect of the version that is installed, which the installer notes
  /// in \p Folder, or else that of the package. Null if nothing says it.
  llvm::Expected<const runtime::BridgeDialect *>
  version(llvm::StringRef Folder) const;

private:
  UnityProject(llvm::StringRef Root, llvm::vfs::FileSystem &Files)
      : Root(Root), Files(Files) {}

  /// A path of the project: "Assets", or an absolute one as it is.
  std::string path(const llvm::Twine &Relative) const;
  std::vector<std::string> packages() const;
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

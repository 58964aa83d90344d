//===- UnityOutputs.cpp - Output settings of a Unity project --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnityProject.h"

using llvm::Error;

namespace ilbridge::driver {

using emit::OutputOptionID;

Error addUnityOutput(Project &P) {
  if (P.Bridges.UnityProject.empty())
    return P.Bridges.Platform.empty()
               ? Error::success()
               : llvm::createStringError(
                     "a platform has no effect without a Unity project "
                     "(--unity-project or 'unity-project')");
  if (P.Outputs.empty()) {
    OutputSpec Spec;
    Spec.Backend = emit::findBackend("hybridclr");
    P.Outputs.push_back(std::move(Spec));
  }
  return Error::success();
}

/// Sets the installed version, unless the user has specified one.
static Error findVersion(OutputSpec &Output, llvm::StringRef Folder,
                         const UnityProject &Unity,
                         llvm::vfs::FileSystem &Files) {
  if (Output.Options.has(OutputOptionID::Dialect))
    return Error::success();
  auto D = Unity.version(Folder);
  if (!D)
    return D.takeError();
  if (!*D)
    return Error::success();
  llvm::cantFail(Output.Options.set(OutputOptionID::Dialect, (*D)->Name));
  OutputOptionID About{};
  if (Error E = completeOptions(Output, "--", Files, About))
    return llvm::createStringError(
        "the version of HybridCLR that is installed in the Unity project has "
        "the dialect " +
        llvm::toString(std::move(E)));
  return Error::success();
}

Error completeFromUnity(Project &P, bool NeedsFiles) {
  if (P.Bridges.UnityProject.empty())
    return Error::success();
  auto Unity = UnityProject::open(P.Bridges.UnityProject, *P.Files);
  if (!Unity)
    return Unity.takeError();
  if (Error E = Unity->findAssemblies(P.Bridges))
    return E;
  for (OutputSpec &Output : P.Outputs) {
    if (!Output.isMadeFromBridges())
      continue;
    std::string Folder = Output.File;
    if (Folder.empty()) {
      Error Missing = Unity->generatedFolder().moveInto(Folder);
      if (Missing && NeedsFiles)
        return Missing;
      // If no file is written, the folder only helps to find the version.
      llvm::consumeError(std::move(Missing));
    }
    if (NeedsFiles && Output.File.empty())
      Output.File = Output.Options.has(OutputOptionID::Abi)
                        ? Folder
                        : Folder + "/MethodBridge.cpp";
    if (Error E = findVersion(Output, Folder, *Unity, *P.Files))
      return E;
  }
  return Error::success();
}

} // namespace ilbridge::driver

//===- InstalledPackage.cpp - The version of an installed HybridCLR -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A package of Unity's package manager states its name and version in
// package.json (Unity manual, "Package manifest"). HybridCLR's package installs
// the runtime of the same version.
//
//===----------------------------------------------------------------------===//

#include "InstalledPackage.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/driver/Project.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

static constexpr uint64_t MaxBytes = 1 << 20;

llvm::Expected<yaml::Node> readSmallFile(StringRef File,
                                         llvm::vfs::FileSystem &Files) {
  auto Fail = [&](const llvm::Twine &Why) {
    return inputError({File.str(), {}, {}}, Why);
  };
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(File);
  if (!Status)
    return Fail(Status.getError().message());
  if (Status->getSize() > MaxBytes)
    return Fail("the file has more than a megabyte");
  auto Buffer = Files.getBufferForFile(File);
  if (!Buffer)
    return Fail(Buffer.getError().message());
  // JSON is YAML. (YAML 1.2, 1.2)
  return yaml::parse((*Buffer)->getMemBufferRef());
}

const runtime::BridgeDialect *dialectOfVersion(StringRef Text) {
  llvm::VersionTuple Version;
  // A suffix after a hyphen marks a prerelease version.
  if (Version.tryParse(Text.trim().split('-').first))
    return nullptr;
  return runtime::bridgeDialectOf(Version);
}

llvm::Expected<const runtime::BridgeDialect *>
installedDialect(StringRef Folder, llvm::vfs::FileSystem &Files) {
  llvm::SmallString<256> File = Folder;
  llvm::sys::path::append(File, "package.json");
  if (!Files.exists(File))
    return inputError({File.str().str(), {}, {}},
                      "there is no such file; expected the folder of " +
                          HybridCLRPackage +
                          " in Packages or Library/PackageCache of a Unity "
                          "project");
  llvm::Expected<yaml::Node> Root = readSmallFile(File, Files);
  if (!Root)
    return Root.takeError();
  llvm::Expected<yaml::Mapping> Manifest = yaml::Mapping::of(*Root);
  if (!Manifest)
    return Manifest.takeError();
  std::string Name, Text;
  llvm::Expected<yaml::Node> OfName = Manifest->require("name");
  if (!OfName)
    return OfName.takeError();
  if (llvm::Error E = OfName->string().moveInto(Name))
    return E;
  if (Name != HybridCLRPackage &&
      Name != "com.focus-creative-games.hybridclr_unity")
    return OfName->error("this is the package '" + Name + "', and not " +
                         HybridCLRPackage);
  llvm::Expected<yaml::Node> OfVersion = Manifest->require("version");
  if (!OfVersion)
    return OfVersion.takeError();
  if (llvm::Error E = OfVersion->string().moveInto(Text))
    return E;
  if (const runtime::BridgeDialect *D = dialectOfVersion(Text))
    return D;
  return OfVersion->error("'" + Text +
                          "' is not a version of HybridCLR since " + "1.0");
}

llvm::Error completeOptions(OutputSpec &Output, StringRef Prefix,
                            llvm::vfs::FileSystem &Files,
                            emit::OutputOptionID &About) {
  using emit::OutputOptionID;
  emit::OptionValues &Options = Output.Options;
  bool IsInstalled = Options.has(OutputOptionID::HybridCLR);
  if (IsInstalled) {
    About = OutputOptionID::HybridCLR;
    if (Options.has(OutputOptionID::Dialect))
      return llvm::createStringError("and " + Prefix +
                                     "dialect both say which version it is");
    auto D = installedDialect(Options.text(OutputOptionID::HybridCLR), Files);
    if (!D)
      return D.takeError();
    llvm::cantFail(Options.set(OutputOptionID::Dialect, (*D)->Name));
  }
  if (!Output.Backend->Contradiction)
    return llvm::Error::success();
  auto Found = Output.Backend->Contradiction(Options, Prefix);
  if (!Found)
    return llvm::Error::success();
  About = Found->Of == OutputOptionID::Dialect && IsInstalled
              ? OutputOptionID::HybridCLR
              : Found->Of;
  return llvm::createStringError(Found->Text);
}

} // namespace ilbridge::driver

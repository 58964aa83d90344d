//===- UnityProject.cpp - A Unity project with HybridCLR ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnityProject.h"
#include "AssemblyPaths.h"
#include "InstalledPackage.h"
#include "UnityDefinitions.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/system/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

namespace ilbridge::driver {

static constexpr StringRef SettingsFile =
    "ProjectSettings/HybridCLRSettings.asset";

static Error missing(StringRef Path, const Twine &Why) {
  return inputError({Path.str(), {}, {}}, Why);
}

std::string UnityProject::path(const Twine &Relative) const {
  return system::absolute(Relative.str(), Root);
}

Expected<UnityProject> UnityProject::open(StringRef Root,
                                          llvm::vfs::FileSystem &Files) {
  UnityProject Result(Root, Files);
  if (!isFolder(Result.path("ProjectSettings"), Files))
    return missing(
        Root, "not a Unity project: the folder ProjectSettings is missing");
  std::string File = Result.path(SettingsFile);
  auto Buffer = Files.getBufferForFile(File);
  if (!Buffer)
    return missing(File, Buffer.getError().message() +
                             "; install the package " + HybridCLRPackage +
                             ", and open HybridCLR/Settings in Unity once");
  if (Error E = readUnitySettings((*Buffer)->getMemBufferRef())
                    .moveInto(Result.Settings))
    return E;
  return Result;
}

/// Returns the folders of packages that are outside of the package manager's
/// own folders: "com.x.y": "file:../y" in Packages/manifest.json. The file is
/// optional.
Expected<std::vector<std::string>> UnityProject::packages() const {
  std::vector<std::string> Folders;
  std::string File = path("Packages/manifest.json");
  if (!Files.exists(File))
    return Folders;
  Expected<yaml::Node> Root = readSmallFile(File, Files);
  if (!Root)
    return Root.takeError();
  Expected<yaml::Mapping> Manifest = yaml::Mapping::of(*Root);
  if (!Manifest)
    return Manifest.takeError();
  std::optional<yaml::Node> Dependencies = Manifest->take("dependencies");
  if (!Dependencies)
    return Folders;
  Expected<yaml::Mapping> All = yaml::Mapping::of(*Dependencies);
  if (!All)
    return All.takeError();
  for (const yaml::Mapping::Entry &Each : All->entries()) {
    Expected<std::string> Where = Each.Value.string();
    if (!Where)
      return Where.takeError();
    StringRef Folder = *Where;
    if (!Folder.consume_front("file:"))
      continue;
    Folders.push_back(llvm::sys::path::is_absolute(Folder)
                          ? Folder.str()
                          : path("Packages/" + Folder));
  }
  return Folders;
}

//===----------------------------------------------------------------------===//
// Assemblies
//===----------------------------------------------------------------------===//

/// Chooses the build target whose folders are searched.
Error UnityProject::findPlatform(BridgeInputs &In) const {
  std::string &Platform = In.Platform;
  if (StringRef(Platform).find_first_of("/\\") != StringRef::npos ||
      Platform == "." || Platform == "..")
    return llvm::createStringError("'" + Platform +
                                   "' is not a build target of Unity; expected "
                                   "Android, iOS, WebGL or another one");
  std::string Stripped = path(Settings.StrippedFolder);
  std::vector<std::string> Present;
  for (std::string &Name : managed::namesIn(Stripped, Files))
    if (isFolder(Stripped + "/" + Name, Files))
      Present.push_back(std::move(Name));
  if (Platform.empty() && Present.size() == 1)
    Platform = Present.front();
  if (Platform.empty() && Present.size() > 1)
    return missing(Stripped, "there are assemblies of several build targets; "
                             "choose one with --platform or 'platform': " +
                                 llvm::join(Present, ", "));
  if (Platform.empty())
    return missing(Stripped, "there are no stripped assemblies; run "
                             "HybridCLR/Generate/AOTDlls in Unity, for the "
                             "build target that --platform then names");
  if (!In.AOT.empty() || llvm::is_contained(Present, Platform))
    return Error::success();
  return missing(
      path(Settings.StrippedFolder + "/" + Platform),
      "there are no stripped assemblies of the build target '" + Platform +
          "'" +
          (Present.empty() ? "" : ", but of " + llvm::join(Present, ", ")) +
          "; run HybridCLR/Generate/AOTDlls in Unity while this is "
          "the active build target");
}

Error UnityProject::findStripped(BridgeInputs &In) const {
  std::string Folder = path(Settings.StrippedFolder + "/" + In.Platform);
  bool HasAssemblies =
      llvm::any_of(managed::namesIn(Folder, Files), [](StringRef Name) {
        return Name.ends_with_insensitive(".dll") ||
               Name.ends_with_insensitive(".dll.bytes");
      });
  if (!HasAssemblies)
    return missing(Folder, "there is no assembly in this folder; run "
                           "HybridCLR/Generate/AOTDlls in Unity while '" +
                               In.Platform + "' is the active build target");
  In.AOT.push_back(std::move(Folder));
  return Error::success();
}

Expected<std::vector<std::string>> UnityProject::hotUpdateNames() const {
  DefinitionFinder Finder(Files, Settings.HotUpdateDefinitions);
  for (StringRef Folder : {"Assets", "Packages", "Library/PackageCache"})
    if (!Finder.isDone())
      if (Error E = Finder.lookIn(path(Folder)))
        return E;
  if (!Finder.isDone()) {
    Expected<std::vector<std::string>> Packages = packages();
    if (!Packages)
      return Packages.takeError();
    for (const std::string &Package : *Packages)
      if (Error E = Finder.lookIn(Package))
        return E;
  }
  std::vector<std::string> Names;
  llvm::StringSet<> Known;
  auto Add = [&](StringRef Name) {
    if (Known.insert(Name).second)
      Names.push_back(Name.str());
  };
  for (const std::string &GUID : Settings.HotUpdateDefinitions) {
    StringRef Name = Finder.name(GUID);
    if (Name.empty())
      return missing(path(SettingsFile),
                     "no .asmdef of the project has the GUID " + GUID +
                         ", which hotUpdateAssemblyDefinitions names; open the "
                         "project in Unity once, or choose the definition "
                         "again in HybridCLR/Settings");
    Add(Name);
  }
  llvm::for_each(Settings.HotUpdate, Add);
  return Names;
}

Error UnityProject::findHotUpdate(BridgeInputs &In,
                                  ArrayRef<std::string> Names) const {
  std::vector<std::string> Folders, Missing;
  for (const std::string &Each : Settings.ExternalFolders) {
    Folders.push_back(path(Each + "/" + In.Platform));
    Folders.push_back(path(Each));
  }
  Folders.push_back(path(Settings.CompiledFolder + "/" + In.Platform));
  for (const std::string &Name : Names) {
    std::string Found;
    for (const std::string &Folder : Folders)
      for (StringRef Extension : {".dll", ".dll.bytes"})
        if (std::string File = (Folder + "/" + Name + Extension).str();
            Found.empty() && Files.exists(File))
          Found = std::move(File);
    if (Found.empty())
      Missing.push_back(Name);
    else
      In.HotUpdate.push_back(std::move(Found));
  }
  if (Missing.empty())
    return Error::success();
  return missing(
      Folders.back(),
      "there is no hot-update assembly " + llvm::join(Missing, ", ") +
          (Folders.size() == 1 ? " in this folder"
                               : " in this folder, and in none of those of "
                                 "externalHotUpdateAssembliyDirs") +
          "; run HybridCLR/CompileDll in Unity for the build target "
          "'" +
          In.Platform + "'");
}

Error UnityProject::findAssemblies(BridgeInputs &In) const {
  if (!In.Rounds)
    In.Rounds = Settings.Rounds;
  bool NeedsAOT = In.AOT.empty();
  std::vector<std::string> HotUpdate;
  if (In.HotUpdate.empty())
    if (Error E = hotUpdateNames().moveInto(HotUpdate))
      return E;
  if (NeedsAOT || !HotUpdate.empty())
    if (Error E = findPlatform(In))
      return E;
  if (NeedsAOT)
    if (Error E = findStripped(In))
      return E;
  return HotUpdate.empty() ? Error::success() : findHotUpdate(In, HotUpdate);
}

//===----------------------------------------------------------------------===//
// Installed files of HybridCLR
//===----------------------------------------------------------------------===//

Expected<const runtime::BridgeDialect *>
UnityProject::version(StringRef Generated) const {
  for (const std::string &Folder :
       {Generated.str(), llvm::sys::path::parent_path(Generated).str()}) {
    auto Note = Files.getBufferForFile(Folder + "/libil2cpp-version.txt");
    if (!Note)
      continue;
    StringRef Text = (*Note)->getBuffer().take_front(64);
    // Skip a byte order mark.
    Text.consume_front("\xEF\xBB\xBF");
    if (const runtime::BridgeDialect *D = dialectOfVersion(Text))
      return D;
  }
  std::vector<std::string> Candidates = {path("Packages/" + HybridCLRPackage)};
  std::string Cache = path("Library/PackageCache");
  for (const std::string &Name : managed::namesIn(Cache, Files))
    if (StringRef(Name).split('@').first == HybridCLRPackage)
      Candidates.push_back(Cache + "/" + Name);
  auto IsPackage = [&](const std::string &Folder) {
    return Files.exists(Folder + "/package.json");
  };
  auto Found = llvm::find_if(Candidates, IsPackage);
  if (Found != Candidates.end())
    return installedDialect(*Found, Files);
  Expected<std::vector<std::string>> Others = packages();
  if (!Others)
    return Others.takeError();
  for (const std::string &Folder : *Others)
    if (StringRef(llvm::sys::path::filename(Folder)).contains("hybridclr") &&
        IsPackage(Folder))
      return installedDialect(Folder, Files);
  return nullptr;
}

/// Returns the version of the editor whose libil2cpp is written to. If several
/// people work on the project, it is the editor of this machine.
static StringRef editorOfThisMachine() {
  llvm::Triple Host(llvm::sys::getProcessTriple());
  return Host.isOSDarwin()    ? "OSXEditor"
         : Host.isOSWindows() ? "WindowsEditor"
                              : "LinuxEditor";
}

Expected<std::string> UnityProject::generatedFolder() const {
  StringRef Prefix = "LocalIl2CppData-";
  std::vector<std::string> Editors;
  std::string Data = path("HybridCLRData");
  for (const std::string &Name : managed::namesIn(Data, Files))
    if (StringRef(Name).starts_with(Prefix) &&
        isFolder(Data + "/" + Name + "/il2cpp/libil2cpp/hybridclr", Files))
      Editors.push_back(Name.substr(Prefix.size()));
  if (Editors.empty())
    return missing(Data, "HybridCLR is not installed: there is no "
                         "LocalIl2CppData-*/il2cpp/libil2cpp/hybridclr in "
                         "this folder; run HybridCLR/Installer in Unity, "
                         "or name the output with -o");
  std::string Editor = editorOfThisMachine().str();
  if (Editors.size() == 1)
    Editor = Editors.front();
  else if (!llvm::is_contained(Editors, Editor))
    return missing(Data, "HybridCLR is installed for several editors (" +
                             llvm::join(Editors, ", ") +
                             "); name the output with -o");
  return Data + "/" + Prefix.str() + Editor +
         "/il2cpp/libil2cpp/hybridclr/generated";
}

} // namespace ilbridge::driver

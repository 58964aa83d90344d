//===- UnityProject.cpp - A Unity project with HybridCLR ------------------===//
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

#include "AssemblyPaths.h"
#include "InstalledPackage.h"
#include "UnitySettings.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/driver/Project.h"
#include "ilbridge/managed/AssemblySet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

namespace ilbridge::driver {

namespace {

class UnityProject {
public:
  explicit UnityProject(Project &P)
      : P(P), Files(*P.Files), Root(P.Bridges.UnityProject) {}
  Error complete();

private:
  /// A path of the project: "Assets", or an absolute one as it is.
  std::string path(const Twine &Relative) const;
  Error missing(StringRef Path, const Twine &Why) const {
    return inputError({Path.str(), {}, {}}, Why);
  }

  Error findPlatform();
  Error findStripped();
  Error nameDefinitions();
  Error findHotUpdate();
  Error findOutput();
  Error findVersion(OutputSpec &Output);
  Expected<const runtime::BridgeDialect *> version(StringRef Output) const;
  std::vector<std::string> packages() const;

  Project &P;
  llvm::vfs::FileSystem &Files;
  std::string Root;
  UnitySettings Settings;
};

/// Looks for assembly definitions by the GUIDs in their .meta files.
class DefinitionFinder {
public:
  DefinitionFinder(llvm::vfs::FileSystem &Files,
                   llvm::ArrayRef<std::string> Wanted)
      : Files(Files) {
    for (const std::string &GUID : Wanted)
      Names.try_emplace(GUID);
  }

  Error lookIn(StringRef Folder) { return lookIn(Folder, 0); }
  /// Empty if there is no definition of a GUID that is wanted.
  StringRef name(StringRef GUID) const { return Names.find(GUID)->second; }
  bool isDone() const {
    return llvm::all_of(Names,
                        [](const auto &Each) { return !Each.second.empty(); });
  }

private:
  static constexpr unsigned MaxDepth = 100;
  Error lookIn(StringRef Folder, unsigned Depth);
  Error read(StringRef Meta);

  llvm::vfs::FileSystem &Files;
  llvm::StringMap<std::string> Names; ///< by GUID
  llvm::StringSet<> Visited;          ///< folders, by their real paths
};

} // namespace

//===----------------------------------------------------------------------===//
// Assembly definitions
//===----------------------------------------------------------------------===//

Error DefinitionFinder::lookIn(StringRef Folder, unsigned Depth) {
  llvm::SmallString<256> Real;
  if (Files.getRealPath(Folder, Real) || !Visited.insert(Real).second ||
      Depth > MaxDepth)
    return Error::success();
  std::vector<std::string> Folders, Metas;
  std::error_code EC;
  for (llvm::vfs::directory_iterator I = Files.dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC)) {
    StringRef Path = I->path(), Name = llvm::sys::path::filename(Path);
    if (Name.ends_with(".asmdef.meta"))
      Metas.push_back(Path.str());
    // Unity imports no other ones. (Unity manual, "Special folder names")
    else if (!Name.starts_with(".") && !Name.ends_with("~") &&
             (I->type() == llvm::sys::fs::file_type::directory_file ||
              I->type() == llvm::sys::fs::file_type::symlink_file))
      Folders.push_back(Path.str());
  }
  llvm::sort(Metas);
  for (const std::string &Meta : Metas)
    if (Error E = read(Meta))
      return E;
  llvm::sort(Folders);
  for (const std::string &Each : Folders)
    if (Error E = lookIn(Each, Depth + 1))
      return E;
  return Error::success();
}

/// Takes the value of a key of a small file.
static Expected<std::string> readKey(StringRef File, StringRef Key,
                                     llvm::vfs::FileSystem &Files) {
  Expected<yaml::Node> Root = readSmallFile(File, Files);
  if (!Root)
    return Root.takeError();
  Expected<yaml::Mapping> Map = yaml::Mapping::of(*Root);
  if (!Map)
    return Map.takeError();
  Expected<yaml::Node> Value = Map->require(Key);
  if (!Value)
    return Value.takeError();
  return Value->string();
}

Error DefinitionFinder::read(StringRef Meta) {
  Expected<std::string> GUID = readKey(Meta, "guid", Files);
  if (!GUID) {
    // It is nobody's definition, unless the one that is missing then.
    llvm::consumeError(GUID.takeError());
    return Error::success();
  }
  auto It = Names.find(StringRef(*GUID).lower());
  if (It == Names.end() || !It->second.empty())
    return Error::success();
  StringRef File = Meta;
  File.consume_back(".meta");
  Expected<std::string> Name = readKey(File, "name", Files);
  if (!Name)
    return Name.takeError();
  if (Name->empty() || Name->find_first_of("/\\") != std::string::npos)
    return inputError({File.str(), {}, {}},
                      "'" + *Name + "' is no name of an assembly");
  It->second = std::move(*Name);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Folders
//===----------------------------------------------------------------------===//

std::string UnityProject::path(const Twine &Relative) const {
  llvm::SmallString<256> Full;
  Relative.toVector(Full);
  llvm::sys::fs::make_absolute(Root, Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

Error UnityProject::findPlatform() {
  std::string &Platform = P.Bridges.Platform;
  if (StringRef(Platform).find_first_of("/\\") != StringRef::npos ||
      Platform == "." || Platform == "..")
    return llvm::createStringError("'" + Platform +
                                   "' is no build target of Unity; it is "
                                   "called Android, iOS, WebGL or the like");
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
  if (!P.Bridges.AOT.empty() || llvm::is_contained(Present, Platform))
    return Error::success();
  return missing(
      path(Settings.StrippedFolder + "/" + Platform),
      "there are no stripped assemblies of the build target '" + Platform +
          "'" +
          (Present.empty() ? "" : ", but of " + llvm::join(Present, ", ")) +
          "; run HybridCLR/Generate/AOTDlls in Unity while this is "
          "the active build target");
}

Error UnityProject::findStripped() {
  if (!P.Bridges.AOT.empty())
    return Error::success();
  std::string Folder = path(Settings.StrippedFolder + "/" + P.Bridges.Platform);
  bool HasAssemblies =
      llvm::any_of(managed::namesIn(Folder, Files), [](StringRef Name) {
        return Name.ends_with_insensitive(".dll") ||
               Name.ends_with_insensitive(".dll.bytes");
      });
  if (!HasAssemblies)
    return missing(Folder, "there is no assembly in this folder; run "
                           "HybridCLR/Generate/AOTDlls in Unity while '" +
                               P.Bridges.Platform +
                               "' is the active build target");
  P.Bridges.AOT.push_back(std::move(Folder));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Hot-update assemblies
//===----------------------------------------------------------------------===//

/// Adds the assemblies of definitions to those that are named.
Error UnityProject::nameDefinitions() {
  if (Settings.HotUpdateDefinitions.empty())
    return Error::success();
  DefinitionFinder Finder(Files, Settings.HotUpdateDefinitions);
  for (StringRef Folder : {"Assets", "Packages", "Library/PackageCache"})
    if (!Finder.isDone())
      if (Error E = Finder.lookIn(path(Folder)))
        return E;
  if (!Finder.isDone())
    for (const std::string &Package : packages())
      if (Error E = Finder.lookIn(Package))
        return E;
  std::vector<std::string> Names;
  for (const std::string &GUID : Settings.HotUpdateDefinitions) {
    StringRef Name = Finder.name(GUID);
    if (Name.empty())
      return missing(path("ProjectSettings/HybridCLRSettings.asset"),
                     "no .asmdef of the project has the GUID " + GUID +
                         ", which hotUpdateAssemblyDefinitions names; open the "
                         "project in Unity once, or choose the definition "
                         "again in HybridCLR/Settings");
    Names.push_back(Name.str());
  }
  Settings.HotUpdate.insert(Settings.HotUpdate.begin(), Names.begin(),
                            Names.end());
  return Error::success();
}

Error UnityProject::findHotUpdate() {
  if (!P.Bridges.HotUpdate.empty())
    return Error::success();
  if (Error E = nameDefinitions())
    return E;
  std::vector<std::string> Folders;
  for (const std::string &Each : Settings.ExternalFolders) {
    Folders.push_back(path(Each + "/" + P.Bridges.Platform));
    Folders.push_back(path(Each));
  }
  Folders.push_back(path(Settings.CompiledFolder + "/" + P.Bridges.Platform));
  std::vector<std::string> Missing;
  llvm::StringSet<> Known;
  for (const std::string &Name : Settings.HotUpdate) {
    if (!Known.insert(Name).second)
      continue;
    std::string Found;
    for (const std::string &Folder : Folders)
      for (StringRef Extension : {".dll", ".dll.bytes"})
        if (std::string File = (Folder + "/" + Name + Extension).str();
            Found.empty() && Files.exists(File))
          Found = std::move(File);
    if (Found.empty())
      Missing.push_back(Name);
    else
      P.Bridges.HotUpdate.push_back(std::move(Found));
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
          P.Bridges.Platform + "'");
}

//===----------------------------------------------------------------------===//
// The output
//===----------------------------------------------------------------------===//

/// Returns the folders of packages that Unity's package manager does not keep
/// in its own folders: "com.x.y": "file:../y" in Packages/manifest.json.
std::vector<std::string> UnityProject::packages() const {
  std::vector<std::string> Folders;
  Expected<yaml::Node> Root =
      readSmallFile(path("Packages/manifest.json"), Files);
  if (!Root) {
    llvm::consumeError(Root.takeError()); // nothing is said of packages then
    return Folders;
  }
  Expected<yaml::Mapping> Manifest = yaml::Mapping::of(*Root);
  if (!Manifest) {
    llvm::consumeError(Manifest.takeError());
    return Folders;
  }
  std::optional<yaml::Node> Dependencies = Manifest->take("dependencies");
  if (!Dependencies)
    return Folders;
  Expected<yaml::Mapping> All = yaml::Mapping::of(*Dependencies);
  if (!All) {
    llvm::consumeError(All.takeError());
    return Folders;
  }
  for (const yaml::Mapping::Entry &Each : All->entries()) {
    Expected<std::string> Where = Each.Value.string();
    if (!Where) {
      llvm::consumeError(Where.takeError());
      continue;
    }
    StringRef Folder = *Where;
    if (!Folder.consume_front("file:"))
      continue;
    Folders.push_back(llvm::sys::path::is_absolute(Folder)
                          ? Folder.str()
                          : path("Packages/" + Folder));
  }
  return Folders;
}

/// The version that is installed, which the installer notes beside the output,
/// or else that of the package. Null if nothing says it.
Expected<const runtime::BridgeDialect *>
UnityProject::version(StringRef Output) const {
  for (const std::string &Folder :
       {Output.str(), llvm::sys::path::parent_path(Output).str()}) {
    auto Note = Files.getBufferForFile(Folder + "/libil2cpp-version.txt");
    if (!Note)
      continue;
    StringRef Text = (*Note)->getBuffer().take_front(64);
    // Behind a BOM.
    Text.consume_front("\xEF\xBB\xBF");
    if (const runtime::BridgeDialect *D = dialectOfVersion(Text))
      return D;
  }
  std::vector<std::string> Candidates = {path("Packages/" + HybridCLRPackage)};
  std::string Cache = path("Library/PackageCache");
  for (const std::string &Name : managed::namesIn(Cache, Files))
    if (StringRef(Name).split('@').first == HybridCLRPackage)
      Candidates.push_back(Cache + "/" + Name);
  for (std::string &Folder : packages())
    if (StringRef(llvm::sys::path::filename(Folder)).contains("hybridclr"))
      Candidates.push_back(std::move(Folder));
  for (const std::string &Folder : Candidates)
    if (Files.exists(Folder + "/package.json"))
      return installedDialect(Folder, Files);
  return nullptr;
}

Error UnityProject::findVersion(OutputSpec &Output) {
  using emit::OutputOptionID;
  if (Output.Options.has(OutputOptionID::Dialect))
    return Error::success();
  auto D = version(Output.File);
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

/// The editor whose libil2cpp is the one to write to: the one of this machine
/// if people work on several.
static StringRef editorOfThisMachine() {
  llvm::Triple Host(llvm::sys::getProcessTriple());
  return Host.isOSDarwin()    ? "OSXEditor"
         : Host.isOSWindows() ? "WindowsEditor"
                              : "LinuxEditor";
}

Error UnityProject::findOutput() {
  if (P.Outputs.empty()) {
    OutputSpec Spec;
    Spec.Backend = emit::findBackend("hybridclr");
    P.Outputs.push_back(std::move(Spec));
  }
  std::string Generated;
  for (OutputSpec &Output : P.Outputs) {
    if (!Output.isMadeFromBridges())
      continue;
    if (Output.File.empty()) {
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
      Output.File = Data + "/" + Prefix.str() + Editor +
                    "/il2cpp/libil2cpp/hybridclr/generated";
      if (!Output.Options.has(emit::OutputOptionID::Abi))
        Output.File += "/MethodBridge.cpp";
    }
    if (Error E = findVersion(Output))
      return E;
  }
  return Error::success();
}

Error UnityProject::complete() {
  if (!isFolder(path("ProjectSettings"), Files))
    return missing(Root, "this is no folder of a Unity project: it has no "
                         "folder ProjectSettings");
  std::string File = path("ProjectSettings/HybridCLRSettings.asset");
  auto Buffer = Files.getBufferForFile(File);
  if (!Buffer)
    return missing(File, Buffer.getError().message() +
                             "; install the package " + HybridCLRPackage +
                             ", and open HybridCLR/Settings in Unity once");
  Expected<UnitySettings> Read =
      readUnitySettings((*Buffer)->getMemBufferRef());
  if (!Read)
    return Read.takeError();
  Settings = std::move(*Read);
  if (!P.Bridges.Rounds)
    P.Bridges.Rounds = Settings.Rounds;
  if (Error E = findPlatform())
    return E;
  if (Error E = findStripped())
    return E;
  if (Error E = findHotUpdate())
    return E;
  return findOutput();
}

Error completeFromUnity(Project &P) {
  if (!P.Bridges.UnityProject.empty())
    return UnityProject(P).complete();
  if (!P.Bridges.Platform.empty())
    return llvm::createStringError(
        "a platform has no effect without a Unity project (--unity-project or "
        "'unity-project')");
  return Error::success();
}

} // namespace ilbridge::driver

//===- Unity.cpp - Unity projects from anywhere ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The settings of a Unity project and its small files are rejected, or every
// path that they lead to is absolute, and no name of an assembly leads into
// another folder. An input of an even length is the settings alone. An input of
// an odd length is a file of a project: one in JSON if it starts with a brace,
// and otherwise the settings or the metadata of an asset.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "driver/UnitySettings.h"
#include "ilbridge/driver/Project.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <cstdlib>

using namespace ilbridge;

static void require(bool Holds) {
  if (!Holds)
    std::abort();
}

static void readSettings(llvm::StringRef Input) {
  llvm::Expected<driver::UnitySettings> Settings =
      driver::readUnitySettings({Input, "HybridCLRSettings.asset"});
  if (!Settings)
    return llvm::consumeError(Settings.takeError());
  for (const std::string &GUID : Settings->HotUpdateDefinitions)
    require(GUID.size() == 32 && llvm::all_of(GUID, llvm::isHexDigit));
  for (const std::string &Name : Settings->HotUpdate)
    require(llvm::sys::path::filename(Name) == Name);
}

/// Names the assembly definition by the GUID that its metadata has.
static constexpr llvm::StringLiteral Settings =
    "MonoBehaviour:\n"
    "  hotUpdateAssemblyDefinitions:\n"
    "  - {fileID: 1, guid: 0123456789abcdef0123456789abcdef, type: 3}\n"
    "  hotUpdateAssemblies:\n"
    "  - Game\n";
static constexpr llvm::StringLiteral Metadata =
    "guid: 0123456789abcdef0123456789abcdef\n";

namespace {

/// The files of a project in memory.
class ProjectFiles : public llvm::vfs::InMemoryFileSystem {
public:
  void add(llvm::StringRef Path, llvm::StringRef Text) {
    addFile("/game/" + Path, 0,
            llvm::MemoryBuffer::getMemBuffer(Text, "", false));
  }
};

} // namespace

static llvm::IntrusiveRefCntPtr<ProjectFiles> wholeProject() {
  auto Files = llvm::makeIntrusiveRefCnt<ProjectFiles>();
  Files->add("ProjectSettings/HybridCLRSettings.asset", Settings);
  Files->add("Packages/manifest.json", "{}");
  Files->add("Packages/com.code-philosophy.hybridclr/package.json", "{}");
  Files->add("Assets/A.asmdef", R"({"name": "A"})");
  Files->add("Assets/A.asmdef.meta", Metadata);
  Files->add("HybridCLRData/AssembliesPostIl2CppStrip/Android/A.dll", "MZ");
  Files->add("HybridCLRData/HotUpdateDlls/Android/Game.dll", "MZ");
  Files->add("HybridCLRData/HotUpdateDlls/Android/A.dll", "MZ");
  Files->add("HybridCLRData/LocalIl2CppData-LinuxEditor/il2cpp/libil2cpp/"
             "hybridclr/x",
             "");
  return Files;
}

static void readProject(llvm::StringRef Input) {
  static const auto Whole = wholeProject();
  auto Own = llvm::makeIntrusiveRefCnt<ProjectFiles>();
  if (Input.starts_with("{")) {
    Own->add("Packages/manifest.json", Input);
    Own->add("Packages/com.code-philosophy.hybridclr/package.json", Input);
    Own->add("Assets/A.asmdef", Input);
  } else if (Input.starts_with("f") || Input.starts_with("g")) {
    Own->add("Assets/A.asmdef.meta", Input);
  } else {
    Own->add("ProjectSettings/HybridCLRSettings.asset", Input);
  }
  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Whole);
  Files->pushOverlay(std::move(Own));
  driver::Project P;
  P.Files = Files;
  P.Bridges.UnityProject = "/game";
  llvm::cantFail(driver::addUnityOutput(P));
  if (llvm::Error E = driver::completeFromUnity(P, /*NeedsFiles=*/true))
    return llvm::consumeError(std::move(E));
  for (const auto *Paths : {&P.Bridges.AOT, &P.Bridges.HotUpdate})
    for (const std::string &Path : *Paths)
      require(llvm::sys::path::is_absolute(Path));
}

void fuzz::unity(llvm::StringRef Input) {
  Input.size() % 2 == 0 ? readSettings(Input) : readProject(Input);
}

//===- Unity.cpp - Untrusted Unity projects -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The settings and small files of any project are rejected, or every resulting
// path is absolute, and an assembly's name does not lead into another folder.
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

void fuzz::unity(llvm::StringRef Input) {
  llvm::Expected<driver::UnitySettings> Settings =
      driver::readUnitySettings({Input, "HybridCLRSettings.asset"});
  if (Settings) {
    for (const std::string &GUID : Settings->HotUpdateDefinitions)
      require(GUID.size() == 32 && llvm::all_of(GUID, llvm::isHexDigit));
    for (const std::string &Name : Settings->HotUpdate)
      require(llvm::sys::path::filename(Name) == Name);
  }
  llvm::consumeError(Settings.takeError());

  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  auto Add = [&](llvm::StringRef Path, llvm::StringRef Text) {
    Files->addFile("/game/" + Path, 0,
                   llvm::MemoryBuffer::getMemBufferCopy(Text));
  };
  Add("ProjectSettings/HybridCLRSettings.asset", Input);
  Add("Packages/manifest.json", Input);
  Add("Packages/com.code-philosophy.hybridclr/package.json", Input);
  Add("Assets/A.asmdef", Input);
  Add("Assets/A.asmdef.meta", Input);
  Add("HybridCLRData/AssembliesPostIl2CppStrip/Android/A.dll", "MZ");
  Add("HybridCLRData/HotUpdateDlls/Android/Game.dll", "MZ");
  Add("HybridCLRData/LocalIl2CppData-LinuxEditor/il2cpp/libil2cpp/hybridclr/x",
      "");
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

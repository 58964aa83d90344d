//===- ManagedSide.cpp - The assemblies and manifests of a run ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ManagedSide.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/managed/Manifest.h"
#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using llvm::Error;
using llvm::StringRef;

namespace ilbridge::driver {

Error ManagedSide::remember(StringRef Assembly, StringRef Path) {
  auto [It, IsNew] = Paths.try_emplace(Assembly.str(), Path.str());
  if (IsNew)
    return Error::success();
  return inputError({Path.str(), {}, {}}, "assembly '" + Assembly +
                                              "' is given twice; '" +
                                              It->second + "' has it too");
}

Error ManagedSide::loadManifest(StringRef Path) {
  auto Buffer = P.Files->getBufferForFile(Path);
  if (!Buffer)
    return inputError({Path.str(), {}, {}}, Buffer.getError().message());
  std::string Shown = native::shownPath(Path, P.WorkingDirectory, P.Root);
  if (Error E = managed::readManifest(
          llvm::MemoryBufferRef((*Buffer)->getBuffer(), Shown), M))
    return E;
  Manifests.push_back(Path.str());
  return remember(M.Assemblies.back(), Path);
}

Error ManagedSide::loadAssembly(StringRef Path) {
  llvm::Expected<managed::Assembly *> A = Set.load(Path);
  if (!A)
    return A.takeError();
  std::vector<std::string> &Files = Builds[(*A)->name()];
  Files.push_back(Path.str());
  if (HasBuilds && Files.size() > 1)
    return Error::success();
  if (Error E = remember((*A)->name(), Path))
    return E;
  Given.push_back(*A);
  return Error::success();
}

/// A manifest is text.
llvm::Expected<bool> ManagedSide::isAssembly(StringRef Path) const {
  auto Buffer = P.Files->getBufferForFile(Path, /*FileSize=*/-1,
                                          /*RequiresNullTerminator=*/false,
                                          /*IsVolatile=*/IsReused);
  if (!Buffer)
    return inputError({Path.str(), {}, {}}, Buffer.getError().message());
  return ecma335::isImage((*Buffer)->getBuffer());
}

std::vector<std::vector<std::string>> ManagedSide::otherBuilds() const {
  size_t Count = 1;
  for (const auto &[Name, Files] : Builds)
    Count = std::max(Count, Files.size());
  std::vector<std::vector<std::string>> Others(Count - 1, Manifests);
  for (const auto &[I, Other] : llvm::enumerate(Others))
    for (const auto &[Name, Files] : Builds)
      Other.push_back(Files[std::min(I + 1, Files.size() - 1)]);
  return Others;
}

Error ManagedSide::load(bool MayHaveBuilds) {
  HasBuilds = MayHaveBuilds;
  // Manifests first: they say what types are whose assembly is not at hand.
  Error Problems = Error::success();
  auto Add = [&](Error E) {
    Problems = llvm::joinErrors(std::move(Problems), std::move(E));
  };
  std::vector<StringRef> Images;
  for (const std::string &Path : Assemblies) {
    llvm::Expected<bool> IsAssembly = isAssembly(Path);
    if (!IsAssembly)
      Add(IsAssembly.takeError());
    else if (*IsAssembly)
      Images.push_back(Path);
    else
      Add(loadManifest(Path));
  }
  // All before one is read: they may refer to each other, in any order.
  for (StringRef Path : Images)
    Add(loadAssembly(Path));
  for (managed::Assembly *A : Given)
    importAssembly(Set, *A, M, Findings);
  M.sort();
  // A class may be in an assembly that cannot be read.
  if (!P.Objects.empty() && !Problems) {
    Objects.emplace(Set, P.Objects);
    Add(Objects->resolve(Given));
  }
  if (IsReused) {
    OwnMethods = M.Methods;
    OwnUnread = M.Unread.size();
  }
  return Problems;
}

void ManagedSide::loadMethod(const managed::MethodName &Name) {
  importMethods(Set, Name, M, Findings);
}

void ManagedSide::loadMethodsOf(
    llvm::ArrayRef<const native::Export *> Exports) {
  std::vector<managed::MethodName> Names;
  for (const native::Export *E : Exports) {
    if (E->ManagedName.empty())
      continue;
    // Matching reports malformed names.
    if (auto Name = managed::parseMethodName(E->ManagedName))
      Names.push_back(std::move(*Name));
    else
      llvm::consumeError(Name.takeError());
  }
  if (Names.empty())
    return;
  importMethods(Set, Names, M, Findings);
  M.sort();
}

void ManagedSide::forgetNamedMethods() {
  assert(IsReused && "the methods of load() are not kept");
  M.Methods = OwnMethods;
  M.Unread.resize(OwnUnread);
}

} // namespace ilbridge::driver

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
  return remember(M.Assemblies.back(), Path);
}

Error ManagedSide::loadAssembly(StringRef Path) {
  llvm::Expected<managed::Assembly *> A = Set.load(Path);
  if (!A)
    return A.takeError();
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

Error ManagedSide::load() {
  // Manifests first: they say what types are whose assembly is not at hand.
  Error Problems = Error::success();
  auto Add = [&](Error E) {
    Problems = llvm::joinErrors(std::move(Problems), std::move(E));
  };
  std::vector<StringRef> Assemblies;
  for (const std::string &Path : P.Assemblies) {
    llvm::Expected<bool> IsAssembly = isAssembly(Path);
    if (!IsAssembly)
      Add(IsAssembly.takeError());
    else if (*IsAssembly)
      Assemblies.push_back(Path);
    else
      Add(loadManifest(Path));
  }
  // All before one is read: they may refer to each other, in any order.
  for (StringRef Path : Assemblies)
    Add(loadAssembly(Path));
  for (managed::Assembly *A : Given)
    importAssembly(Set, *A, M, Findings);
  M.sort();
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

//===- ManagedSide.cpp - The assemblies and manifests of a run ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ManagedSide.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/managed/Manifest.h"
#include "ilbridge/native/Facts.h"
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
  std::string Shown = shownPath(Path, P.WorkingDirectory, P.Root);
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

/// All other files are manifests, which are text.
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
  // Manifests are read first, because they describe types whose assembly is not
  // available.
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
  // Add all assemblies before one is read: they may refer to each other in any
  // order.
  for (StringRef Path : Images)
    Add(loadAssembly(Path));
  for (managed::Assembly *A : Given)
    importAssembly(Set, *A, M, Findings);
  M.sort();
  // If an assembly cannot be read, a class may be missing for that reason.
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

/// Returns the managed names of \p Functions.
template <typename T>
static std::vector<managed::MethodName>
namesOf(llvm::ArrayRef<const T *> Functions) {
  std::vector<managed::MethodName> Names;
  for (const native::DeclaredFunction *F : Functions) {
    if (F->ManagedName.empty())
      continue;
    if (auto Name = managed::parseMethodName(F->ManagedName))
      Names.push_back(std::move(*Name));
    else
      llvm::consumeError(Name.takeError()); // matching reports it
  }
  return Names;
}

void ManagedSide::loadMethodsOf(const native::Program &Program) {
  std::vector<managed::MethodName> Called = namesOf(Program.imports());
  std::vector<managed::MethodName> Names = namesOf(Program.exports());
  if (Called.empty() && Names.empty())
    return;
  importMethods(Set, Called, M, Findings, /*MarshalsOrdinary=*/true);
  importMethods(Set, Names, M, Findings);
  findAlike(Called);
  M.sort();
}

/// Reads the names of methods that may be meant instead of those in \p Names
/// that are not found.
void ManagedSide::findAlike(llvm::ArrayRef<managed::MethodName> Names) {
  auto IsKnown = [&](const managed::MethodName &Name) {
    auto Is = [&](const managed::Method &Each) {
      return Each.qualifiedName() == Name.qualifiedName() && Name.names(Each);
    };
    return llvm::any_of(M.Methods, Is) || llvm::any_of(M.Imports, Is) ||
           llvm::any_of(M.Unread, Is) ||
           llvm::any_of(M.Callbacks, [&](const managed::Callback &C) {
             return Is(C.Target);
           });
  };
  std::vector<const managed::MethodName *> Missing;
  for (const managed::MethodName &Name : Names)
    if (!IsKnown(Name))
      Missing.push_back(&Name);
  if (Missing.empty())
    return;
  DiagnosticList Unsaid; // not reported: the user did not choose these methods
  for (managed::Assembly *A : Given)
    managed::visitMethods(
        Set, *A,
        [&](const managed::Method &Each) {
          std::string Type = Each.Declaring->fullName();
          if (llvm::any_of(Missing, [&](const managed::MethodName *Name) {
                return Name->Type == Type || Name->Method == Each.Name;
              }))
            M.Alike.push_back(Each);
        },
        Unsaid);
}

void ManagedSide::forgetNamedMethods() {
  assert(IsReused && "the methods of load() are not kept");
  M.Methods = OwnMethods;
  M.Alike.clear();
  M.Unread.resize(OwnUnread);
}

} // namespace ilbridge::driver

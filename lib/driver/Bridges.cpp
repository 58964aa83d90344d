//===- Bridges.cpp - Bridge tables of a run -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bridges.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

/// Whether a file of a folder is meant as an assembly. Unity ships assemblies
/// as .dll.bytes, and the SDK for the web as .wasm, as which it calls what is
/// none, too.
static bool isAssemblyName(StringRef Path, llvm::vfs::FileSystem &FS) {
  if (Path.ends_with_insensitive(".dll") ||
      Path.ends_with_insensitive(".dll.bytes"))
    return true;
  return Path.ends_with_insensitive(".wasm") && ecma335::isWebcil(Path, FS);
}

/// A folder stands for the assemblies in it, without those in its folders.
static llvm::Expected<std::vector<std::string>>
assemblyFiles(llvm::ArrayRef<std::string> Paths, llvm::vfs::FileSystem &FS) {
  std::vector<std::string> Files;
  for (const std::string &Path : Paths) {
    llvm::ErrorOr<llvm::vfs::Status> Status = FS.status(Path);
    if (!Status || !Status->isDirectory()) {
      Files.push_back(Path);
      continue;
    }
    size_t Before = Files.size();
    std::error_code EC;
    for (llvm::vfs::directory_iterator I = FS.dir_begin(Path, EC), End;
         !EC && I != End; I.increment(EC))
      if (isAssemblyName(I->path(), FS))
        Files.push_back(I->path().str());
    if (EC)
      return inputError({Path, {}, {}}, EC.message());
    if (Files.size() == Before)
      return inputError({Path, {}, {}},
                        "there is no .dll, .dll.bytes or .wasm with "
                        "metadata in this folder");
  }
  llvm::sort(Files);
  Files.erase(llvm::unique(Files), Files.end());
  return Files;
}

llvm::Expected<std::vector<managed::Assembly *>>
Bridges::loadAll(llvm::ArrayRef<std::string> Paths) {
  llvm::Expected<std::vector<std::string>> Found = assemblyFiles(Paths, *Files);
  if (!Found)
    return Found.takeError();
  std::vector<managed::Assembly *> Loaded;
  for (const std::string &File : *Found) {
    size_t Before = Set.loaded().size();
    llvm::Expected<managed::Assembly *> A = Set.load(File);
    if (!A)
      return A.takeError();
    if (Set.loaded().size() == Before)
      return inputError({File, {}, {}},
                        "the assembly is given both as compiled ahead of time "
                        "and as hot-update");
    for (const auto &Other : Set.loaded())
      if (Other.get() != *A && Other->name() == (*A)->name())
        return inputError({File, {}, {}}, "assembly '" + (*A)->name() +
                                              "' is given twice; '" +
                                              Other->path() + "' has it too");
    Loaded.push_back(*A);
  }
  return Loaded;
}

llvm::Error Bridges::reserve(const Reservation &R) {
  Location Where = R.Where;
  if (!Where.isValid())
    Where.File = "--reserve";
  llvm::Expected<const managed::TypeSig *> T = Types.parse(R.Delegate, "");
  if (!T)
    return inputError(Where, llvm::toString(T.takeError()));
  // What the text names is defined by name only; reading it fills it in.
  for (managed::TypeDef &D : Types.definitions()) {
    if (D.TheKind != managed::TypeDef::Unresolved || !D.Problem.empty())
      continue;
    managed::Assembly *A = Set.find(D.Assembly, D.Problem);
    if (A)
      Set.findType(*A, D.fullName(), D.Problem);
    if (D.TheKind == managed::TypeDef::Unresolved)
      return inputError(Where,
                        "'" + R.Delegate + "' is not found: " + D.Problem);
    D.Problem.clear();
  }
  TheNeeds.reserve(**T, R.Count, Where);
  return llvm::Error::success();
}

llvm::Error Bridges::load() {
  if (In.AOT.empty())
    return llvm::createStringError(
        "no assembly to make bridges for; name those that are compiled ahead "
        "of time with --aot, or as 'aot:' in " +
        llvm::Twine(ConfigName));
  auto Roots = loadAll(In.AOT);
  if (!Roots)
    return Roots.takeError();
  if (llvm::Error E = loadAll(In.HotUpdate).moveInto(HotUpdate))
    return E;
  bridge::MethodSet::Limits Limits;
  if (In.Rounds)
    Limits.Rounds = *In.Rounds;
  TheNeeds.addAOT(*Roots, Limits);
  for (managed::Assembly *A : HotUpdate)
    TheNeeds.addHotUpdate(*A);
  for (const Reservation &R : In.Reservations)
    if (llvm::Error E = reserve(R))
      return E;
  TheNeeds.finish();
  return llvm::Error::success();
}

void Bridges::checkDelegates(const managed::DelegateRules &Rules,
                             DiagnosticList &Findings) {
  for (managed::Assembly *A : HotUpdate)
    managed::checkDelegates(Set, *A, Rules, Findings);
}

} // namespace ilbridge::driver

//===- Bridges.cpp - Bridge tables of a run -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bridges.h"
#include "AssemblyPaths.h"
#include "ReservedSignature.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

llvm::Expected<std::vector<managed::Assembly *>>
Bridges::loadAll(llvm::ArrayRef<std::string> Paths) {
  std::vector<managed::Assembly *> Loaded;
  for (const std::string &File : Paths) {
    size_t Before = Set.loaded().size();
    llvm::Expected<managed::Assembly *> A = Set.load(File);
    if (!A)
      return A.takeError();
    if (Set.loaded().size() == Before)
      return inputError({File, {}, {}},
                        "the assembly is given both as compiled ahead of time "
                        "and as hot-update; where one folder has both kinds, "
                        "name the hot-update assemblies one by one");
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
  std::vector<const managed::TypeSig *> Signature;
  llvm::Error Malformed =
      R.TheKind == Reservation::Callback
          ? Types.parse(R.Text, "").moveInto(Signature.emplace_back())
          : parseSignature(Types, R.Text).moveInto(Signature);
  if (Malformed)
    return inputError(Where, llvm::toString(std::move(Malformed)));
  if (llvm::Error E = findNamed(R, Where))
    return E;
  switch (R.TheKind) {
  case Reservation::Callback:
    Requirements.reserve(*Signature.front(), R.Count, Where);
    break;
  case Reservation::Call:
    Requirements.reserveCall(R.Text, Signature, R.Convention, Where);
    break;
  case Reservation::Bridge:
    Requirements.reserveBridge(R.Text, Signature, Where);
    break;
  }
  return llvm::Error::success();
}

/// Resolves the types that the text of a reservation names.
llvm::Error Bridges::findNamed(const Reservation &R, const Location &Where) {
  for (managed::TypeDef &D : Types.definitions()) {
    if (D.TheKind != managed::TypeDef::Unresolved || !D.Problem.empty())
      continue;
    managed::Assembly *A = Set.find(D.Assembly, D.Problem);
    if (A)
      Set.findType(*A, D.fullName(), D.Problem);
    if (D.TheKind == managed::TypeDef::Unresolved)
      return inputError(Where, "'" + R.Text + "' is not found: " + D.Problem);
    D.Problem.clear();
  }
  return llvm::Error::success();
}

llvm::Error Bridges::load() {
  if (In.AOT.empty())
    return llvm::createStringError(
        "no assembly to make bridges for; name those that are compiled ahead "
        "of time with --aot, or as 'aot:' in " +
        llvm::Twine(ConfigName));
  llvm::Expected<BridgeFiles> Found = bridgeFiles(In, *Files);
  if (!Found)
    return Found.takeError();
  auto Roots = loadAll(Found->AOT);
  if (!Roots)
    return Roots.takeError();
  if (llvm::Error E = loadAll(Found->HotUpdate).moveInto(HotUpdate))
    return E;
  hybridclr::MethodSet::Limits Limits;
  if (In.Rounds)
    Limits.Rounds = *In.Rounds;
  Limits.KeepsOrigins = In.KeepsOrigins;
  Requirements.addAOT(*Roots, Limits);
  for (managed::Assembly *A : HotUpdate)
    Requirements.addHotUpdate(*A);
  for (const Reservation &R : In.Reservations)
    if (llvm::Error E = reserve(R))
      return E;
  Requirements.finish();
  return llvm::Error::success();
}

void Bridges::checkDelegates(const managed::DelegateRules &Rules,
                             DiagnosticList &Findings) {
  for (managed::Assembly *A : HotUpdate)
    managed::checkDelegates(Set, *A, Rules, Findings);
}

} // namespace ilbridge::driver

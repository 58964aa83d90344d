//===- TargetContexts.cpp - The targets with their ABI info ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetContexts.h"
#include "ilbridge/abi/Clang.h"
#include "ilbridge/abi/PredefinedMacros.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::match {

TargetContexts::TargetContexts(const native::Program &P,
                               llvm::ArrayRef<abi::Target> Configured,
                               llvm::ArrayRef<abi::Target> Watched)
    : P(P) {
  for (const abi::Target &T : Configured)
    addTarget(T, /*IsConfigured=*/true);
  llvm::StringSet<> Scanned;
  if (Configured.empty())
    for (const native::Facts &F : P.facts())
      if (Scanned.insert(F.target()).second)
        addTarget(abi::targetOf(F.target()), true);
  if (List.empty())
    addTarget(abi::hostTarget(), true);
  for (const abi::Target &T : Watched)
    addTarget(T, /*IsConfigured=*/false);

  auto IsExact = [](const native::Facts &F, const TargetContext &V) {
    return abi::isSameTarget(F.target(), V.Target.Triple);
  };
  // If no source was scanned with Microsoft's headers, those of mingw-w64
  // represent Windows.
  auto IsMeant = [&](const native::Facts &F, const TargetContext &V) {
    return V.IsConfigured &&
           abi::isSameTarget(abi::targetMeantBy(F.target()).Triple,
                             V.Target.Triple) &&
           llvm::none_of(P.facts(), [&](const native::Facts &Other) {
             return IsExact(Other, V);
           });
  };
  llvm::StringMap<llvm::SmallVector<const TargetContext *, 1>> ByTriple;
  for (const native::Facts &F : P.facts()) {
    if (F.IsBroken)
      Unread.push_back(&F);
    auto [It, IsNew] = ByTriple.try_emplace(F.target());
    if (IsNew)
      for (const TargetContext &V : List)
        if (IsExact(F, V) || IsMeant(F, V))
          It->second.push_back(&V);
    if (!It->second.empty())
      Own[&F] = It->second;
  }
}

static bool hasPlatformFloat(const Type &T) {
  if (const auto *S = llvm::dyn_cast<ScalarType>(&T))
    return S->scalarClass() == ScalarType::Float &&
           S->width() == Width::Pointer;
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return hasPlatformFloat(*A->element());
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  return R && llvm::any_of(R->Fields, [](const Field &F) {
           return hasPlatformFloat(*F.Ty);
         });
}

bool isLeftToPlatform(const Type &Managed, const TargetContext &On) {
  return !On.IsConfigured && hasPlatformFloat(Managed);
}

void TargetContexts::addTarget(abi::Target T, bool IsConfigured) {
  if (llvm::any_of(List, [&](const TargetContext &V) {
        return abi::isSameTarget(V.Target.Triple, T.Triple);
      }))
    return;
  TargetContext &V = List.emplace_back();
  V.Target = std::move(T);
  V.IsConfigured = IsConfigured;
  llvm::Triple Triple(llvm::Triple::normalize(V.Target.Triple));
  V.IsWasm = Triple.isWasm();
  V.Platform = Triple.isOSWindows() ? runtime::Platform::Windows
               : Triple.getArch() == llvm::Triple::x86_64
                   ? runtime::Platform::UnixX64
                   : runtime::Platform::Other;
  V.HasConventions = Triple.getArch() == llvm::Triple::x86;
}

void TargetContexts::add(const Type &First) {
  // This is a work list, because structs can point to each other in chains of
  // any length.
  llvm::SmallVector<const Type *> Reached = {&First};
  while (!Reached.empty()) {
    const Type &T = *Reached.pop_back_val();
    if (!Added.insert(&T).second)
      continue;
    switch (T.kind()) {
    case Type::Void:
    case Type::Scalar:
    case Type::Opaque:
      break;
    case Type::Pointer:
      Reached.push_back(llvm::cast<PointerType>(T).pointee());
      break;
    case Type::Array:
      Reached.push_back(llvm::cast<ArrayType>(T).element());
      break;
    case Type::Function: {
      const auto &F = llvm::cast<FunctionType>(T);
      Query.add(F); // the signature of a callback
      Reached.push_back(F.result());
      llvm::append_range(Reached, F.params());
      break;
    }
    case Type::Enum:
      Query.add(T);
      break;
    case Type::Record: {
      Query.add(T);
      const auto &R = llvm::cast<RecordType>(T);
      for (const Base &B : R.Bases)
        Reached.push_back(B.Record);
      for (const Field &F : R.Fields)
        Reached.push_back(F.Ty);
      break;
    }
    }
  }
}

void TargetContexts::addFunctions(const Type &T) {
  if (!Visited.insert(&T).second)
    return;
  switch (T.kind()) {
  case Type::Void:
  case Type::Scalar:
  case Type::Enum:
  case Type::Opaque:
    return;
  case Type::Pointer:
    return addFunctions(*llvm::cast<PointerType>(T).pointee());
  case Type::Array:
    return addFunctions(*llvm::cast<ArrayType>(T).element());
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    Query.add(F);
    addFunctions(*F.result());
    for (const Type *Param : F.params())
      addFunctions(*Param);
    return;
  }
  case Type::Record:
    for (const Field &F : llvm::cast<RecordType>(T).Fields)
      addFunctions(*F.Ty);
    return;
  }
  llvm_unreachable("not a type");
}

llvm::Expected<abi::ABIInfo>
TargetContexts::compute(TargetContext &V, abi::ABIInfoCache *ABICache) const {
  if (!abi::hasClang()) {
    if (Query.isEmpty())
      return abi::ABIInfo();
    for (const auto &[F, TargetContexts] : Own)
      if (llvm::is_contained(TargetContexts, &V)) {
        V.IsWithoutClang = true;
        return Query.withoutClang(V.Target, F->Model);
      }
  }
  return Query.compute(V.Target, ABICache);
}

llvm::StringRef TargetContexts::whyIncomplete() const {
  for (const TargetContext &V : List)
    if (!V.WhyIncomplete.empty())
      return V.WhyIncomplete;
  return "";
}

void TargetContexts::compute(abi::ABIInfoCache *ABICache,
                             llvm::ThreadPoolInterface *Threads) {
  auto Ask = [&](TargetContext &V) {
    if (llvm::Expected<abi::ABIInfo> A = compute(V, ABICache))
      V.ABI = std::move(*A);
    else if (!abi::hasClang())
      V.WhyIncomplete =
          llvm::toString(A.takeError()) +
          (V.IsConfigured ? ""
                          : "; '--watch none' compares only on the "
                            "targets of the project");
    else
      // A file of facts can name a target that this Clang does not support. The
      // facts are then the only source of information.
      llvm::consumeError(A.takeError());
  };
  std::vector<TargetContext *> New;
  const std::string Question = ABICache ? Query.question() : "";
  for (TargetContext &V : List)
    if (!Threads || (ABICache && ABICache->find(Question, V.Target.Triple)))
      Ask(V);
    else
      New.push_back(&V);
  if (New.empty())
    return;
  llvm::ThreadPoolTaskGroup Group(*Threads);
  for (TargetContext *V : New)
    Group.async([&Ask, V] { Ask(*V); });
  Group.wait();
}

bool TargetContexts::isScannedFor(const native::DeclaredFunction &E,
                                  const TargetContext &V) const {
  auto Found = Own.find(&P.factsOf(E));
  return Found != Own.end() && llvm::is_contained(Found->second, &V);
}

bool TargetContexts::isAbsentOn(const TargetContext &V,
                                const native::DeclaredFunction &E) const {
  const native::Facts &Read = P.factsOf(E);
  return !isScannedFor(E, V) && llvm::any_of(Own, [&](const auto &Each) {
    return !Each.first->IsBroken && Each.first->Source == Read.Source &&
           llvm::is_contained(Each.second, &V);
  });
}

bool TargetContexts::isUnreadOn(const TargetContext &V,
                                const native::DeclaredFunction &E) const {
  const native::Facts &Read = P.factsOf(E);
  if (isScannedFor(E, V))
    return false;
  return llvm::any_of(Unread, [&](const native::Facts *F) {
    return F->Source == Read.Source &&
           abi::isSameTarget(F->target(), V.Target.Triple);
  });
}

const abi::PredefinedMacros *TargetContexts::macros(llvm::StringRef Triple,
                                                    bool IsC) {
  auto [It, IsNew] = Macros.try_emplace({Triple.str(), IsC});
  if (IsNew) {
    if (auto Found = abi::PredefinedMacros::of(Triple, IsC))
      It->second = std::move(*Found);
    else
      llvm::consumeError(Found.takeError()); // its macros are not known
  }
  return It->second.get();
}

NativeTarget TargetContexts::native(const TargetContext &V,
                                    const native::DeclaredFunction &E) {
  const native::Facts &F = P.factsOf(E);
  if (isScannedFor(E, V))
    return NativeTarget(F.Model);
  std::tuple Key(F.Triple, &V, F.IsC);
  auto Found = Differences.find(Key);
  if (Found == Differences.end())
    Found = Differences
                .try_emplace(
                    Key, [this, &F] { return macros(F.Triple, F.IsC); },
                    [this, &V, &F] { return macros(V.Target.Triple, F.IsC); })
                .first;
  return NativeTarget(V.ABI, Found->second);
}

} // namespace ilbridge::match

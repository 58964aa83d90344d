//===- Views.cpp - The targets of a run -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Views.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::match {

Views::Views(const native::Program &P, llvm::ArrayRef<abi::Target> Configured)
    : P(P) {
  for (const abi::Target &T : Configured)
    addTarget(T, /*IsConfigured=*/true);
  llvm::StringSet<> Scanned;
  if (Configured.empty())
    for (const native::Facts &F : P.facts())
      if (Scanned.insert(F.Triple).second)
        addTarget(abi::targetOf(F.Triple), true);
  if (List.empty())
    addTarget(abi::hostTarget(), true);
  for (const abi::Preset &Each : abi::presets())
    addTarget({Each.Name.str(), Each.Triple.str()}, false);

  llvm::StringMap<llvm::SmallVector<const View *, 1>> ByTriple;
  for (const native::Facts &F : P.facts()) {
    auto [It, IsNew] = ByTriple.try_emplace(F.Triple);
    if (IsNew)
      for (const View &V : List)
        if (abi::isSameTarget(F.Triple, V.Target.Triple))
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

bool isLeftToPlatform(const Type &Managed, const View &On) {
  return !On.IsConfigured && hasPlatformFloat(Managed);
}

void Views::addTarget(abi::Target T, bool IsConfigured) {
  if (llvm::any_of(List, [&](const View &V) {
        return abi::isSameTarget(V.Target.Triple, T.Triple);
      }))
    return;
  View &V = List.emplace_back();
  V.Target = std::move(T);
  V.IsConfigured = IsConfigured;
  llvm::Triple Triple(llvm::Triple::normalize(V.Target.Triple));
  V.IsWasm = Triple.isWasm();
  V.Platform = Triple.isOSWindows() ? runtime::Platform::Windows
               : Triple.getArch() == llvm::Triple::x86_64
                   ? runtime::Platform::UnixX64
                   : runtime::Platform::Other;
}

void Views::add(const Type &T) {
  if (!Added.insert(&T).second)
    return;
  switch (T.kind()) {
  case Type::Void:
  case Type::Scalar:
  case Type::Opaque:
    return;
  case Type::Pointer:
    return add(*llvm::cast<PointerType>(T).pointee());
  case Type::Array:
    return add(*llvm::cast<ArrayType>(T).element());
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    add(*F.result());
    for (const Type *Param : F.params())
      add(*Param);
    Questions.add(F); // of a callback
    return;
  }
  case Type::Enum:
    Questions.add(T);
    return;
  case Type::Record: {
    Questions.add(T);
    const auto &R = llvm::cast<RecordType>(T);
    for (const Base &B : R.Bases)
      add(*B.Record);
    for (const Field &F : R.Fields)
      add(*F.Ty);
    return;
  }
  }
  llvm_unreachable("not a type");
}

void Views::addFunctions(const Type &T) {
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
    Questions.add(F);
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

void Views::ask(abi::Memory *Answered, llvm::ThreadPoolInterface *Threads) {
  auto Ask = [&](View &V) {
    // A file of facts can name a target that this Clang does not have; about
    // such a target its facts are all there is.
    if (llvm::Expected<abi::Answers> A = Questions.ask(V.Target, Answered))
      V.Answers = std::move(*A);
    else
      llvm::consumeError(A.takeError());
  };
  std::vector<View *> New;
  for (View &V : List)
    if (!Threads ||
        (Answered && Answered->find(Questions.source(), V.Target.Triple)))
      Ask(V);
    else
      New.push_back(&V);
  if (New.empty())
    return;
  llvm::ThreadPoolTaskGroup Group(*Threads);
  for (View *V : New)
    Group.async([&Ask, V] { Ask(*V); });
  Group.wait();
}

bool Views::isScannedFor(const native::Export &E, const View &V) const {
  auto Found = Own.find(&P.factsOf(E));
  return Found != Own.end() && llvm::is_contained(Found->second, &V);
}

const native::Export &Views::exportOn(const View &V,
                                      const native::Export &E) const {
  if (!isScannedFor(E, V))
    for (const native::Export *Other : P.elsewhere(E))
      if (isScannedFor(*Other, V))
        return *Other;
  return E;
}

NativeTarget Views::native(const View &V, const native::Export &E) const {
  return isScannedFor(E, V) ? NativeTarget(P.factsOf(E).Model)
                            : NativeTarget(V.Answers);
}

} // namespace ilbridge::match

//===- AddedPairs.cpp - What a comparison of a pair asks Clang ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang answers for all types and signatures of a run at once, so each pair
// names those that its comparison needs before any pair is compared.
//
//===----------------------------------------------------------------------===//

#include "BareName.h"
#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"

namespace ilbridge::match {

/// Whether C# passes \p Managed as an untyped address for \p Native, which is
/// accepted for a pointer to any type. The memory is not compared.
static bool isBareAddress(const Type &Managed, const Type &Native) {
  const auto *P = llvm::dyn_cast<PointerType>(&Native);
  if (!P || P->form() != PointerType::Pointer)
    return false;
  if (const auto *MP = llvm::dyn_cast<PointerType>(&Managed))
    return llvm::isa<VoidType>(MP->pointee());
  const auto *S = llvm::dyn_cast<ScalarType>(&Managed);
  return S && S->scalarClass() == ScalarType::Integer &&
         S->width() == Width::Pointer;
}

/// Whether a parameter of \p M other than \p I has that name, so that the
/// findings of compareNames() apply.
static bool hasNameOfAnother(const managed::Method &M, size_t I,
                             llvm::StringRef Name) {
  std::string Bare = bareName(Name);
  return !Bare.empty() &&
         llvm::any_of(llvm::enumerate(M.Sig.Params), [&](const auto &Each) {
           return Each.index() != I && bareName(Each.value().Name) == Bare;
         });
}

/// Returns the type of the function as it is called. Returns null if every
/// selected runtime calls it through generated code, which does not depend on
/// the signature.
const FunctionType *Comparison::signatureOf(const native::Export &E) {
  auto [It, IsNew] = Signatures.try_emplace(&E);
  if (!IsNew || llvm::all_of(Runtimes, [&](const runtime::Runtime *R) {
        return R->conversion(crossing(E.Kind)) == runtime::Conversion::Invoked;
      }))
    return It->second;
  std::vector<const Type *> Params;
  for (const Value &P : E.Params)
    Params.push_back(P.Ty);
  return It->second = Types.make<FunctionType>(
             E.Result.Ty, std::move(Params), E.StatedConvention, E.IsVariadic);
}

const FunctionType *Comparison::shimOf(const native::Export &E,
                                       const managed::Method &M,
                                       RuntimeContext &R, bool ConvertsFields) {
  const PassedMethod &Passed = R.method(M, /*MakesObject=*/false);
  const FunctionType *Managed = Passed.Signature;
  if (!Managed)
    return nullptr;
  auto [It, IsNew] = Shims.try_emplace({&E, Managed, ConvertsFields});
  if (!IsNew)
    return It->second;
  auto Of = [&](const Argument &A, const Type *Native) {
    bool AreRecords =
        llvm::isa<RecordType>(A.Raw) && llvm::isa<RecordType>(Native);
    bool IsConverted = ConvertsFields && A.Managed &&
                       R.structs().find(*A.Managed->Type) != nullptr;
    return AreRecords && !IsConverted ? Native : A.Raw;
  };
  std::vector<const Type *> Params;
  for (const Value &P : E.Params)
    if (!P.IsLength && Params.size() != Passed.Params.size())
      Params.push_back(Of(Passed.Params[Params.size()], P.Ty));
  if (Params.size() != Passed.Params.size())
    return nullptr;
  return It->second = Types.make<FunctionType>(
             Of(Passed.Result, E.Result.Ty), std::move(Params),
             Managed->convention(), Managed->statedConvention(),
             /*Variadic=*/false);
}

void Comparison::add(const native::Export &E, const managed::Method &M) {
  const FunctionType *Native = signatureOf(E);
  llvm::SmallSetVector<const FunctionType *, 2> Managed;
  bool IsKnown = true;
  for (RuntimeContext *R : runtimesOf(E, M, /*MakesObject=*/false))
    for (const TargetContext &V : Targets.all()) {
      RuntimeContext &Here = on(V, *R, M, false);
      const PassedMethod &Passed = Here.method(M, false);
      const FunctionType *F = Passed.Signature;
      runtime::Conversion C = Here.conversion(M, false);
      IsKnown &= F && !runtime::isConvertedByCode(C);
      if (F)
        Managed.insert(F);
      if (!runtime::isConvertedByCode(C))
        continue;
      if (C == runtime::Conversion::Shimmed)
        for (bool ConvertsFields : {false, true})
          if (const FunctionType *Shim = shimOf(E, M, Here, ConvertsFields))
            Targets.addSignatures(*F, *Shim);
      // Delegates are passed as function pointers.
      for (const Argument &A : Passed.Params)
        if (A.Marshalled)
          Targets.addFunctions(*A.Marshalled);
    }
  for (const FunctionType *F : Managed) {
    // Function pointers and delegates have signatures that are compared as
    // well.
    for (const Type *T : F->params())
      Targets.addFunctions(*T);
    Targets.addFunctions(*F->result());
    if (Native)
      Targets.addSignatures(*F, *Native);
  }
  auto IsBare =
      [&](const Type &Ty,
          llvm::function_ref<const Type *(const FunctionType &)> Mine) {
        return IsKnown && llvm::all_of(Managed, [&](const FunctionType *F) {
                 const Type *T = Mine(*F);
                 return T && isBareAddress(*T, Ty);
               });
      };
  // The C++ object of `this` is not compared.
  for (const auto &[I, P] : llvm::enumerate(E.Params))
    if (E.IsMember && I == 0)
      continue;
    else if (!IsBare(*P.Ty,
                     [I = I](const FunctionType &F) {
                       return I < F.params().size() ? F.params()[I] : nullptr;
                     }) ||
             hasNameOfAnother(M, I, P.Name))
      Targets.add(*P.Ty);
  if (!IsBare(*E.Result.Ty, [](const FunctionType &F) { return F.result(); }))
    Targets.add(*E.Result.Ty);
  if (E.Registered && E.Registered->By) {
    for (const Value &Read : E.Registered->By->Arguments)
      Targets.add(*Read.Ty);
    if (E.Registered->By->Result)
      Targets.add(*E.Registered->By->Result->Ty);
  }
}

} // namespace ilbridge::match

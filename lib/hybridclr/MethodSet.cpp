//===- MethodSet.cpp - Methods that are callable --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/MethodSet.h"
#include "ilbridge/managed/Importer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using ilbridge::managed::TypeDef;
using llvm::StringRef;

namespace ilbridge::hybridclr {

void MethodSet::malformed(Assembly &A, const llvm::Twine &Member,
                          llvm::Error E) {
  Findings.add(managed::malformed({A.path(), {}, Member.str()}, std::move(E)));
}

//===----------------------------------------------------------------------===//
// Assemblies and types
//===----------------------------------------------------------------------===//

void MethodSet::addReferences(Assembly &A) {
  for (AssemblyRefRid R : A->rows<AssemblyRefRow>()) {
    llvm::Expected<AssemblyRefRow> Row = A->row(R);
    llvm::Expected<StringRef> Name =
        Row ? A->string(Row->Name) : llvm::Expected<StringRef>(Row.takeError());
    if (!Name) {
      malformed(A, "", Name.takeError());
      continue;
    }
    std::string Why;
    Assembly *Referred = Types.assemblies().find(*Name, Why);
    // netstandard is a facade of forwarders for all platforms. Types are looked
    // up in it, but it has no code.
    if (Referred && *Name != "netstandard" &&
        !llvm::is_contained(Walked, Referred))
      Walked.push_back(Referred);
  }
  // If only a forwarder refers to an assembly, the users of the forwarder need
  // it.
  for (TypeRefRid R : A->rows<TypeRefRow>())
    if (auto Missing = Types.assemblies().missing(A, R))
      Findings.add(diagnose(DiagnosticID::UnresolvedAssembly,
                            Location{Missing->Referrer->path(), {}, {}},
                            Missing->Name, Missing->Referrer->name(),
                            Missing->Why));
}

void MethodSet::walkBase(Assembly &A, TypeDefRid R, ABIClassList Args) {
  llvm::Expected<TypeDefRow> Row = A->row(R);
  if (!Row)
    return llvm::consumeError(Row.takeError()); // walkDefinition() reports it
  if (!Row->Extends.is<TypeSpecRow>())
    return;
  llvm::Expected<TypeSpecRow> Spec = A->row(Row->Extends.as<TypeSpecRow>());
  if (!Spec)
    // No runtime loads such a class.
    return llvm::consumeError(Spec.takeError());
  llvm::Expected<const ecma335::TypeSig *> Sig =
      readTypeSpec(A.metadata(), Spec->Signature, Scratch);
  if (!Sig)
    return llvm::consumeError(Sig.takeError()); // walkAssembly() reports it
  if (const auto *G = llvm::dyn_cast<GenericInstSig>(*Sig))
    walkInstance(A, *G, {Args, ABIClassList::None});
}

void MethodSet::walkDefinition(Assembly &A, TypeDefRid R) {
  // No runtime loads a type whose row cannot be decoded, so its methods are
  // left out.
  if (llvm::Expected<TypeDefRow> Row = A->row(R); !Row)
    return malformed(A, "", Row.takeError());
  walkBase(A, R, ABIClassList::None);
  llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(R);
  if (!Methods)
    return malformed(A, "", Methods.takeError());
  ABIClassList ClassArgs = Types.objects(A->genericParams(R).size());
  for (MethodDefRid M : *Methods) {
    MethodInstance I{number(A, M), ClassArgs,
                     Types.objects(A->genericParams(M).size())};
    // The callees of a method that is not generic are found by another walk.
    if (I.isGeneric())
      Instances.add(I, false, IsFollowing);
    else
      Instances.addMethod(I.Method);
  }
}

void MethodSet::walkInstance(Assembly &From, const GenericInstSig &G,
                             const TypeArguments &Args) {
  llvm::Expected<const managed::TypeSig *> T =
      Types.assemblies().type(From, G.type());
  if (!T)
    return malformed(From, "", T.takeError());
  if ((*T)->kind() != managed::TypeSig::Definition)
    return;
  bool AllFound = true;
  ABIClassList Classes = typeArguments(Types, From, G.args(), Args, AllFound);
  if (AllFound)
    walkInstance((*T)->definition(), Classes,
                 /*IsBase=*/Args.OfType != ABIClassList::None);
  else if (Args.OfType == ABIClassList::None)
    reportMissing(From, Classes);
}

/// Reports an instance that an assembly names if its type does not exist.
void MethodSet::reportMissing(Assembly &A, ABIClassList Args) {
  for (ABIClass V : Types.classes(Args))
    if (V.isUnresolved()) {
      const SharedTypes::Unresolved &U = Types.unresolved(V);
      Findings.add(diagnose(DiagnosticID::UnresolvedReference,
                            Location{A.path(), {}, {}}, U.Type, A.name(),
                            U.Problem));
    }
}

void MethodSet::walkInstance(const TypeDef &D, ABIClassList Args, bool IsBase) {
  if (Instances.add(D, Args))
    OpenTypes.push_back({&D, Args, IsBase});
}

void MethodSet::walkOpenTypes() {
  while (!OpenTypes.empty()) {
    auto [D, Args, IsBase] = OpenTypes.back();
    OpenTypes.pop_back();
    managed::AssemblySet::Origin From = Types.assemblies().origin(*D);
    if (!From.Assembly)
      continue;
    Assembly &A = *From.Assembly;
    llvm::SaveAndRestore Following(IsFollowing, IsFollowing || IsBase);
    if (!IsFollowing || !Instances.isTooLong(Args))
      walkBase(A, From.Row, Args);
    llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(From.Row);
    if (!Methods) {
      malformed(A, D->fullName(), Methods.takeError());
      continue;
    }
    for (MethodDefRid M : *Methods)
      Instances.add(
          {number(A, M), Args, Types.objects(A->genericParams(M).size())}, true,
          IsFollowing);
  }
}

/// Returns the generic instance of a row, or null for an array or a similar
/// type.
const GenericInstSig *MethodSet::genericInstance(Assembly &A, TypeSpecRid R) {
  llvm::Expected<TypeSpecRow> Row = A->row(R);
  llvm::Expected<const ecma335::TypeSig *> Sig =
      Row ? readTypeSpec(A.metadata(), Row->Signature, Scratch)
          : llvm::Expected<const ecma335::TypeSig *>(Row.takeError());
  if (Sig)
    return llvm::dyn_cast<GenericInstSig>(*Sig);
  malformed(A, "", Sig.takeError());
  return nullptr;
}

void MethodSet::walkAssembly(Assembly &A) {
  for (TypeDefRid R : A->rows<TypeDefRow>()) {
    walkDefinition(A, R);
    walkOpenTypes();
    Scratch.Reset();
  }
  for (TypeSpecRid R : A->rows<TypeSpecRow>()) {
    if (const GenericInstSig *G = genericInstance(A, R))
      walkInstance(A, *G, {});
    walkOpenTypes();
    Scratch.Reset();
  }
  for (MethodSpecRid R : A->rows<MethodSpecRow>())
    if (std::optional<Callee> C = Callees.find(A, R))
      addCallee(*C, {}, false);
}

//===----------------------------------------------------------------------===//
// Callees
//===----------------------------------------------------------------------===//

void MethodSet::addCallee(const Callee &C, const TypeArguments &Args,
                          bool AlsoItsClass) {
  std::optional<MethodInstance> I = Callees.instance(C, Args);
  if (!I && !IsFollowing && C.MethodArgs) {
    bool AllFound = true;
    reportMissing(*C.From,
                  typeArguments(Types, *C.From, *C.MethodArgs, Args, AllFound));
  }
  if (!I || !I->isGeneric())
    return;
  Instances.add(*I, true, IsFollowing);
  if (!AlsoItsClass || I->ClassArgs == ABIClassList::None)
    return;
  MethodNumbers::MethodRow P = locate(C.Method);
  llvm::Expected<TypeDef *> D =
      Types.assemblies().definition(*P.Assembly, (*P.Assembly)->owner(P.Row));
  if (!D)
    return llvm::consumeError(D.takeError()); // no runtime loads its class
  walkInstance(**D, I->ClassArgs, /*IsBase=*/false);
}

void MethodSet::walkBody(const MethodInstance &I) {
  // Adding instances reads no other bodies, so the list stays valid.
  for (const Callee &C : Callees.inBody(I.Method))
    addCallee(C, I.arguments(), true);
}

void MethodSet::visitInstantiations(
    Assembly &A, llvm::function_ref<void(const MethodInstance &)> Visit) {
  for (MethodSpecRid R : A->rows<MethodSpecRow>())
    if (std::optional<Callee> C = Callees.find(A, R))
      if (std::optional<MethodInstance> I = Callees.instance(*C, {}))
        Visit(*I);
  for (TypeSpecRid R : A->rows<TypeSpecRow>()) {
    const GenericInstSig *G = genericInstance(A, R);
    if (!G)
      continue;
    llvm::Expected<const managed::TypeSig *> T =
        Types.assemblies().type(A, G->type());
    bool AllFound = true;
    ABIClassList Args = typeArguments(Types, A, G->args(), {}, AllFound);
    managed::AssemblySet::Origin From;
    if (!T)
      llvm::consumeError(T.takeError()); // no runtime loads such a type
    else if ((*T)->kind() == managed::TypeSig::Definition)
      From = Types.assemblies().origin((*T)->definition());
    if (!From.Assembly || !AllFound)
      continue;
    llvm::Expected<RidRange<MethodDefRow>> Methods =
        (*From.Assembly)->methods(From.Row);
    if (!Methods) {
      llvm::consumeError(Methods.takeError()); // walkDefinition() reports it
      continue;
    }
    for (MethodDefRid M : *Methods)
      Visit({number(*From.Assembly, M), Args,
             Types.objects((*From.Assembly)->genericParams(M).size())});
  }
  Scratch.Reset();
}

void MethodSet::collect(llvm::ArrayRef<Assembly *> Roots, const Limits &L) {
  Instances.setLimits(L);
  Walked.assign(Roots.begin(), Roots.end());
  for (size_t I = 0; I != Walked.size(); ++I) {
    for (const auto &Module : Walked[I]->modules())
      Walked.push_back(Module.get());
    addReferences(*Walked[I]);
  }
  // The assemblies are sorted, because the order of discovery depends on the
  // order of the arguments.
  llvm::sort(Walked, [](Assembly *A, Assembly *B) {
    return std::pair(StringRef(A->name()), StringRef(A->path())) <
           std::pair(StringRef(B->name()), StringRef(B->path()));
  });
  for (Assembly *A : Walked)
    Numbers.add(*A);
  for (Assembly *A : Walked)
    walkAssembly(*A);
  IsFollowing = true;
  for (unsigned Round = 0; Round != L.Rounds && Instances.hasUnread(); ++Round)
    for (uint32_t I : Instances.takeUnread()) {
      Instances.setOrigin({Round + 1, I});
      // A copy, because the list may grow.
      walkBody(MethodInstance(Instances.all()[I]));
      walkOpenTypes();
    }
  Instances.reportGrowth(Findings);
  // Only instances() is used later.
  Instances.shrink();
  Callees.shrink();
}

} // namespace ilbridge::hybridclr

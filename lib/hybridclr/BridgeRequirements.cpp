//===- BridgeRequirements.cpp - Requirements of AOT assemblies ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/managed/Importer.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using llvm::StringRef;

namespace ilbridge::hybridclr {

char letter(std::optional<CallingConvention> CC) {
  if (!CC)
    return 'A';
  switch (*CC) {
  case CallingConvention::C:
    return 'B';
  case CallingConvention::StdCall:
    return 'C';
  case CallingConvention::ThisCall:
    return 'D';
  case CallingConvention::FastCall:
    return 'E';
  default:
    return 'A';
  }
}

void BridgeRequirements::addMethod(uint32_t Instance, Assembly &A,
                                   const TypeDefRow &Type, bool IsDelegate,
                                   MethodDefRid R) {
  const MethodInstance &I = Methods.instances()[Instance];
  auto Malformed = [&](llvm::Error E) {
    Findings.add(managed::malformed({A.path(), {}, Methods.name({I.Method})},
                                    std::move(E)));
  };
  llvm::Expected<MethodDefRow> Row = A->row(R);
  if (!Row)
    return Malformed(Row.takeError());
  MethodAttributes Access =
      field(Row->Flags, MethodAttributes::MemberAccessMask);
  bool IsHidden =
      Access == MethodAttributes::Private || Access == MethodAttributes::Assem;
  if (IsHidden && !I.isGeneric())
    return;
  // A generic method usually has several instances.
  const MethodSig *Sig = GenericSignatures.lookup(I.Method);
  std::optional<MethodSig> Own;
  if (!Sig) {
    llvm::Expected<MethodSig> Read = readMethodSig(
        A.metadata(), Row->Signature, I.isGeneric() ? OfSignatures : Scratch);
    if (!Read)
      return Malformed(Read.takeError());
    if (I.isGeneric())
      Sig = GenericSignatures[I.Method] =
          new (OfSignatures.Allocate<MethodSig>()) MethodSig(*Read);
    else
      Sig = &Own.emplace(*Read);
  }

  llvm::SmallVector<ABIClass, 8> Classes;
  Classes.push_back(Types.classOf(A, *Sig->ReturnType, I.arguments()));
  bool HasThis = Sig->hasThis() && !Sig->explicitThis();
  if (HasThis)
    Classes.push_back(Basic::Object);
  for (const ecma335::TypeSig *T : Sig->Params)
    Classes.push_back(Types.classOf(A, *T, I.arguments()));

  uint8_t Tables = M2N;
  if (has(Row->Flags, MethodAttributes::Virtual)) {
    Tables |= N2M;
    // A static abstract method has no `this` to adjust.
    if (has(Type.Flags, TypeAttributes::Interface) && HasThis)
      Tables |= AdjustThunk;
  }
  OfMethods.push_back({Instance, Types.list(Classes), Tables, IsHidden});
  if (!IsDelegate)
    return;
  llvm::Expected<StringRef> Name = A->string(Row->Name);
  if (!Name)
    return llvm::consumeError(Name.takeError()); // it is not "Invoke"
  if (*Name != "Invoke")
    return;
  if (HasThis)
    Classes.erase(Classes.begin() + 1);
  OfMethods.push_back({Instance, Types.list(Classes), OpenN2M, IsHidden});
}

void BridgeRequirements::addAOT(llvm::ArrayRef<Assembly *> Roots,
                                const MethodSet::Limits &L) {
  Methods.collect(Roots, L);
  OfMethods.reserve(Methods.instances().size());
  // Instances of one type usually follow each other.
  TypeDefRid Last;
  const Assembly *LastOf = nullptr;
  std::optional<TypeDefRow> Type;
  bool IsDelegate = false;
  for (uint32_t I = 0; I != Methods.instances().size(); ++I) {
    MethodNumbers::MethodRow P = Methods.locate(Methods.instances()[I].Method);
    Assembly &A = *P.Assembly;
    TypeDefRid Owner = A->owner(P.Row);
    if (Owner != Last || &A != LastOf) {
      Last = Owner;
      LastOf = &A;
      Type.reset();
      if (llvm::Expected<TypeDefRow> Row = A->row(Owner))
        Type = *Row;
      else
        Findings.add(managed::malformed({A.path(), {}, {}}, Row.takeError()));
      managed::AssemblySet::Name Base;
      if (Type && Type->Extends) // an interface has no base class
        Base = managed::AssemblySet::nameOf(A, Type->Extends);
      IsDelegate =
          Base.Namespace == "System" && Base.Name == "MulticastDelegate";
    }
    // No runtime loads a type that cannot be read.
    if (Type)
      addMethod(I, A, *Type, IsDelegate, P.Row);
    Scratch.Reset();
  }
  GenericSignatures.clear();
  OfSignatures.Reset();
}

} // namespace ilbridge::hybridclr

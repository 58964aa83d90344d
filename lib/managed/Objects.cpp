//===- Objects.cpp - C# objects that represent C++ objects ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Objects.h"
#include "Rows.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/type/Limits.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

/// Sets \p Best to \p Name if it is more similar to \p Wanted, and similar
/// enough to be suggested.
static void keepNearest(StringRef Wanted, StringRef Name, std::string &Best,
                        unsigned &Distance) {
  unsigned Most = std::max<unsigned>(1, Wanted.size() / 3);
  unsigned Here = Wanted.edit_distance(Name, /*AllowReplacements=*/true,
                                       std::min(Most, Distance));
  if (Here <= Most && Here < Distance) {
    Distance = Here;
    Best = Name.str();
  }
}

static std::string didYouMean(StringRef Name) {
  return Name.empty() ? "" : ("; did you mean '" + Name + "'?").str();
}

/// Returns the base class of \p D; null if it is not known.
const TypeDef *ObjectClasses::base(const TypeDef &D) {
  AssemblySet::Origin O = Set.origin(D);
  if (!O.Assembly)
    return nullptr;
  auto Row = rowIfAny(*O.Assembly, O.Row);
  if (!Row || !Row->Extends)
    return nullptr;
  llvm::Expected<const TypeSig *> T = Set.type(*O.Assembly, Row->Extends);
  if (!T) {
    // The callers report a class without an entry or a field.
    llvm::consumeError(T.takeError());
    return nullptr;
  }
  bool IsClass =
      (*T)->kind() == TypeSig::Definition || (*T)->kind() == TypeSig::Instance;
  return IsClass ? &(*T)->definition() : nullptr;
}

TypeDef *ObjectClasses::find(StringRef Name, llvm::ArrayRef<Assembly *> Given) {
  std::string Ignored;
  for (Assembly *A : Given)
    if (TypeDef *D = Set.findType(*A, Name, Ignored))
      return D;
  // Classes of referenced assemblies.
  for (const std::unique_ptr<Assembly> &A : Set.loaded())
    if (TypeDef *D = Set.findType(*A, Name, Ignored))
      return D;
  // Classes of manifests.
  for (TypeDef &D : Set.types().definitions())
    if (D.TheKind != TypeDef::Unresolved && !Set.origin(D).Assembly &&
        D.fullName() == Name)
      return &D;
  return nullptr;
}

/// Returns the class name in \p Given that is most similar to \p Wanted.
static std::string nearestClass(AssemblySet &Set, StringRef Wanted,
                                llvm::ArrayRef<Assembly *> Given) {
  std::string Best;
  unsigned Distance = ~0u;
  for (Assembly *A : Given)
    for (TypeDefRid R : (*A)->rows<TypeDefRow>()) {
      llvm::Expected<TypeDef *> D = Set.definition(*A, R);
      if (!D)
        llvm::consumeError(D.takeError()); // its name is not suggested
      else if ((*D)->TheKind == TypeDef::Class)
        keepNearest(Wanted, (*D)->fullName(), Best, Distance);
    }
  return Best;
}

/// Whether a field contains an address: a pointer, or an integer that C# uses
/// for one.
static bool holdsAddress(const TypeSig &T) {
  return T.kind() == TypeSig::Pointer || T.is(Primitive::IntPtr) ||
         T.is(Primitive::UIntPtr);
}

llvm::Error ObjectClasses::findField(const ObjectMapping &M,
                                     const TypeDef &Class, ObjectClass &Out) {
  std::string Near;
  unsigned Distance = ~0u, Depth = 0;
  llvm::BumpPtrAllocator Scratch;
  for (const TypeDef *D = &Class; D && Depth != MaxRecordDepth;
       D = base(*D), ++Depth) {
    AssemblySet::Origin O = Set.origin(*D);
    if (!O.Assembly) {
      // A manifest does not contain fields.
      Out.Owner = &Class;
      return llvm::Error::success();
    }
    Assembly &A = *O.Assembly;
    llvm::Expected<RidRange<FieldRow>> Fields = A->fields(O.Row);
    if (!Fields)
      return Fields.takeError();
    for (FieldRid R : *Fields) {
      auto Row = rowIfAny(A, R);
      if (!Row)
        continue;
      StringRef Name = text(A, Row->Name);
      if (Name != M.Field) {
        keepNearest(M.Field, Name, Near, Distance);
        continue;
      }
      llvm::Expected<const ecma335::TypeSig *> Sig =
          readFieldSig(A.metadata(), Row->Signature, Scratch);
      if (!Sig)
        return Sig.takeError();
      llvm::Expected<const TypeSig *> T = Set.type(A, **Sig);
      if (!T)
        return T.takeError();
      std::string Field = "the field '" + D->fullName() + "::" + M.Field + "'";
      if (has(Row->Flags, FieldAttributes::Static))
        return inputError(M.FieldWhere,
                          Field + " is static, and each object has an address "
                                  "of its own");
      if (!holdsAddress(**T))
        return inputError(M.FieldWhere,
                          Field + " is '" + csharpName(**T) +
                              "', which holds no address; expected an IntPtr, "
                              "a UIntPtr or a pointer");
      Out.Owner = D;
      return llvm::Error::success();
    }
  }
  return inputError(M.FieldWhere, "the class '" + M.Managed +
                                      "' has no field '" + M.Field + "'" +
                                      didYouMean(Near));
}

llvm::Error ObjectClasses::resolve(llvm::ArrayRef<Assembly *> Given) {
  llvm::Error Problems = llvm::Error::success();
  auto Add = [&](llvm::Error E) {
    Problems = llvm::joinErrors(std::move(Problems), std::move(E));
  };
  for (const ObjectMapping &M : Mappings) {
    TypeDef *Class = find(M.Managed, Given);
    if (!Class) {
      Add(inputError(M.ManagedWhere,
                     "there is no class '" + M.Managed + "' in the assemblies" +
                         didYouMean(nearestClass(Set, M.Managed, Given))));
      continue;
    }
    if (Class->TheKind != TypeDef::Class) {
      Add(inputError(M.ManagedWhere,
                     "'" + M.Managed +
                         "' is not a class, so it has no objects to map"));
      continue;
    }
    ObjectClass &New = Mapped[Class];
    New.Mapping = &M;
    if (M.Field.empty())
      continue;
    New.Stored = &M;
    if (llvm::Error E = findField(M, *Class, New))
      Add(std::move(E));
  }
  // A class whose mapping names no field uses the field of its nearest base
  // class whose mapping does.
  for (auto &[Class, Each] : Mapped) {
    unsigned Depth = 0;
    for (const TypeDef *D = base(*Class);
         D && !Each.Stored && Depth != MaxRecordDepth; D = base(*D), ++Depth)
      if (auto Found = Mapped.find(D);
          Found != Mapped.end() && !Found->second.Mapping->Field.empty()) {
        Each.Stored = Found->second.Mapping;
        Each.Owner = Found->second.Owner;
      }
  }
  for (const ObjectMapping &M : Mappings)
    for (const auto &[Class, Each] : Mapped)
      if (Each.Mapping == &M && !Each.Stored)
        Add(inputError(M.Where,
                       "expected 'field', which holds the address of the C++ "
                       "object: '" +
                           M.Managed +
                           "' is derived from no class with an entry that "
                           "names it"));
  return Problems;
}

const ObjectClass *ObjectClasses::of(const TypeDef &Class) {
  unsigned Depth = 0;
  for (const TypeDef *D = &Class; D && Depth != MaxRecordDepth;
       D = base(*D), ++Depth)
    if (auto Found = Mapped.find(D); Found != Mapped.end())
      return &Found->second;
  return nullptr;
}

} // namespace ilbridge::managed

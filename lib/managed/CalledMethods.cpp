//===- CalledMethods.cpp - Methods to which code refers -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CalledMethods.h"
#include "MetadataImport.h"
#include "Rows.h"
#include "ilbridge/managed/Model.h"
#include "llvm/Support/raw_ostream.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

/// Returns the signature of the method that a call's token names.
static std::optional<BlobIndex> signature(const Assembly &A, Token T) {
  if (T.is<MethodSpecRow>())
    if (auto Row = rowIfAny(A, T.as<MethodSpecRow>()))
      T = Token(Row->Method);
  if (T.is<MethodDefRow>())
    if (auto Row = rowIfAny(A, T.as<MethodDefRow>()))
      return Row->Signature;
  if (T.is<MemberRefRow>())
    if (auto Row = rowIfAny(A, T.as<MemberRefRow>()))
      return Row->Signature;
  if (T.is<StandAloneSigRow>())
    if (auto Row = rowIfAny(A, T.as<StandAloneSigRow>()))
      return Row->Signature;
  return std::nullopt;
}

/// Whether a call combines several delegates into one.
static bool isCombine(const Assembly &A, Token Callee) {
  if (!Callee.is<MemberRefRow>())
    return false;
  auto Row = rowIfAny(A, Callee.as<MemberRefRow>());
  if (!Row || text(A, Row->Name) != "Combine")
    return false;
  AssemblySet::Name Class = AssemblySet::nameOf(A, Row->Class);
  return Class.Namespace == "System" && Class.Name == "Delegate";
}

std::optional<CallShape> CalledMethods::shape(Token Callee) {
  auto [It, IsNew] = Shapes.try_emplace(Callee.raw());
  if (!IsNew)
    return It->second;
  std::optional<BlobIndex> Blob = signature(A, Callee);
  if (!Blob)
    return std::nullopt;
  llvm::BumpPtrAllocator Allocator;
  llvm::Expected<MethodSig> Sig = readMethodSig(A.metadata(), *Blob, Allocator);
  if (!Sig) {
    llvm::consumeError(Sig.takeError()); // reported by the caller of the method
    return std::nullopt;
  }
  bool HasOwnThis = Sig->hasThis() && !Sig->explicitThis();
  It->second = CallShape{
      static_cast<uint32_t>(Sig->Params.size()) + HasOwnThis, Sig->hasThis(),
      Sig->ReturnType->kind() != ELEMENT_TYPE_VOID, isCombine(A, Callee)};
  return It->second;
}

/// Finds the methods with that name and number of parameters. Overloads with
/// the same number are not distinguished, so a result applies to all of them.
llvm::SmallVector<MethodPlace, 1> CalledMethods::find(const MemberRefRow &Row) {
  llvm::SmallVector<MethodPlace, 1> Result;
  llvm::BumpPtrAllocator Allocator;
  TypeDefOrRef Class;
  if (Row.Class.is<TypeSpecRow>()) {
    auto Spec = rowIfAny(A, Row.Class.as<TypeSpecRow>());
    llvm::Expected<const ecma335::TypeSig *> Sig = readTypeSpec(
        A.metadata(), Spec ? Spec->Signature : BlobIndex(), Allocator);
    const auto *G = Sig ? llvm::dyn_cast<GenericInstSig>(*Sig) : nullptr;
    llvm::consumeError(Sig.takeError()); // an unknown callee causes no finding
    if (!G)
      return Result;
    Class = G->type();
  } else if (Row.Class.is<TypeRefRow>() || Row.Class.is<TypeDefRow>()) {
    Class = TypeDefOrRef(Row.Class);
  } else {
    return Result;
  }
  llvm::Expected<const TypeSig *> T = Set.type(A, Class);
  if (!T) {
    llvm::consumeError(T.takeError()); // an unknown callee causes no finding
    return Result;
  }
  if ((*T)->kind() != TypeSig::Definition)
    return Result;
  AssemblySet::Origin Of = Set.origin((*T)->definition());
  llvm::Expected<MethodSig> Wanted =
      readMethodSig(A.metadata(), Row.Signature, Allocator);
  if (!Of.Assembly || !Wanted) {
    // An unknown callee causes no finding.
    llvm::consumeError(Wanted.takeError());
    return Result;
  }
  llvm::Expected<RidRange<MethodDefRow>> All =
      Of.Assembly->metadata().methods(Of.Row);
  if (!All) {
    llvm::consumeError(All.takeError()); // an unknown callee causes no finding
    return Result;
  }
  StringRef Name = text(A, Row.Name);
  for (MethodDefRid Each : *All) {
    auto Def = rowIfAny(*Of.Assembly, Each);
    if (!Def || text(*Of.Assembly, Def->Name) != Name)
      continue;
    llvm::Expected<MethodSig> Sig =
        readMethodSig(Of.Assembly->metadata(), Def->Signature, Allocator);
    if (Sig && Sig->Params.size() == Wanted->Params.size())
      Result.push_back({Of.Assembly, Each});
    llvm::consumeError(Sig.takeError()); // such an overload is no candidate
  }
  return Result;
}

/// \returns an empty list if the method is not found.
llvm::SmallVector<MethodPlace, 1> CalledMethods::find(Token T) {
  if (T.is<MethodSpecRow>())
    if (auto Row = rowIfAny(A, T.as<MethodSpecRow>()))
      T = Token(Row->Method);
  if (T.is<MethodDefRow>() && A->contains(T))
    return {{&A, T.as<MethodDefRow>()}};
  if (T.is<MemberRefRow>())
    if (auto Row = rowIfAny(A, T.as<MemberRefRow>()))
      return find(*Row);
  return {};
}

std::string CalledMethods::name(const MethodPlace &P) {
  auto Row = rowIfAny(*P.Assembly, P.Row);
  llvm::Expected<TypeDef *> Declaring =
      Set.definition(*P.Assembly, P.Assembly->metadata().owner(P.Row));
  llvm::Expected<Signature> Sig =
      Row ? importSignature(Set, *P.Assembly, P.Row, *Row)
          : llvm::Expected<Signature>(Signature());
  std::string Text = "(unreadable)";
  if (Row && Declaring && Sig) {
    Method M;
    M.Declaring = *Declaring;
    M.Name = text(*P.Assembly, Row->Name).str();
    M.Sig = std::move(*Sig);
    Text.clear();
    llvm::raw_string_ostream(Text) << M;
  }
  // The text says that the method is unreadable.
  llvm::consumeError(Declaring.takeError());
  llvm::consumeError(Sig.takeError());
  return Text;
}

/// Attributes are sorted by their parent. Iterating over them once is faster
/// than searching those of every method.
bool CalledMethods::isMarked(const MethodPlace &P) {
  auto [It, IsNew] = Marked.try_emplace(P.Assembly);
  if (IsNew)
    for (CustomAttributeRid R :
         P.Assembly->metadata().rows<CustomAttributeRow>())
      if (auto Row = rowIfAny(*P.Assembly, R);
          Row && Row->Parent.is<MethodDefRow>() &&
          AssemblySet::attributeName(*P.Assembly, *Row).Name ==
              "MonoPInvokeCallbackAttribute")
        It->second.insert(Row->Parent.rid());
  return It->second.contains(P.Row.value());
}

} // namespace ilbridge::managed

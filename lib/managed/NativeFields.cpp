//===- NativeFields.cpp - Fields that P/Invokes pass ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NativeFields.h"
#include "MetadataImport.h"
#include "Rows.h"
#include "llvm/ADT/SetVector.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

using Types = llvm::SetVector<TypeDef *>;

/// Adds the struct or class of \p T, or that of its pointee.
static void add(const TypeSig &T, Types &Out) {
  const TypeSig *Inner = &T;
  while (Inner->kind() == TypeSig::ByRef || Inner->kind() == TypeSig::SZArray)
    Inner = &Inner->element();
  if (Inner->kind() == TypeSig::Definition)
    Out.insert(const_cast<TypeDef *>(&Inner->definition()));
}

/// Returns the types whose fields \p Sig passes.
static Types passedTypes(AssemblySet &Set, const Signature &Sig) {
  Types All;
  for (const Parameter &P : Sig.Params)
    if (P.IsIn || !P.IsOut || P.Type->kind() != TypeSig::ByRef)
      add(*P.Type, All);
  for (size_t I = 0; I != All.size(); ++I) {
    TypeDef &D = *All[I];
    if (D.TheKind != TypeDef::Struct && D.TheKind != TypeDef::Class)
      continue;
    // The import of the P/Invoke reports the error.
    llvm::consumeError(Set.complete(D));
    for (const FieldDef &F : D.Fields)
      add(*F.Type, All);
  }
  return All;
}

void visitNativeFields(AssemblySet &Set, Assembly &A,
                       llvm::ArrayRef<FieldRid> Fields,
                       llvm::function_ref<void(FieldRid, MethodDefRid)> Visit) {
  llvm::DenseMap<const TypeDef *, llvm::SmallVector<FieldRid, 4>> ByType;
  for (FieldRid F : Fields) {
    auto Row = rowIfAny(A, F);
    if (!Row || has(Row->Flags, FieldAttributes::Static))
      continue;
    if (llvm::Expected<TypeDef *> D = Set.definition(A, A->owner(F)))
      ByType[*D].push_back(F);
    else
      llvm::consumeError(D.takeError()); // a P/Invoke that uses it is reported
  }
  if (ByType.empty())
    return;
  for (MethodDefRid R : A->rows<MethodDefRow>()) {
    auto Row = rowIfAny(A, R);
    if (!Row || !has(Row->Flags, MethodAttributes::PInvokeImpl))
      continue;
    llvm::Expected<Signature> Sig = importSignature(Set, A, R, *Row);
    if (!Sig) {
      // The import of the P/Invoke reports it.
      llvm::consumeError(Sig.takeError());
      continue;
    }
    for (const TypeDef *D : passedTypes(Set, *Sig))
      if (auto Found = ByType.find(D); Found != ByType.end())
        for (FieldRid F : Found->second)
          Visit(F, R);
  }
}

} // namespace ilbridge::managed

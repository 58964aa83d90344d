//===- TypeBuilder.cpp - Types in Clang's AST -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeBuilder.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::abi {

void TypeBuilder::add(unsigned Number, QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || (R->hasDefinition() && !R->isInvalidDecl()))
    Typedefs[Number] = T;
}

QualType TypeBuilder::type(const BuiltType &T) const {
  QualType Result;
  if (!T.IsRecord)
    Result = Typedefs[T.Number];
  else if (auto Found = Records.find(T.Number); Found != Records.end())
    Result = Found->second;
  if (Result.isNull())
    return Result;
  for (uint64_t Extent : llvm::reverse(T.Extents)) {
    llvm::APInt Count(64, Extent);
    if (ConstantArrayType::getNumAddressingBits(Ctx, Result, Count) >
        ConstantArrayType::getMaxSizeBits(Ctx))
      return QualType();
    Result = Ctx.getConstantArrayType(Result, Count, /*SizeExpr=*/nullptr,
                                      versions::NormalArray, 0);
  }
  return Result;
}

const CXXRecordDecl *TypeBuilder::build(unsigned Number, const BuiltRecord &R) {
  auto *D = CXXRecordDecl::Create(
      Ctx, R.IsUnion ? versions::UnionTag : versions::StructTag,
      Ctx.getTranslationUnitDecl(), SourceLocation(), SourceLocation(),
      /*Id=*/nullptr);
  D->startDefinition();
  for (const BuiltType &Each : R.Fields) {
    QualType T = type(Each);
    if (T.isNull())
      return nullptr;
    auto *F = FieldDecl::Create(Ctx, D, SourceLocation(), SourceLocation(),
                                /*Id=*/nullptr, T, /*TInfo=*/nullptr,
                                /*BW=*/nullptr, /*Mutable=*/false, ICIS_NoInit);
    F->setAccess(AS_public);
    D->addDecl(F);
  }
  D->completeDefinition();
  Records[Number] = versions::typeOf(Ctx, *D);
  return D;
}

QualType TypeBuilder::build(const BuiltSignature &S) {
  QualType Result = type(S.Result);
  if (Typedefs[S.Convention].isNull() || Result.isNull())
    return QualType();
  llvm::SmallVector<QualType, 8> Params;
  for (const BuiltType &P : S.Params) {
    QualType T = type(P);
    if (T.isNull())
      return QualType();
    Params.push_back(Ctx.getAdjustedParameterType(T));
  }
  return Ctx.getFunctionType(
      Result, Params,
      Typedefs[S.Convention]->castAs<FunctionProtoType>()->getExtProtoInfo());
}

} // namespace ilbridge::abi

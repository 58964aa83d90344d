//===- ExportDescriber.cpp - Describes functions as exports ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExportDescriber.h"
#include "Annotations.h"
#include "Conventions.h"
#include "ilbridge/runtime/Runtime.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

void ExportDescriber::describeNamed(const ValueDecl &D, DeclaredFunction &E) {
  E.Decl = Lowering.named(D);
  E.Symbol = Mangler.getName(&D);
  E.IsInternal = !D.isExternallyVisible();
}

void ExportDescriber::describe(const FunctionDecl &D, DeclaredFunction &E) {
  describeNamed(D, E);
  E.HasCLinkage = D.isExternC();
  E.IsDefinition = D.isDefined();
  E.IsOverloaded =
      llvm::count_if(D.getDeclContext()->lookup(D.getDeclName()),
                     [](const clang::NamedDecl *Other) {
                       return isa<FunctionDecl, FunctionTemplateDecl>(Other);
                     }) > 1;
  const auto *Ty = D.getType()->castAs<clang::FunctionType>();
  E.Convention = convention(Ty->getCallConv());
  E.StatedConvention = E.Convention;
  E.Varies = Types.keep(Lowering.variation(D));
  E.ConventionVaries = Types.keep(Lowering.conventionVariation(D));
  if (const TypeSourceInfo *Written = D.getTypeSourceInfo())
    if (const auto *A = Written->getType()->getAs<AttributedType>())
      E.StatedConvention = statedConvention(*A).value_or(E.Convention);
  if (const auto *Proto = dyn_cast<FunctionProtoType>(Ty))
    E.IsNoexcept = Proto->isNothrow();

  if (const auto *Method = dyn_cast<CXXMethodDecl>(&D);
      Method && versions::hasImplicitObject(*Method) &&
      !Method->getParent()->isLambda()) { // it is called like a free function
    E.IsMember = true;
    // Generated code calls it from a function with the default convention.
    E.Convention = E.StatedConvention = CallingConvention::C;
    E.Params.push_back(Lowering.value("this", Method->getThisType(),
                                      D.getLocation(), SourceRange()));
  }
  for (const auto &[I, Param] : llvm::enumerate(D.parameters())) {
    // The definition often has names that the declaration omits.
    llvm::StringRef Name = Param->getName();
    for (const FunctionDecl *Redecl : D.redecls())
      if (Name.empty() && I < Redecl->getNumParams())
        Name = Redecl->getParamDecl(I)->getName();
    E.Params.push_back(Lowering.value(
        Name, Param->getType(), Param->getLocation(), Param->getSourceRange()));
    if (const auto *Array =
            D.getASTContext().getAsConstantArrayType(Param->getOriginalType()))
      E.Params.back().Bound = Array->getSize().getZExtValue();
    E.Params.back().IsLength = isLength(D, I);
    E.Params.back().Written =
        Edits.ofParameter(D, *Param, E.Params.back().Where.File);
  }
  describeResult(D, E);
}

FunctionProtoTypeLoc writtenFunction(const VarDecl &D) {
  const TypeSourceInfo *Written = D.getTypeSourceInfo();
  PointerTypeLoc Pointer =
      Written ? Written->getTypeLoc().getAsAdjusted<PointerTypeLoc>()
              : PointerTypeLoc();
  return Pointer ? Pointer.getPointeeLoc().getAsAdjusted<FunctionProtoTypeLoc>()
                 : FunctionProtoTypeLoc();
}

void ExportDescriber::describe(const VarDecl &D, ManagedImport &I) {
  I.IsPointer = true;
  describeNamed(D, I);
  I.HasCLinkage = D.isExternC();
  I.IsDefinition = D.hasDefinition() == VarDecl::Definition;
  QualType Pointee = D.getType()->getPointeeType();
  const auto *Lowered = cast<ilbridge::FunctionType>(Lowering.lower(Pointee));
  I.Convention = Lowered->convention();
  I.StatedConvention = Lowered->statedConvention().value_or(I.Convention);
  I.Varies = Types.keep(Lowering.variation(D));
  I.ConventionVaries = Types.keep(Lowering.conventionVariation(D));
  const auto *Proto = Pointee->castAs<FunctionProtoType>();
  I.IsNoexcept = Proto->isNothrow();
  FunctionProtoTypeLoc Written = writtenFunction(D);
  for (const auto &[N, T] : llvm::enumerate(Proto->param_types())) {
    const ParmVarDecl *Param = Written ? Written.getParam(N) : nullptr;
    I.Params.push_back(
        Param ? Lowering.value(Param->getName(), T, Param->getLocation(),
                               Param->getSourceRange())
              : Lowering.value("", T, D.getLocation(), D.getSourceRange()));
  }
  QualType Result = Proto->getReturnType();
  I.ResultWrapper = resultWrapper(Result, D.getASTContext());
  I.Result = Lowering.value(
      "", Result,
      Written ? Written.getReturnLoc().getBeginLoc() : D.getLocation(),
      Written ? Written.getReturnLoc().getSourceRange() : D.getSourceRange());
}

std::string resultWrapper(QualType &T, const ASTContext &Ctx) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return "";
  const runtime::ResultWrapper *Wrapper =
      runtime::findResultWrapper(Class->getQualifiedNameAsString());
  if (!Wrapper)
    return "";
  const auto *Instance = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Wrapper->HasValue) {
    T = Ctx.VoidTy;
    return Wrapper->Spelling.str();
  }
  if (!Instance ||
      Instance->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return "";
  T = Instance->getTemplateArgs()[0].getAsType();
  const CXXRecordDecl *Argument = T->getAsCXXRecordDecl();
  if (!Argument ||
      Argument->getQualifiedNameAsString() != Wrapper->VoidArgument)
    return Wrapper->Spelling.str();
  T = Ctx.VoidTy;
  return Wrapper->VoidSpelling.str();
}

SourceLocation resultLocation(const FunctionDecl &D) {
  SourceLocation Loc = D.getReturnTypeSourceRange().getBegin();
  return Loc.isValid() ? Loc : D.getLocation();
}

void ExportDescriber::describeResult(const FunctionDecl &D,
                                     DeclaredFunction &E) {
  QualType T = D.getReturnType();
  E.ResultWrapper = resultWrapper(T, D.getASTContext());
  E.Result =
      Lowering.value("", T, resultLocation(D), D.getReturnTypeSourceRange());
  if (E.ResultWrapper.empty())
    E.Result.Written = Edits.ofResult(D, E.Result.Where.File);
}

} // namespace ilbridge::native

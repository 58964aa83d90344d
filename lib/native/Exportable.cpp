//===- Exportable.cpp - Decides whether functions can be exported ---------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exportable.h"
#include "Annotations.h"
#include "ExportDescriber.h"
#include "SourceLocations.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

bool hasParameterList(const FunctionDecl &D) {
  return D.hasPrototype() || (D.isDefined() && D.param_empty());
}

/// Returns the innermost scope of \p D, or \p D itself, that is not public;
/// null if there is none.
static const NamedDecl *inaccessible(const NamedDecl &D) {
  for (const Decl *Scope = &D; Scope && !isa<TranslationUnitDecl>(Scope);
       Scope = cast<Decl>(Scope->getDeclContext()))
    if (Scope->getAccess() == AS_private || Scope->getAccess() == AS_protected)
      return cast<NamedDecl>(Scope);
  return nullptr;
}

/// Returns why \p Method, which requires an object, cannot be called on one;
/// empty if it can.
static llvm::StringRef whyNoObject(const CXXMethodDecl &Method,
                                   bool MayHaveObject) {
  if (!MayHaveObject)
    return "managed code has no C++ object to call it on";
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
    return "it is a constructor or a destructor";
  if (!versions::hasImplicitObject(Method))
    return "its object parameter is declared explicitly";
  if (Method.getRefQualifier() == RQ_RValue)
    return "its '&&' requires a temporary object";
  return "";
}

std::vector<Diagnostic> refusals(const FunctionDecl &D, const Location &Where,
                                 bool MayHaveObject) {
  std::string Name = D.getQualifiedNameAsString();
  auto Reject = [&](DiagnosticID ID, auto... Args) {
    return std::vector{diagnose(ID, Where, Name, Args...)};
  };
  if (D.getTemplatedKind() != FunctionDecl::TK_NonTemplate ||
      D.isDependentContext())
    return Reject(DiagnosticID::Template);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&D);
      Method && !Method->isStatic())
    if (llvm::StringRef Why = whyNoObject(*Method, MayHaveObject); !Why.empty())
      return Reject(DiagnosticID::NonStaticMember, Why);
  if (D.isDeleted())
    return Reject(DiagnosticID::DeletedFunction);
  if (D.isVariadic())
    return Reject(DiagnosticID::Variadic);
  if (!hasParameterList(D))
    return Reject(DiagnosticID::UnknownParameters,
                  "so it cannot be exported: write its parameters, or (void)");
  if (const NamedDecl *Scope = inaccessible(D))
    return Reject(DiagnosticID::InaccessibleMember,
                  Scope->getAccess() == AS_private ? "private" : "protected");
  return {};
}

static std::string importRefusal(const VarDecl &D) {
  QualType T = D.getType();
  if (!T->isFunctionPointerType())
    return "it is a variable that is not a pointer to a function";
  if (!T->getPointeeType()->getAs<FunctionProtoType>())
    return "it does not declare its parameters: write them, or (void)";
  if (T->getPointeeType()->castAs<FunctionProtoType>()->isVariadic())
    return "it takes variable arguments";
  if (T.isConstQualified())
    return "it is const, and generated code sets it";
  if (D.getTLSKind() != VarDecl::TLS_None)
    return "it is thread_local, and generated code sets it once";
  return "";
}

static std::string importRefusal(const FunctionDecl &D) {
  if (D.getTemplatedKind() != FunctionDecl::TK_NonTemplate)
    return "it is a template";
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&D);
      Method && !Method->isStatic())
    return "it is a non-static member function";
  if (const FunctionDecl *Definition = D.getDefinition();
      Definition && !isGenerated(*Definition))
    return "this source defines it, as generated code does";
  if (D.isDeleted())
    return "it is deleted";
  if (D.isVariadic())
    return "it takes variable arguments";
  if (!hasParameterList(D))
    return "it does not declare its parameters: write them, or (void)";
  return "";
}

std::string importRefusal(const NamedDecl &D) {
  const auto *Variable = dyn_cast<VarDecl>(&D);
  const auto *Function = dyn_cast<FunctionDecl>(&D);
  if (D.isTemplated())
    return "it is a template";
  if (!Function && (!Variable || isa<ParmVarDecl>(D)))
    return "it is neither a function nor a variable that is a pointer to one";
  std::string Why =
      Function ? importRefusal(*Function) : importRefusal(*Variable);
  if (!Why.empty())
    return Why;
  if (!D.isExternallyVisible())
    return "it has internal linkage, and generated code is another source";
  if (inaccessible(D))
    return "it is a private or protected member, which generated code cannot "
           "name";
  return "";
}

std::string importRefusal(const ValueDecl &D, TypeBounds &Bounds) {
  QualType T = D.getType();
  if (const Excess *E = Bounds.find(T))
    return "its type has more than " + E->Limit;
  if (T->isPointerType())
    T = T->getPointeeType();
  const auto *Proto = T->castAs<FunctionProtoType>();
  QualType Result = Proto->getReturnType();
  if (Result->isReferenceType())
    return "it returns a reference, which has no value after an exception; "
           "return a pointer";
  resultWrapper(Result, D.getASTContext());
  llvm::SmallVector<QualType> Values(Proto->param_types());
  Values.push_back(Result);
  for (QualType Each : Values)
    if (const CXXRecordDecl *Class = Each->getAsCXXRecordDecl();
        Class && Class->hasDefinition() &&
        !Each.isTriviallyCopyableType(D.getASTContext()))
      return "it passes '" + Class->getNameAsString() +
             "' by value, which is not trivially copyable";
  return "";
}

static std::string parameter(size_t Index, llvm::StringRef Name) {
  return Name.empty() ? llvm::formatv("parameter {0}", Index + 1).str()
                      : ("parameter '" + Name + "'").str();
}

std::vector<Diagnostic> refusals(const FunctionDecl &D, TypeBounds &Bounds,
                                 SourceLocations &Locations) {
  std::vector<Diagnostic> Result;
  auto Check = [&](QualType T, SourceLocation Loc, auto What) {
    const Excess *E = Bounds.find(T);
    if (!E)
      return;
    // The name has no template arguments, which may exceed the limit.
    std::string Of = E->Of ? "'" + E->Of->getNameAsString() + "'" : "";
    bool IsDirect = !E->Of || T->getAsTagDecl() == E->Of;
    Diagnostic &Finding = Result.emplace_back(diagnose(
        DiagnosticID::TypeTooLarge, Locations.location(Loc),
        D.getQualifiedNameAsString(), What(),
        IsDirect ? "" : "leads to that of " + Of + ", which ", E->Limit));
    if (E->Of)
      Finding.note(Locations.location(E->Of->getLocation()),
                   Of + " is declared here");
  };
  for (const auto &[I, Param] : llvm::enumerate(D.parameters()))
    Check(Param->getType(), Param->getLocation(),
          [I = I, Param = Param] { return parameter(I, Param->getName()); });
  QualType T = D.getReturnType();
  resultWrapper(T, D.getASTContext());
  Check(T, resultLocation(D), [] { return std::string("its result"); });
  return Result;
}

std::vector<Diagnostic> refusals(const Export &E) {
  std::vector<Diagnostic> Result;
  auto Check = [&](const Value &V, llvm::StringRef What) {
    const auto *Record = dyn_cast<ilbridge::RecordType>(V.Ty);
    if (!Record || Record->IsTriviallyCopyable)
      return;
    Diagnostic &D =
        Result.emplace_back(diagnose(DiagnosticID::NonTrivialType, V.Where,
                                     E.Decl.qualifiedName(), What, V.Spelling));
    D.note(Record->Decl.Where, "'" + V.Spelling + "' is defined here");
  };
  for (const auto &[I, Param] : llvm::enumerate(E.declaredParams())) {
    Check(Param, parameter(I, Param.Name));
    if (Param.IsLength && (I == 0 || E.declaredParams()[I - 1].IsLength))
      Result.push_back(diagnose(
          DiagnosticID::MalformedAnnotation, Param.Where, "ilbridge.length",
          "it stands behind the parameter that has the length, and there is "
          "no such parameter before " +
              parameter(I, Param.Name)));
  }
  Check(E.Result, "its result");
  return Result;
}

} // namespace ilbridge::native

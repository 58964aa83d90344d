//===- Exportable.cpp - What can be exported ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exportable.h"
#include "ExportDescriber.h"
#include "Places.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

bool hasParameterList(const FunctionDecl &D) {
  return D.hasPrototype() || (D.isDefined() && D.param_empty());
}

/// Why \p Method, which needs an object, cannot be called on one; empty: it
/// can.
static llvm::StringRef whyNoObject(const CXXMethodDecl &Method,
                                   bool MayHaveObject) {
  if (!MayHaveObject)
    return "managed code has no C++ object to call it on";
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
    return "constructors and destructors are not called on an object";
  if (!Method.isImplicitObjectMemberFunction())
    return "its object parameter is declared like any other one";
  if (Method.getRefQualifier() == RQ_RValue)
    return "its '&&' asks for an object that is about to end";
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
  for (const Decl *Scope = &D; Scope && !isa<TranslationUnitDecl>(Scope);
       Scope = cast<Decl>(Scope->getDeclContext()))
    if (Scope->getAccess() == AS_private || Scope->getAccess() == AS_protected)
      return Reject(DiagnosticID::InaccessibleMember,
                    Scope->getAccess() == AS_private ? "private" : "protected");
  return {};
}

static std::string parameter(size_t Index, llvm::StringRef Name) {
  return Name.empty() ? llvm::formatv("parameter {0}", Index + 1).str()
                      : ("parameter '" + Name + "'").str();
}

std::vector<Diagnostic> refusals(const FunctionDecl &D, TypeBounds &Bounds,
                                 Places &ThePlaces) {
  std::vector<Diagnostic> Result;
  auto Check = [&](QualType T, SourceLocation Loc, auto What) {
    const Excess *E = Bounds.find(T);
    if (!E)
      return;
    // Without template arguments, which may exceed the limit.
    std::string Of = E->Of ? "'" + E->Of->getNameAsString() + "'" : "";
    bool IsDirect = !E->Of || T->getAsTagDecl() == E->Of;
    Diagnostic &Finding = Result.emplace_back(diagnose(
        DiagnosticID::TypeTooLarge, ThePlaces.location(Loc),
        D.getQualifiedNameAsString(), What(),
        IsDirect ? "" : "leads to that of " + Of + ", which ", E->Limit));
    if (E->Of)
      Finding.note(ThePlaces.location(E->Of->getLocation()),
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

//===- InvokerReader.cpp - Reads hand-written invokers --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InvokerReader.h"
#include "ilbridge/runtime/Runtime.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

llvm::ArrayRef<llvm::StringRef> invokerWords() {
  static const std::vector<llvm::StringRef> Words = [] {
    std::vector<llvm::StringRef> List;
    for (const runtime::Runtime *R : runtime::all())
      for (llvm::StringRef Word : {R->Invokers.Reads, R->Invokers.Writes})
        if (!Word.empty() && !llvm::is_contained(List, Word))
          List.push_back(Word);
    return List;
  }();
  return Words;
}

namespace {

class BodyReader : public RecursiveASTVisitor<BodyReader> {
public:
  BodyReader(Invoker &Result, TypeLowering &Types)
      : Result(Result), Types(Types) {}

  bool shouldTraversePostOrder() const { return true; }

  // It is not known whether a conditional read is executed.
  bool TraverseIfStmt(IfStmt *S) { return unclear(S); }
  bool TraverseSwitchStmt(SwitchStmt *S) { return unclear(S); }
  bool TraverseForStmt(ForStmt *S) { return unclear(S); }
  bool TraverseWhileStmt(WhileStmt *S) { return unclear(S); }
  bool TraverseDoStmt(DoStmt *S) { return unclear(S); }
  bool TraverseConditionalOperator(ConditionalOperator *E) {
    return unclear(E);
  }
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  bool VisitCallExpr(CallExpr *E) {
    const FunctionDecl *Callee = E->getDirectCallee();
    if (!Callee || !Callee->getIdentifier())
      return true;
    for (const runtime::Runtime *R : runtime::all()) {
      if (R->Invokers.Reads.empty())
        continue;
      if (Callee->getName() == R->Invokers.Reads)
        return read(*E, *Callee);
      if (Callee->getName() == R->Invokers.Writes)
        return write(*E);
    }
    return true;
  }

  bool IsClear = true;

private:
  /// Whether \p S calls one of the functions.
  static bool mentions(const Stmt &S) {
    if (const auto *Call = dyn_cast<CallExpr>(&S))
      if (const FunctionDecl *Callee = Call->getDirectCallee();
          Callee && Callee->getIdentifier() &&
          llvm::is_contained(invokerWords(), Callee->getName()))
        return true;
    return llvm::any_of(S.children(), [](const Stmt *Child) {
      return Child && mentions(*Child);
    });
  }
  bool unclear(const Stmt *S) {
    IsClear &= !mentions(*S);
    return true;
  }

  Value value(QualType T, const Expr &At) {
    T = T.getNonReferenceType().getUnqualifiedType();
    return Types.value("", T, At.getBeginLoc(), SourceRange());
  }

  /// Returns the template argument of a function call as it is written. An
  /// instance does not contain the names of types, some of which have another
  /// meaning on other targets.
  static QualType stated(const CallExpr &E) {
    const Expr *Callee = E.getCallee()->IgnoreParenImpCasts();
    llvm::ArrayRef<TemplateArgumentLoc> Arguments;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
      Arguments = Ref->template_arguments();
    else if (const auto *Member = dyn_cast<MemberExpr>(Callee))
      Arguments = Member->template_arguments();
    if (Arguments.empty() ||
        Arguments[0].getArgument().getKind() != TemplateArgument::Type)
      return QualType();
    return Arguments[0].getTypeSourceInfo()->getType();
  }

  bool read(const CallExpr &E, const FunctionDecl &Callee) {
    // The function is T get(slots, offset), or void get(slots, offset, T &, …).
    QualType T = Callee.getReturnType();
    if (QualType Stated = stated(E); !Stated.isNull())
      T = Stated;
    else if (T->isVoidType()) {
      if (E.getNumArgs() < 3)
        return IsClear = false;
      const Expr *Into = E.getArg(2)->IgnoreParenCasts();
      if (E.getNumArgs() > 3)
        if (const auto *Address = dyn_cast<UnaryOperator>(Into))
          Into = Address->getSubExpr()->IgnoreParenCasts();
      T = Into->getType();
    }
    Result.Arguments.push_back(value(T, E));
    Result.WritesFirst |= Result.Result.has_value();
    return true;
  }

  bool write(const CallExpr &E) {
    if (Result.Result || E.getNumArgs() < 2) {
      IsClear = false;
      return true;
    }
    const Expr *From = E.getArg(1);
    if (E.getNumArgs() > 2) {
      From = From->IgnoreParenCasts();
      if (const auto *Address = dyn_cast<UnaryOperator>(From))
        From = Address->getSubExpr()->IgnoreParenCasts();
    }
    // set<T>(slots, value) converts to T; otherwise the type is that of the
    // value.
    QualType T = From->IgnoreImplicit()->getType();
    if (QualType Stated = stated(E); !Stated.isNull())
      T = Stated;
    Result.Result = value(T, E);
    return true;
  }

  Invoker &Result;
  TypeLowering &Types;
};

} // namespace

Invoker readInvoker(const FunctionDecl &D, TypeLowering &Types) {
  Invoker Result;
  Result.Name = D.getQualifiedNameAsString();
  Result.Where = Types.location(D.getLocation());
  const FunctionDecl *Defined = nullptr;
  if (!D.hasBody(Defined) || Defined->isDependentContext())
    return Result;
  BodyReader Reader(Result, Types);
  Reader.TraverseStmt(Defined->getBody());
  // If no call reads an argument from its slot, it is read in another way.
  Result.IsRead = Reader.IsClear;
  return Result;
}

} // namespace ilbridge::native

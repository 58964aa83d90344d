//===- InvokerReader.cpp - Reads hand-written invokers --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InvokerReader.h"
#include "WrittenStatements.h"
#include "ilbridge/runtime/Runtime.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/TemplateBase.h"
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

/// Reads the statements of an invoker, those in a statement before it.
class BodyReader {
public:
  BodyReader(Invoker &Result, TypeLowering &Types)
      : Result(Result), Types(Types) {}

  void readAll(const Stmt &Body) {
    struct Item {
      const Stmt *S;
      bool IsInside; ///< whether what S consists of was read
    };
    llvm::SmallVector<Item, 32> Rest = {{&Body, false}};
    while (!Rest.empty()) {
      auto [S, IsInside] = Rest.pop_back_val();
      if (IsInside) {
        if (const auto *Call = dyn_cast<CallExpr>(S))
          read(*Call);
      } else if (isa<IfStmt, SwitchStmt, ForStmt, WhileStmt, DoStmt,
                     ConditionalOperator>(S)) {
        // It is not known whether a conditional read is executed.
        IsClear &= !mentions(*S);
      } else if (!isa<LambdaExpr>(S)) {
        Rest.push_back({S, true});
        auto Children = writtenChildren(*S);
        for (const Stmt *Child : llvm::reverse(Children))
          Rest.push_back({Child, false});
      }
    }
  }

  bool IsClear = true;

private:
  void read(const CallExpr &E) {
    const FunctionDecl *Callee = E.getDirectCallee();
    if (!Callee || !Callee->getIdentifier())
      return;
    for (const runtime::Runtime *R : runtime::all()) {
      if (R->Invokers.Reads.empty())
        continue;
      if (Callee->getName() == R->Invokers.Reads)
        return readArgument(E, *Callee);
      if (Callee->getName() == R->Invokers.Writes)
        return readResult(E);
    }
  }

  /// Whether \p S calls one of the functions.
  static bool mentions(const Stmt &S) {
    llvm::SmallVector<const Stmt *, 32> Rest = {&S};
    while (!Rest.empty()) {
      const Stmt *Each = Rest.pop_back_val();
      if (const auto *Call = dyn_cast<CallExpr>(Each))
        if (const FunctionDecl *Callee = Call->getDirectCallee();
            Callee && Callee->getIdentifier() &&
            llvm::is_contained(invokerWords(), Callee->getName()))
          return true;
      llvm::append_range(Rest, writtenChildren(*Each));
    }
    return false;
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

  void readArgument(const CallExpr &E, const FunctionDecl &Callee) {
    // The function is T get(slots, offset), or void get(slots, offset, T &, …).
    QualType T = Callee.getReturnType();
    if (QualType Stated = stated(E); !Stated.isNull())
      T = Stated;
    else if (T->isVoidType()) {
      if (E.getNumArgs() < 3) {
        IsClear = false;
        return;
      }
      const Expr *Into = E.getArg(2)->IgnoreParenCasts();
      if (E.getNumArgs() > 3)
        if (const auto *Address = dyn_cast<UnaryOperator>(Into))
          Into = Address->getSubExpr()->IgnoreParenCasts();
      T = Into->getType();
    }
    Result.Arguments.push_back(value(T, E));
    Result.WritesFirst |= Result.Result.has_value();
  }

  void readResult(const CallExpr &E) {
    if (Result.Result || E.getNumArgs() < 2) {
      IsClear = false;
      return;
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
  Reader.readAll(*Defined->getBody());
  // If no call reads an argument from its slot, it is read in another way.
  Result.IsRead = Reader.IsClear;
  return Result;
}

} // namespace ilbridge::native

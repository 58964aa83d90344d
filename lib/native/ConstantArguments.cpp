//===- ConstantArguments.cpp - Arguments of registrations -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantArguments.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

/// Only constants in invalid code can refer to each other in a cycle.
static constexpr unsigned MaxSteps = 200;

const ParmVarDecl *ConstantArguments::Value::parameter() const {
  const auto *Ref = Table ? nullptr : dyn_cast_or_null<DeclRefExpr>(E);
  return Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
}

/// Returns the argument of a constructor call that only stores another value,
/// such as a std::string from characters; null if it does more.
static const Expr *onlyArgument(const CXXConstructExpr &E) {
  const Expr *Only = nullptr;
  for (const Expr *Arg : E.arguments()) {
    if (isa<CXXDefaultArgExpr>(Arg))
      continue;
    if (Only)
      return nullptr;
    Only = Arg;
  }
  return Only;
}

/// Returns the expression without parts that do not change its value, or \p E
/// itself if there are none.
static const Expr *stripped(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return Cast->getSubExpr();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Full->getSubExpr();
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return Temporary->getSubExpr();
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
    return Bound->getSubExpr();
  if (const auto *Argument = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return Argument->getReplacement();
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return Default->getExpr();
  if (const auto *Init = dyn_cast<CXXDefaultInitExpr>(E))
    return Init->getExpr();
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    if (Op->getOpcode() == UO_AddrOf || Op->getOpcode() == UO_Plus ||
        (Op->getOpcode() == UO_Deref && Op->getType()->isFunctionType()))
      return Op->getSubExpr();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    if (const Expr *Only = onlyArgument(*Construct))
      return Only;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (Method && (isa<CXXConversionDecl>(Method) ||
                   (Method->getIdentifier() && (Method->getName() == "c_str" ||
                                                Method->getName() == "data"))))
      return Call->getImplicitObjectArgument();
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    if (const FunctionDecl *Callee = Call->getDirectCallee();
        Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
        Call->getNumArgs() == 1 &&
        (Callee->getName() == "move" || Callee->getName() == "forward" ||
         Callee->getName() == "bit_cast"))
      return Call->getArg(0);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    if (List->getNumInits() == 1 && !List->getType()->isRecordType() &&
        !List->getType()->isArrayType())
      return List->getInit(0);
  return E;
}

/// Returns the initializer of a variable whose value never changes.
static const Expr *constantOf(const VarDecl &D) {
  const Expr *Init = D.getAnyInitializer();
  if (!Init)
    return nullptr;
  QualType T = D.getType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  bool IsConstant =
      T->isReferenceType() || T.isConstQualified() || D.isConstexpr() ||
      (Class && Class->isLambda()) ||
      (T->isArrayType() &&
       D.getASTContext().getBaseElementType(T).isConstQualified());
  return IsConstant ? Init : nullptr;
}

bool ConstantArguments::followReference(Value &V) const {
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(V.E))
    D = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(V.E))
    D = Member->getMemberDecl();
  if (const auto *Param = dyn_cast_or_null<ParmVarDecl>(D)) {
    for (const Frame *At = V.In; At; At = At->Caller)
      if (const Expr *Argument = At->Arguments.lookup(Param)) {
        V.E = Argument;
        V.In = At->Caller;
        return V.IsPassed = true;
      }
    return false;
  }
  if (const auto *Variable = dyn_cast_or_null<VarDecl>(D))
    if (const Expr *Init = constantOf(*Variable)) {
      V.E = Init;
      return true;
    }
  return false;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

/// Returns the table of which \p E is an element, or into which \p E points.
ConstantArguments::Value ConstantArguments::table(const Expr *E,
                                                  const Frame *In) const {
  Value V{E, In};
  for (unsigned Step = 0; Step != MaxSteps; ++Step) {
    E = V.E->IgnoreParens();
    if (const auto *List = dyn_cast<InitListExpr>(E);
        List && List->getType()->isArrayType())
      return V;
    if (isa<CXXStdInitializerListExpr>(E))
      return V;
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      if (Construct->getNumArgs() != 0 &&
          isa<CXXStdInitializerListExpr>(
              Construct->getArg(0)->IgnoreUnlessSpelledInSource()))
        return V;
    if (const auto *List = dyn_cast<InitListExpr>(E)) { // std::array
      if (List->getNumInits() != 1)
        return {};
      V.E = List->getInit(0);
      continue;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
          Variable && !isa<ParmVarDecl>(Variable)) {
        const Expr *From = Loops.lookup(Variable);
        if (!From)
          From = Variable->getAnyInitializer();
        if (!From)
          return {};
        V.E = From;
        continue;
      }
      if (!followReference(V))
        return {};
      continue;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(E);
        Member && isa<VarDecl>(Member->getMemberDecl())) {
      V.E = cast<VarDecl>(Member->getMemberDecl())->getAnyInitializer();
      if (!V.E)
        return {};
      continue;
    }
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
      V.E = Element->getBase();
      continue;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Op->getNumArgs() == 0)
        return {};
      V.E = Op->getArg(0); // [], *, ->
      continue;
    }
    if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
      V.E = Op->getLHS(); // table + i
      continue;
    }
    if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
      V.E = Op->getSubExpr();
      continue;
    }
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) { // table.begin()
      V.E = Call->getImplicitObjectArgument();
      continue;
    }
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (!Callee || !Callee->isInStdNamespace() || Call->getNumArgs() == 0)
        return {};
      V.E = Call->getArg(0); // std::begin(table)
      continue;
    }
    const Expr *Inner = stripped(E);
    if (Inner == E)
      return {};
    V.E = Inner;
  }
  return {};
}

/// Whether \p T is an array without elements, as in `Row Rows[] = {};`, to
/// which no code can add elements later.
static bool isEmptyArray(QualType T) {
  const clang::Type *Array = T->getUnqualifiedDesugaredType();
  const auto *Constant = dyn_cast<ConstantArrayType>(Array);
  return Constant && Constant->getSize().isZero();
}

std::optional<std::vector<const Expr *>>
ConstantArguments::rows(const Value &V) const {
  const Expr *E = V.Table;
  while (E) {
    E = E->IgnoreUnlessSpelledInSource();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      if (Construct->getNumArgs() == 0)
        break;
      E = Construct->getArg(0);
    } else if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E)) {
      E = List->getSubExpr();
    } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
      if (List->getNumInits() == 0 && !isEmptyArray(List->getType()))
        break; // other code sets it
      return std::vector<const Expr *>(List->inits().begin(),
                                       List->inits().end());
    } else {
      break;
    }
  }
  return std::nullopt;
}

/// Returns the value of \p Member in a row. The row is an initializer list or a
/// constructor call.
const Expr *ConstantArguments::member(const Expr *Row,
                                      const ValueDecl &Member) const {
  const auto *Field = dyn_cast<FieldDecl>(&Member);
  if (!Field)
    return nullptr;
  for (unsigned Step = 0; Step != MaxSteps; ++Step) {
    Row = Row->IgnoreParens();
    if (const auto *List = dyn_cast<InitListExpr>(Row);
        List && List->getType()->isRecordType()) {
      unsigned Index = Field->getFieldIndex();
      if (const CXXRecordDecl *Class = List->getType()->getAsCXXRecordDecl())
        Index += Class->getNumBases(); // the initializer lists of the bases
                                       // come first
      return Index < List->getNumInits() ? List->getInit(Index) : nullptr;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Row);
        Construct && Construct->getNumArgs() > Field->getFieldIndex()) {
      const CXXConstructorDecl *By = Construct->getConstructor();
      for (const CXXCtorInitializer *Init : By->inits())
        if (Init->getMember() == Field)
          if (const auto *Ref = dyn_cast<DeclRefExpr>(
                  Init->getInit()->IgnoreUnlessSpelledInSource()))
            if (const auto *Param = dyn_cast<ParmVarDecl>(Ref->getDecl()))
              if (Param->getFunctionScopeIndex() < Construct->getNumArgs())
                return Construct->getArg(Param->getFunctionScopeIndex());
      // The constructors of std::pair are not parsed.
      if (Construct->getNumArgs() > 1)
        return Construct->getArg(Field->getFieldIndex());
    }
    const Expr *Inner = stripped(Row);
    if (Inner == Row)
      return nullptr;
    Row = Inner;
  }
  return nullptr;
}

bool ConstantArguments::followMember(Value &V, const Expr &Base,
                                     const ValueDecl &Member,
                                     std::optional<unsigned> Row) const {
  // The value is a constant that is not an element of a table.
  Value Whole = follow(&Base, V.In);
  if (!Whole.Table)
    if (const Expr *Known = member(Whole.E, Member)) {
      V.E = Known;
      V.In = Whole.In;
      V.IsPassed |= Whole.IsPassed;
      return true;
    }
  Value Found = table(&Base, V.In);
  if (!Found.E)
    return false;
  V.Table = Found.E;
  V.TableIn = Found.In;
  V.Member = &Member;
  V.IsPassed |= Found.IsPassed;
  if (!Row)
    return false;
  auto Rows = rows(V);
  const Expr *Cell =
      Rows && *Row < Rows->size() ? member((*Rows)[*Row], Member) : nullptr;
  if (!Cell)
    return false;
  V.E = Cell;
  V.In = V.TableIn;
  V.Table = nullptr;
  return true;
}

//===----------------------------------------------------------------------===//
// Following
//===----------------------------------------------------------------------===//

bool ConstantArguments::followOnce(Value &V,
                                   std::optional<unsigned> Row) const {
  const Expr *E = V.E->IgnoreParens();
  if (const auto *Member = dyn_cast<MemberExpr>(E);
      Member && isa<FieldDecl>(Member->getMemberDecl()))
    return followMember(V, *Member->getBase(), *Member->getMemberDecl(), Row);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl())) {
      if (!Binding->getBinding() || Binding->getHoldingVar())
        return false;
      V.E = Binding->getBinding();
      return true;
    }
  // The value is an element of a table of texts or of functions.
  bool IsElement = isa<ArraySubscriptExpr>(E);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    IsElement =
        Op->getOperator() == OO_Subscript || Op->getOperator() == OO_Star;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl()))
      IsElement = Loops.contains(Variable);
  if (IsElement) {
    Value Found = table(E, V.In);
    if (!Found.E)
      return false;
    V.Table = Found.E;
    V.TableIn = Found.In;
    V.IsPassed |= Found.IsPassed;
    if (!Row)
      return false;
    auto Rows = rows(V);
    if (!Rows || *Row >= Rows->size())
      return false;
    V.E = (*Rows)[*Row];
    V.In = V.TableIn;
    V.Table = nullptr;
    return true;
  }
  V.E = E;
  if (followReference(V))
    return true;
  const Expr *Inner = stripped(E);
  if (Inner == E)
    return false;
  V.E = Inner;
  return true;
}

ConstantArguments::Value
ConstantArguments::follow(const Expr *E, const Frame *In,
                          std::optional<unsigned> Row) const {
  Value V{E, In};
  for (unsigned Step = 0; Step != MaxSteps; ++Step)
    if (!followOnce(V, Row))
      break;
  return V;
}

std::optional<std::string>
ConstantArguments::text(Value &V, std::optional<unsigned> Row,
                        const StringLiteral **Literal) const {
  if (!V.E || V.Table)
    return std::nullopt;
  if (const auto *Text = dyn_cast<StringLiteral>(V.E)) {
    if (Text->getCharByteWidth() != 1)
      return std::nullopt;
    if (Literal)
      *Literal = Text;
    // The text may contain an explicit terminating null.
    return Text->getString().take_until([](char C) { return C == 0; }).str();
  }
  const Expr *Left = nullptr, *Right = nullptr;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(V.E);
      Op && Op->getOperator() == OO_Plus && Op->getNumArgs() == 2) {
    Left = Op->getArg(0);
    Right = Op->getArg(1);
  }
  if (Left && Right) {
    Value Before = follow(Left, V.In, Row), Behind = follow(Right, V.In, Row);
    auto First = text(Before, Row), Second = text(Behind, Row);
    V.IsPassed |= Before.IsPassed || Behind.IsPassed;
    if (First && Second)
      return *First + *Second;
    return std::nullopt;
  }
  if (V.E->isValueDependent() || !V.E->getType()->isPointerType())
    return std::nullopt;
  return versions::evaluateString(*V.E, const_cast<ASTContext &>(Ctx));
}

bool ConstantArguments::isOpen(const Value &V) const {
  if (!V.E)
    return false;
  llvm::SmallVector<const Stmt *, 8> Work = {V.E};
  if (V.Table)
    Work.push_back(V.Table);
  for (unsigned Step = 0; Step != MaxSteps && !Work.empty(); ++Step) {
    const Stmt *S = Work.pop_back_val();
    if (const auto *E = dyn_cast<Expr>(S))
      if (follow(E, V.In).parameter())
        return true;
    for (const Stmt *Child : S->children())
      if (Child && !isa<LambdaExpr>(Child))
        Work.push_back(Child);
  }
  return false;
}

const FunctionDecl *ConstantArguments::function(const Value &V) {
  if (!V.E || V.Table)
    return nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(V.E))
    return dyn_cast<FunctionDecl>(Ref->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(V.E))
    return dyn_cast<FunctionDecl>(Member->getMemberDecl());
  if (const auto *Lambda = dyn_cast<LambdaExpr>(V.E))
    return Lambda->getCallOperator();
  return nullptr;
}

bool ConstantArguments::isNull(const Value &V) const {
  return V.E && !V.Table && !V.E->isValueDependent() &&
         V.E->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                    Expr::NPC_NeverValueDependent) !=
             Expr::NPCK_NotNull;
}

} // namespace ilbridge::native

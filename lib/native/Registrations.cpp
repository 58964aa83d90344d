//===- Registrations.cpp - Registrations in the code ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registrations.h"
#include "WrittenStatements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

/// The maximum number of functions that pass the arguments of a registration
/// on, one to the next.
static constexpr unsigned MaxPasses = 8;

/// The maximum number of calls of such functions that are followed in one
/// translation unit.
static constexpr unsigned MaxCalls = 100000;

RegistrationFinder::RegistrationFinder(const ParsedUnit &U,
                                       SourceLocations &Locations)
    : U(U), Locations(Locations), Bodies(U.PP, U.Registrars),
      Constants(U.Context), Registrars(runtimeRegistrars()) {
  Registrars.insert(Registrars.end(), U.Registrars.begin(), U.Registrars.end());
}

/// Whether \p D has the name and the scopes in \p Wanted.
static bool isNamed(const clang::NamedDecl &D, llvm::StringRef Wanted) {
  llvm::StringRef Own = select::unscoped(Wanted);
  if (!D.getIdentifier() || D.getName() != Own)
    return false;
  if (Own.size() == Wanted.size())
    return true;
  std::string Qualified = D.getQualifiedNameAsString();
  llvm::StringRef Rest = Qualified;
  return Rest.consume_back(Wanted) && (Rest.empty() || Rest.ends_with("::"));
}

const Registrar *RegistrationFinder::registrar(const Decl *Callee) const {
  const auto *Named = dyn_cast_or_null<clang::NamedDecl>(Callee);
  if (!Named)
    return nullptr;
  // The program's registrars take precedence over a runtime's function with
  // that name.
  for (const Registrar &Each : llvm::reverse(Registrars))
    if (Each.Name != Each.Target && isNamed(*Named, Each.Function))
      return &Each;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// Traverses the code of one function, for one call.
class RegistrationFinder::Walker {
public:
  Walker(RegistrationFinder &Finder, const Frame &In, unsigned Depth,
         CallSite Site)
      : Finder(Finder), In(In), Depth(Depth), Site(Site) {}

  /// \p Function contains \p S; null: \p S is an initializer.
  void walk(const Stmt &S, const FunctionDecl *Function, bool IsConditional) {
    llvm::SmallVector<Item, 32> Rest = {
        {&S, Function, SourceRange(), IsConditional}};
    while (!Rest.empty()) {
      Item At = Rest.pop_back_val();
      visit(At);
      if (const auto *Lambda = dyn_cast<LambdaExpr>(At.S))
        At.Function = Lambda->getCallOperator();
      At.IsConditional |= isa<IfStmt, SwitchStmt, ConditionalOperator>(At.S);
      bool HoldsStatements = isa<CompoundStmt>(At.S);
      auto Children = writtenChildren(*At.S);
      for (const Stmt *Child : llvm::reverse(Children)) {
        Item Inner = At;
        Inner.S = Child;
        if (HoldsStatements)
          Inner.Statement =
              isa<Expr>(Child) ? Child->getSourceRange() : SourceRange();
        Rest.push_back(Inner);
      }
    }
  }

private:
  struct Item {
    const Stmt *S;
    const FunctionDecl *Function; ///< contains S; null: an initializer
    SourceRange Statement;        ///< the expression statement that contains S
    bool IsConditional;
  };

  void visit(const Item &At) {
    if (const auto *For = dyn_cast<CXXForRangeStmt>(At.S)) {
      if (const VarDecl *Variable = For->getLoopVariable())
        if (const Expr *Range = For->getRangeInit())
          Finder.Constants.noteLoop(*Variable, *Range);
    } else if (const auto *E = dyn_cast<CallExpr>(At.S)) {
      llvm::SmallVector<const Expr *, 8> Arguments(E->arguments());
      const Decl *Callee = E->getCalleeDecl();
      // In a call through operator(), the first argument is the object.
      if (isa<CXXOperatorCallExpr>(E) &&
          isa_and_nonnull<CXXMethodDecl>(Callee) && !Arguments.empty())
        Arguments.erase(Arguments.begin());
      call(Callee, Arguments, E->getBeginLoc(), At);
    } else if (const auto *E = dyn_cast<CXXConstructExpr>(At.S)) {
      call(E->getConstructor(),
           llvm::SmallVector<const Expr *, 8>(E->arguments()), E->getBeginLoc(),
           At);
    }
  }

  void call(const Decl *Callee, llvm::ArrayRef<const Expr *> Arguments,
            SourceLocation Where, const Item &At) {
    CallSite Shown = Site;
    if (Site.Where.isInvalid())
      Shown = {Where,
               At.Statement.getBegin() == Where ? At.Statement : SourceRange()};
    if (const Registrar *By = Finder.registrar(Callee)) {
      Finder.read({By, Arguments, Shown, At.IsConditional, At.Function}, In);
      return;
    }
    const auto *Known = dyn_cast_or_null<FunctionDecl>(Callee);
    const FunctionDecl *Defined = nullptr;
    if (!Known || Known->param_empty() || Depth == MaxPasses ||
        Finder.Calls == MaxCalls || !Known->hasBody(Defined) ||
        Defined->isDependentContext() || !Finder.Bodies.mayRegister(*Defined))
      return;
    Frame Callees;
    Callees.Caller = &In;
    for (unsigned I = 0;
         I != std::min<size_t>(Arguments.size(), Defined->getNumParams()); ++I)
      Callees.Arguments[Defined->getParamDecl(I)] = Arguments[I];
    Called.insert(Defined->getCanonicalDecl());
    ++Finder.Calls;
    Finder.walk(Defined, *Defined->getBody(), Callees, Depth + 1, Shown,
                At.IsConditional);
  }

public:
  std::set<const FunctionDecl *> Called;

private:
  RegistrationFinder &Finder;
  const Frame &In;
  unsigned Depth;
  CallSite Site; ///< of the outermost call that was followed
};

void RegistrationFinder::walk(const FunctionDecl *Function, const Stmt &S,
                              const Frame &In, unsigned Depth, CallSite Site,
                              bool IsConditional) {
  Walker W(*this, In, Depth, Site);
  W.walk(S, Function, IsConditional);
  for (const FunctionDecl *Each : W.Called)
    Wrappers[Each].IsCalled = true;
}

void RegistrationFinder::visit(const FunctionDecl &D) {
  if (!D.isThisDeclarationADefinition() || !D.hasBody() ||
      !Bodies.mayRegister(D))
    return;
  noteInHeader(D);
  if (D.isDependentContext())
    return;
  Frame None;
  walk(&D, *D.getBody(), None, 0, CallSite(), false);
}

void RegistrationFinder::visit(const VarDecl &D) {
  if (!D.hasGlobalStorage() || !D.getInit() || D.getType()->isDependentType() ||
      D.getInit()->isValueDependent() || !Bodies.areThere())
    return;
  const SourceManager &SM = U.Context.getSourceManager();
  if (SM.isInSystemHeader(SM.getExpansionLoc(D.getLocation())))
    return;
  Frame None;
  walk(nullptr, *D.getInit(), None, 0, CallSite(), false);
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// Whether ilbridge has generated the code at this location.
bool RegistrationFinder::isGenerated(SourceLocation Loc) const {
  const SourceManager &SM = U.Context.getSourceManager();
  auto [File, Offset] = SM.getDecomposedLoc(SM.getExpansionLoc(Loc));
  std::optional<llvm::StringRef> Text = SM.getBufferDataOrNone(File);
  if (!Text)
    return false;
  if (Text->starts_with(select::GeneratedText))
    return true;
  llvm::StringRef Before = Text->take_front(Offset);
  size_t Begin = Before.rfind("ilbridge:begin");
  return Begin != llvm::StringRef::npos &&
         !Before.drop_front(Begin).contains("ilbridge:end");
}

void RegistrationFinder::read(const Call &C, const Frame &In) {
  const Registrar &By = *C.By;
  unsigned Last = std::max({By.Name, By.Target, By.Type.value_or(0)});
  if (Last >= C.Arguments.size() || isGenerated(C.At.Where))
    return;
  ConstantArguments::Value Name = Constants.follow(C.Arguments[By.Name], &In);
  ConstantArguments::Value Target =
      Constants.follow(C.Arguments[By.Target], &In);
  if (!Name.Table && !Target.Table)
    return readRow(C, In, std::nullopt, C.At);
  auto Rows = Constants.rows(Name.Table ? Name : Target);
  if (!Rows) {
    Unread.emplace_back(C.At.Where, "its table is not known");
    return;
  }
  for (const auto &[I, Row] : llvm::enumerate(*Rows))
    readRow(C, In, I, {Row->getBeginLoc(), Row->getSourceRange()});
}

void RegistrationFinder::readRow(const Call &C, const Frame &In,
                                 std::optional<unsigned> Row, CallSite At) {
  const Registrar &By = *C.By;
  auto Follow = [&](unsigned Argument) {
    return Constants.follow(C.Arguments[Argument], &In, Row);
  };
  ConstantArguments::Value Name = Follow(By.Name), Target = Follow(By.Target);
  std::optional<ConstantArguments::Value> Type;
  if (By.Type)
    Type = Follow(*By.Type);
  const StringLiteral *Literal = nullptr;
  std::optional<std::string> Text = Constants.text(Name, Row, &Literal);
  const FunctionDecl *Function = ConstantArguments::function(Target);
  // The value is null in the last row of a table, and if a registration is
  // removed.
  bool IsNull =
      Constants.isNull(Name) || (Constants.isNull(Target) && !By.Invoker);
  if (IsNull || isa_and_nonnull<ImplicitValueInitExpr>(Name.E))
    return;
  std::optional<std::string> TypeName;
  if (Type && !(TypeName = Constants.text(*Type, Row)))
    Text = std::nullopt;
  if ((!Text || !Function) &&
      (Constants.isOpen(Name) || Constants.isOpen(Target) ||
       (Type && Constants.isOpen(*Type))))
    return notePassedOn(C, Name, Target);
  // A called function's body reports registrations that do not depend on its
  // parameters only once.
  if (In.Caller && !Name.IsPassed && !Target.IsPassed &&
      !(Type && Type->IsPassed))
    return;
  if (!Text || !Function) {
    if (Text && Constants.isNull(Target))
      return; // calls of the invoker are not registrations
    Unread.emplace_back(At.Where,
                        Text ? "its function is not known here"
                             : "its name is not built from literals and "
                               "constants");
    return;
  }
  if (TypeName) {
    // The text is "Ns.Type, Assembly", as System.Type.GetType takes it.
    Text =
        llvm::StringRef(*TypeName).split(',').first.trim().str() + "::" + *Text;
    Literal = nullptr;
  }
  FoundRegistration New;
  New.Says.Registrar = By.Function;
  New.Says.Runtime = By.Runtime;
  New.Says.Where = Locations.location(At.Where);
  New.Says.IsConditional = C.IsConditional;
  New.Kind = By.Kind;
  New.ManagedName = std::move(*Text);
  New.Function = Function;
  if (By.Invoker && *By.Invoker < C.Arguments.size())
    New.Invoker = ConstantArguments::function(Follow(*By.Invoker));
  New.Says.Statement =
      rangeOf(At.Statement, Row ? tok::comma : tok::semi, New.Says.Where);
  if (Literal)
    New.Says.Literal = rangeOf(*Literal, New.Says.Where);
  if (Seen.emplace(New.Says.Where, New.ManagedName, Function).second)
    Found.push_back(std::move(New));
}

/// Records a function in a header that may register its arguments. All sources
/// that call it have to be read, and they can see its body.
void RegistrationFinder::noteInHeader(const FunctionDecl &D) {
  if (D.param_empty() || !D.getIdentifier() ||
      Locations.isInMainFile(D.getLocation()) || isGenerated(D.getLocation()))
    return;
  Registrar New;
  New.Function = D.getQualifiedNameAsString();
  New.Kind = ExportKind::InternalCall;
  New.Target = New.Name; // not used by registrar(): only the name is required
  if (!llvm::is_contained(PassedOn, New))
    PassedOn.push_back(std::move(New));
}

/// If a function passes its parameters on, its callers determine the
/// registration.
void RegistrationFinder::notePassedOn(const Call &C,
                                      const ConstantArguments::Value &Name,
                                      const ConstantArguments::Value &Target) {
  const ParmVarDecl *NameParam = Name.parameter();
  const ParmVarDecl *TargetParam = Target.parameter();
  const FunctionDecl *In = C.In;
  if (!In)
    return;
  Waiting &W = Wrappers[In->getCanonicalDecl()];
  if (W.Where.isInvalid()) {
    W.Where = C.At.Where;
    W.Why = "it registers what '" + In->getQualifiedNameAsString() +
            "' is passed; name that function under 'registrations' in "
            "ilbridge.yaml if other sources call it";
  }
  if (!NameParam || !TargetParam || NameParam->getDeclContext() != In ||
      TargetParam->getDeclContext() != In || !In->getIdentifier() ||
      !In->isExternallyVisible() || C.By->Type ||
      // A source that sees a header's function sees its body.
      !Locations.isInMainFile(In->getLocation()) ||
      In->getTemplatedKind() != FunctionDecl::TK_NonTemplate)
    return;
  Registrar New = *C.By;
  New.Function = In->getQualifiedNameAsString();
  New.Name = NameParam->getFunctionScopeIndex();
  New.Target = TargetParam->getFunctionScopeIndex();
  New.Invoker.reset();
  W.IsCalled = true; // possibly by other sources
  if (!llvm::is_contained(PassedOn, New))
    PassedOn.push_back(std::move(New));
}

/// Returns the range of a literal in the file of \p Where, if it is a single
/// literal without macros.
WrittenType RegistrationFinder::rangeOf(const StringLiteral &L,
                                        const Location &Where) {
  const SourceManager &SM = U.Context.getSourceManager();
  SourceLocation Loc = L.getBeginLoc();
  if (L.getNumConcatenated() != 1 ||
      !(Loc.isFileID() || SM.isMacroArgExpansion(Loc)))
    return {};
  Loc = SM.getSpellingLoc(Loc);
  if (SM.isWrittenInScratchSpace(Loc) || SM.isWrittenInBuiltinFile(Loc))
    return {};
  unsigned Length = Lexer::MeasureTokenLength(Loc, SM, U.Context.getLangOpts());
  Location Begin = Locations.location(Loc);
  if (Begin.File != Where.File || Length != L.getLength() + 2)
    return {};
  Position End = Begin.Start;
  End.Column += Length;
  return {Begin.Start, End};
}

/// Returns the range of \p Statement including the following token \p Behind,
/// unless a macro contains only a part of it.
WrittenType RegistrationFinder::rangeOf(SourceRange Statement,
                                        tok::TokenKind Behind,
                                        const Location &Where) {
  if (Statement.isInvalid())
    return {};
  const SourceManager &SM = U.Context.getSourceManager();
  const LangOptions &Language = U.Context.getLangOpts();
  CharSourceRange Range = SM.getExpansionRange(Statement);
  SourceLocation End =
      Lexer::getLocForEndOfToken(Range.getEnd(), 0, SM, Language);
  SourceLocation After =
      Lexer::findLocationAfterToken(Range.getEnd(), Behind, SM, Language,
                                    /*SkipTrailingWhitespaceAndNewLine=*/false);
  if (End.isInvalid() || (After.isInvalid() && Behind == tok::semi))
    return {};
  Location Begin = Locations.location(Range.getBegin());
  Location Last = Locations.location(After.isValid() ? After : End);
  if (Begin.File != Where.File || Last.File != Where.File)
    return {};
  return {Begin.Start, Last.Start};
}

void RegistrationFinder::finish(DiagnosticList &Findings) {
  std::set<std::pair<Location, std::string>> Said;
  auto Report = [&](SourceLocation Loc, const std::string &Why) {
    Location Where = Locations.location(Loc);
    if (Said.emplace(Where, Why).second)
      Findings.add(diagnose(DiagnosticID::UnreadRegistration, Where, Why));
  };
  for (const auto &[Where, Why] : Unread)
    Report(Where, Why);
  for (const auto &[Function, W] : Wrappers)
    if (W.Where.isValid() && !W.IsCalled)
      Report(W.Where, W.Why);
}

} // namespace ilbridge::native

//===- Collector.cpp - The exports of one parsed unit ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Traverses the declarations of namespaces and classes. Converts each function
// that is annotated, or requested in another way, to an Export, or reports why
// it cannot be exported.
//
//===----------------------------------------------------------------------===//

#include "Annotations.h"
#include "ExportDescriber.h"
#include "Exportable.h"
#include "InvokerReader.h"
#include "Registrations.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace ilbridge::native {
namespace {

class Collector {
public:
  Collector(const ParsedUnit &U, Facts &F, DiagnosticList &Findings,
            FilesByPath &Files, const llvm::StringSet<> *Names = nullptr)
      : Ctx(U.Context), Locations(U, F, Files), Bounds(U),
        Describer(U, F, Locations), Registers(U, Locations), F(F),
        Findings(Findings), Names(Names), EntryPoints(U.EntryPoints) {
    if (F.Unannotated)
      // The patterns were checked when the library was created.
      Wanted =
          llvm::cantFail(FunctionPatterns::create(F.Unannotated->Functions));
  }

  void visit(const Decl &D);
  /// Called after all declarations were visited: reports the patterns of a
  /// library without a match, and annotations that the compiler has ignored.
  void finish(const ParsedUnit &U);

private:
  void visitMembers(const DeclContext &Context);
  void noteAnnotations(const Decl &D);
  void reportMisplaced(const clang::NamedDecl &D, llvm::StringRef What);
  void visitOfLibrary(const FunctionDecl &D);
  bool isRequested(const FunctionDecl &D) const;
  void visitAnnotated(const FunctionDecl &D);
  void visitImport(const clang::NamedDecl &D);
  void addImport(const ValueDecl &D, const Location &Where,
                 const std::string &ManagedName);
  void visitUnannotated(const FunctionDecl &D);
  void visitRegistering(const Decl &D);
  void collectRegistered();
  void collectClasses(llvm::ArrayRef<std::string> Names);
  const FunctionDecl &declared(const FunctionDecl &D);
  std::optional<Export> describe(const FunctionDecl &D);
  bool report(std::vector<Diagnostic> Refusals);
  template <typename T> const T &shown(const T &D);
  void setAnnotationRange(Export &E, const FunctionDecl &Shown);

  ASTContext &Ctx;
  SourceLocations Locations;
  TypeBounds Bounds;
  ExportDescriber Describer;
  RegistrationFinder Registers;
  Facts &F;
  DiagnosticList &Findings;
  /// The names to collect without an annotation; null: collect annotated
  /// functions.
  const llvm::StringSet<> *Names;
  const llvm::StringSet<> *EntryPoints; ///< as ScanOptions::EntryPoints
  llvm::SmallPtrSet<const Decl *, 16> Seen;
  /// The locations of annotations in a file that belong to a declaration.
  llvm::DenseSet<SourceLocation> Attached;
  /// The requested functions of a library without annotations.
  std::optional<FunctionPatterns> Wanted;
};

} // namespace

//===----------------------------------------------------------------------===//
// Finding what is annotated
//===----------------------------------------------------------------------===//

void Collector::visitMembers(const DeclContext &Context) {
  for (const Decl *D : Context.decls())
    visit(*D);
}

void Collector::visit(const Decl &D) {
  if (const auto *Template = dyn_cast<TemplateDecl>(&D)) {
    if (const clang::NamedDecl *Pattern = Template->getTemplatedDecl())
      visit(*Pattern);
    if (const auto *Functions = dyn_cast<FunctionTemplateDecl>(Template))
      for (const FunctionDecl *Instance : Functions->specializations())
        visitRegistering(*Instance);
    if (const auto *Classes = dyn_cast<ClassTemplateDecl>(Template))
      for (const CXXRecordDecl *Instance : Classes->specializations())
        for (const CXXMethodDecl *Method : Instance->methods())
          visitRegistering(*Method);
    return;
  }
  if (const auto *Friend = dyn_cast<FriendDecl>(&D)) {
    if (const clang::NamedDecl *Befriended = Friend->getFriendDecl())
      visit(*Befriended);
    return;
  }
  noteAnnotations(D);
  visitRegistering(D);
  // Findings of the template were reported once for all its instances.
  if (const auto *Instance = dyn_cast<ClassTemplateSpecializationDecl>(&D);
      Instance && isTemplateInstantiation(Instance->getSpecializationKind())) {
    for (const CXXMethodDecl *Method : Instance->methods())
      visitRegistering(*Method);
    return;
  }
  if (Names) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&D))
      visitUnannotated(*Function);
  } else if (isAnnotated(D)) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&D))
      visitAnnotated(*Function);
    else if (const auto *Named = dyn_cast<clang::NamedDecl>(&D);
             Named && isAnnotatedAsImport(D))
      visitImport(*Named);
    else if (Named)
      reportMisplaced(*Named, isa<TypeDecl>(D) ? "a type" : "a variable");
  } else if (const auto *Function = dyn_cast<FunctionDecl>(&D);
             Function && Wanted) {
    visitOfLibrary(*Function);
  }
  if (const auto *Function = dyn_cast<FunctionDecl>(&D); Function && !Names)
    for (const ParmVarDecl *Param : Function->parameters())
      if (isAnnotated(*Param, /*OrEarlier=*/false)) {
        noteAnnotations(*Param);
        if (isMisplacedOn(*Param))
          reportMisplaced(*Param, "a parameter");
      }
  if (isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl, ExportDecl,
          CXXRecordDecl>(D))
    visitMembers(*cast<DeclContext>(&D));
}

void Collector::noteAnnotations(const Decl &D) {
  if (!isAnnotated(D))
    return;
  for (const auto *A : D.specific_attrs<AnnotateAttr>())
    Attached.insert(Ctx.getSourceManager().getExpansionLoc(A->getLocation()));
}

/// Returns the class with that qualified name if it is complete; otherwise
/// null.
static const CXXRecordDecl *findClass(const ASTContext &Ctx,
                                      llvm::StringRef Name) {
  const DeclContext *Scope = Ctx.getTranslationUnitDecl();
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Name.split(Parts, "::");
  for (llvm::StringRef Part : Parts) {
    const DeclContext *Inner = nullptr;
    for (const clang::NamedDecl *Found : Scope->lookup(&Ctx.Idents.get(Part))) {
      if (const auto *Alias = dyn_cast<TypedefNameDecl>(Found))
        Inner = Alias->getUnderlyingType()->getAsCXXRecordDecl();
      else if (isa<NamespaceDecl, CXXRecordDecl>(Found))
        Inner = cast<DeclContext>(Found);
      if (Inner)
        break;
    }
    if (!Inner)
      return nullptr;
    Scope = Inner;
  }
  const auto *Class = dyn_cast<CXXRecordDecl>(Scope);
  return Class ? Class->getDefinition() : nullptr;
}

void Collector::collectClasses(llvm::ArrayRef<std::string> Names) {
  for (const std::string &Name : Names) {
    const CXXRecordDecl *Class = findClass(Ctx, Name);
    if (!Class || Class->isDependentType() ||
        Bounds.find(versions::typeOf(Ctx, *Class)))
      continue;
    if (const auto *Record = dyn_cast<ilbridge::RecordType>(
            Describer.types().lower(versions::typeOf(Ctx, *Class))))
      F.Classes.push_back({Name, Record});
  }
}

void Collector::finish(const ParsedUnit &U) {
  collectRegistered();
  if (!F.Exports.empty() && !Wanted)
    collectClasses(U.Classes);
  F.Includes = Locations.includes();
  if (Wanted)
    F.Unannotated->Unused = Wanted->unused();
  for (const MacroUse &Use : U.Uses)
    if (!Attached.contains(Use.Where))
      Findings.add(diagnose(DiagnosticID::MisplacedAnnotation,
                            Locations.location(Use.Where), Use.Name,
                            "on none that has it: the compiler ignores it "
                            "behind the function's definition, and no other "
                            "file sees what a function's body declares"));
}

void Collector::reportMisplaced(const clang::NamedDecl &D,
                                llvm::StringRef What) {
  Findings.add(diagnose(DiagnosticID::MisplacedAnnotation,
                        Locations.location(D.getLocation()),
                        D.getQualifiedNameAsString(), What));
}

/// Reports why a function cannot be exported. Returns whether there are
/// reasons.
bool Collector::report(std::vector<Diagnostic> Refusals) {
  for (Diagnostic &D : Refusals)
    Findings.add(std::move(D));
  return !Refusals.empty();
}

/// Returns the export for \p D; nullopt if a finding reports why there is none.
std::optional<Export> Collector::describe(const FunctionDecl &D) {
  if (report(refusals(D, Bounds, Locations)))
    return std::nullopt;
  Export E;
  Describer.describe(D, E);
  return E;
}

/// Returns the declaration to show to the user: a declaration in a header if
/// there is one, preferably the one with the annotation; otherwise the
/// definition.
template <typename T> const T &Collector::shown(const T &D) {
  auto Rank = [&](const T &Redecl) {
    if (Locations.isInMainFile(Redecl.getLocation()))
      return Redecl.isThisDeclarationADefinition() ? 1 : 0;
    return isAnnotated(Redecl, /*OrEarlier=*/false) ? 3 : 2;
  };
  const T *Best = nullptr;
  // redecls() goes from the last declaration to the first one, which is
  // preferred among equals.
  for (const T *Redecl : D.redecls())
    if (isAnnotated(*Redecl) && (!Best || Rank(*Redecl) >= Rank(*Best)))
      Best = Redecl;
  return Best ? *Best : D;
}

void Collector::visitAnnotated(const FunctionDecl &Found) {
  // The compiler has reported invalid declarations, but an editor continues.
  if (Found.isInvalidDecl() || !Seen.insert(Found.getCanonicalDecl()).second)
    return;
  // Generated code cannot find a function that is only declared as a friend.
  if (llvm::all_of(Found.redecls(), [](const FunctionDecl *Redecl) {
        return Redecl->getFriendObjectKind() == Decl::FOK_Undeclared;
      }))
    return reportMisplaced(Found,
                           "a friend that is declared in its class only");
  // Later declarations inherit the annotations of earlier ones.
  const FunctionDecl &Last = *Found.getMostRecentDecl();
  const FunctionDecl &Shown = shown(Last);
  Location Where = Locations.location(Shown.getLocation());

  std::optional<Annotations> A = annotations(Last, Where, Findings);
  if (A && !A->Imports.empty())
    return addImport(Shown, Where, A->Imports.front());
  if (!A || A->Exports.empty())
    return;
  bool AreCalls = llvm::all_of(A->Exports, [](const auto &Each) {
    return Each.Kind == ExportKind::InternalCall;
  });
  if (report(refusals(Last, Where, /*MayHaveObject=*/AreCalls)))
    return;
  std::optional<Export> E = describe(Shown);
  if (!E || report(refusals(*E)))
    return;
  E->ResultOwnership = A->Owned      ? Ownership::Owned
                       : A->Borrowed ? Ownership::Borrowed
                                     : Ownership::Unstated;
  E->KeepsCallbacks = A->KeepsCallbacks;
  for (const Annotations::Named &Named : A->Exports) {
    E->Kind = Named.Kind;
    E->ManagedName = Named.ManagedName;
    SourceRange At = annotationRange(Shown, E->Kind, E->ManagedName);
    if (At.isValid()) {
      E->AnnotationBegin = Locations.location(At.getBegin()).Start;
      E->AnnotationEnd = Locations.location(At.getEnd()).Start;
    }
    F.Exports.push_back(*E);
  }
}

/// Visits a declaration that is annotated ILBRIDGE_IMPORT and is not a
/// function.
void Collector::visitImport(const clang::NamedDecl &Found) {
  if (Found.isInvalidDecl() || !Seen.insert(Found.getCanonicalDecl()).second)
    return;
  const auto &Last = cast<clang::NamedDecl>(*Found.getMostRecentDecl());
  const auto *Variable = dyn_cast<VarDecl>(&Last);
  const clang::NamedDecl &Shown =
      Variable ? static_cast<const clang::NamedDecl &>(shown(*Variable)) : Last;
  Location Where = Locations.location(Shown.getLocation());
  std::optional<Annotations> A = annotations(Last, Where, Findings);
  if (!A || A->Imports.empty())
    return;
  if (const auto *Value = dyn_cast<ValueDecl>(&Shown))
    return addImport(*Value, Where, A->Imports.front());
  Findings.add(diagnose(DiagnosticID::MisplacedImport, Where,
                        Shown.getQualifiedNameAsString(),
                        importRefusal(Shown)));
}

void Collector::addImport(const ValueDecl &D, const Location &Where,
                          const std::string &ManagedName) {
  std::string Why = importRefusal(D);
  if (Why.empty())
    Why = importRefusal(D, Bounds);
  if (!Why.empty()) {
    Findings.add(diagnose(DiagnosticID::MisplacedImport, Where,
                          D.getQualifiedNameAsString(), Why));
    return;
  }
  ManagedImport I;
  if (const auto *Function = dyn_cast<FunctionDecl>(&D))
    Describer.describe(*Function, I);
  else
    Describer.describe(cast<VarDecl>(D), I);
  I.ManagedName = ManagedName;
  F.Imports.push_back(std::move(I));
}

void Collector::visitUnannotated(const FunctionDecl &D) {
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation Begin = D.getBeginLoc();
  if (!D.isThisDeclarationADefinition() || !D.getIdentifier() ||
      !Names->contains(D.getName()) || Begin.isMacroID() ||
      !SM.isInMainFile(Begin) || isAnnotated(*D.getMostRecentDecl()) ||
      D.isMain())
    return;
  if (report(refusals(D, Locations.location(D.getLocation()))))
    return;
  std::optional<Export> E = describe(D);
  if (!E || report(refusals(*E)))
    return;
  E->AnnotationBegin = E->AnnotationEnd = Locations.location(Begin).Start;
  F.Exports.push_back(std::move(*E));
}

/// A registration in the source does not depend on the library's patterns and
/// on the requested names.
void Collector::visitRegistering(const Decl &D) {
  if (Names || Wanted)
    return;
  if (const auto *Function = dyn_cast<FunctionDecl>(&D))
    Registers.visit(*Function);
  else if (const auto *Variable = dyn_cast<VarDecl>(&D))
    Registers.visit(*Variable);
}

static bool isLambda(const FunctionDecl &D) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&D);
  return Method && Method->getParent()->isLambda();
}

/// Neither a lambda nor its class has a name.
static void nameLambda(const FunctionDecl &D, Export &E) {
  if (!isLambda(D))
    return;
  std::vector<std::string> &Path = E.Decl.Path;
  Path.resize(Path.size() > 2 ? Path.size() - 2 : 0);
  Path.push_back("(lambda)");
  E.Decl.ClassScopes = 0;
}

/// Returns the declaration of a registered function to show to the user: a
/// declaration in a header if there is one, or else the definition, or else the
/// last declaration.
const FunctionDecl &Collector::declared(const FunctionDecl &D) {
  const FunctionDecl *Best = D.getMostRecentDecl();
  for (const FunctionDecl *Redecl : D.redecls())
    if (!Locations.isInMainFile(Redecl->getLocation()))
      return *Redecl;
    else if (Redecl->isThisDeclarationADefinition())
      Best = Redecl;
  return *Best;
}

void Collector::collectRegistered() {
  if (Names || Wanted)
    return;
  Registers.finish(Findings);
  F.Registrars = Registers.takeRegistrars();
  for (const FoundRegistration &Each : Registers.found()) {
    const FunctionDecl &Function = declared(*Each.Function);
    if (Function.isDependentContext())
      continue;
    if (Function.isVariadic()) {
      Findings.add(diagnose(DiagnosticID::Variadic, Each.Says.Where,
                            Function.getQualifiedNameAsString()));
      continue;
    }
    std::optional<Export> E = describe(Function);
    if (!E || report(refusals(*E)))
      continue;
    nameLambda(Function, *E);
    E->HasPrototype = hasParameterList(Function);
    E->Kind = Each.Kind;
    SourceLocation Begin = Function.getBeginLoc();
    if (Begin.isFileID() && !isLambda(Function) &&
        refusals(Function, E->Decl.Where).empty()) {
      Location Place = Locations.location(Begin);
      if (Place.File == E->Decl.Where.File)
        E->AnnotationBegin = E->AnnotationEnd = Place.Start;
    }
    // The host looks up P/Invokes by their entry points.
    bool IsEntryPoint = Each.Kind == ExportKind::PInvoke &&
                        !llvm::StringRef(Each.ManagedName).contains("::");
    (IsEntryPoint ? E->EntryPoint : E->ManagedName) = Each.ManagedName;
    E->Registered = Each.Says;
    if (Each.Invoker) {
      Invoker By = readInvoker(*Each.Invoker, Describer.types());
      if (By.IsRead)
        E->Registered->By = std::move(By);
      else
        Findings.add(diagnose(DiagnosticID::UnreadRegistration, Each.Says.Where,
                              "the body of its invoker '" + By.Name +
                                  "' is not defined in this source, or does "
                                  "not read its arguments one after another"));
    }
    F.Exports.push_back(std::move(*E));
  }
}

/// Whether one of the requested entry points can be a function of a library.
/// The name of a C function is its entry point; other functions are described
/// first.
bool Collector::isRequested(const FunctionDecl &D) const {
  return !EntryPoints || !D.isExternC() || D.hasAttr<AsmLabelAttr>() ||
         EntryPoints->contains(D.getName());
}

/// Visits a function of a library. Only functions that loaders can find are
/// relevant.
void Collector::visitOfLibrary(const FunctionDecl &D) {
  if (!D.getIdentifier() || isa<CXXMethodDecl>(D) ||
      D.getTemplatedKind() != FunctionDecl::TK_NonTemplate || D.isDeleted() ||
      !Wanted->fits(D.getQualifiedNameAsString()) ||
      !Seen.insert(D.getCanonicalDecl()).second)
    return;
  const FunctionDecl &Last = *D.getMostRecentDecl();
  if (isAnnotated(Last))
    return;
  if (!Last.isExternallyVisible()) {
    F.Unannotated->Inlines.push_back(
        {Last.getNameAsString(), Locations.location(D.getLocation())});
    return;
  }
  if (!isRequested(Last)) {
    report(refusals(D, Bounds, Locations));
    return;
  }
  std::optional<Export> E = describe(D);
  if (!E)
    return;
  E->IsVariadic = Last.isVariadic();
  E->HasPrototype = hasParameterList(Last);
  if (const auto *Label = Last.getAttr<AsmLabelAttr>())
    E->EntryPoint = Label->getLabel().str();
  else if (!E->HasCLinkage)
    E->EntryPoint = E->Symbol;
  F.Exports.push_back(std::move(*E));
}

//===----------------------------------------------------------------------===//
// The unit
//===----------------------------------------------------------------------===//

static void describeTarget(const ASTContext &Ctx, Facts &F) {
  F.Triple = Ctx.getTargetInfo().getTriple().str();
  F.Model = abi::dataModel(Ctx);
  F.IsC = !Ctx.getLangOpts().CPlusPlus;
}

void collectExports(const ParsedUnit &U, Facts &F, DiagnosticList &Findings,
                    FilesByPath &Files) {
  describeTarget(U.Context, F);
  Collector C(U, F, Findings, Files);
  for (const Decl *D : U.Declarations)
    C.visit(*D);
  C.finish(U);
}

void collectUnannotated(const ParsedUnit &U, const llvm::StringSet<> &Names,
                        Facts &F, FilesByPath &Files) {
  describeTarget(U.Context, F);
  DiagnosticList Unsaid; // not reported: these functions are not requested
  Collector C(U, F, Unsaid, Files, &Names);
  for (const Decl *D : U.Declarations)
    C.visit(*D);
}

} // namespace ilbridge::native

//===- Collector.cpp - The exports of one parsed unit ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Walks the declarations of namespaces and classes, reads the annotations that
// ilbridge/export.h writes, and turns each function that carries one into an
// Export, or into a finding that says why it cannot be one.
//
//===----------------------------------------------------------------------===//

#include "TypeLowering.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/native/Scanner.h"
#include "ilbridge/runtime/Runtime.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"
#include <set>

using namespace clang;

namespace ilbridge::native {
namespace {

/// What the annotations on one declaration say.
struct Annotations {
  struct Named {
    ExportKind Kind;
    std::string ManagedName;
  };
  std::vector<Named> Exports;
  bool Owned = false;
  bool Borrowed = false;
  bool KeepsCallbacks = false;
};

class Collector {
public:
  Collector(const ParsedUnit &U, Facts &F, DiagnosticList &Findings,
            FilesByPath &Files, const llvm::StringSet<> *Names = nullptr)
      : Ctx(U.Context), ThePlaces(U, F, Files), Lowering(U, F, ThePlaces),
        Mangler(U.Context), F(F), Findings(Findings), Names(Names) {
    if (F.Unannotated)
      // Whoever made the library has seen that they are patterns.
      Wanted =
          llvm::cantFail(FunctionPatterns::create(F.Unannotated->Functions));
  }

  void visit(const Decl &D);
  /// Once all is visited: the patterns of a library that fitted nothing, and
  /// what the compiler has ignored.
  void finish(llvm::ArrayRef<MacroUse> Uses);

private:
  void visitMembers(const DeclContext &Context);
  void noteAnnotations(const Decl &D);
  void reportMisplaced(const clang::NamedDecl &D, llvm::StringRef What);
  void visitOfLibrary(const FunctionDecl &D);
  void visitAnnotated(const FunctionDecl &D);
  void visitUnannotated(const FunctionDecl &D);
  std::optional<Annotations> annotations(const Decl &D, Location Where);
  bool isExportable(const FunctionDecl &D, const Location &Where);
  bool checkTypes(const Export &E);
  void describe(const FunctionDecl &D, Export &E);
  void describeResult(const FunctionDecl &D, Export &E);
  const FunctionDecl &shown(const FunctionDecl &D);
  void setAnnotationRange(Export &E, const FunctionDecl &Shown);

  ASTContext &Ctx;
  Places ThePlaces;
  TypeLowering Lowering;
  ASTNameGenerator Mangler;
  Facts &F;
  DiagnosticList &Findings;
  /// Of what is collected without an annotation; null: annotated functions.
  const llvm::StringSet<> *Names;
  llvm::SmallPtrSet<const Decl *, 16> Seen;
  /// Where annotations stand that a declaration has, in a file.
  llvm::DenseSet<SourceLocation> Attached;
  /// Of a library that nobody annotates.
  std::optional<FunctionPatterns> Wanted;
};

constexpr llvm::StringLiteral Prefix = "ilbridge.";

/// \p OrEarlier: also where an earlier declaration carries the annotation.
bool isAnnotated(const Decl &D, bool OrEarlier = true) {
  return D.hasAttrs() &&
         llvm::any_of(D.specific_attrs<AnnotateAttr>(), [&](auto *A) {
           return A->getAnnotation().starts_with(Prefix) &&
                  (OrEarlier || !A->isInherited());
         });
}

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
    return;
  }
  if (const auto *Friend = dyn_cast<FriendDecl>(&D)) {
    if (const clang::NamedDecl *Befriended = Friend->getFriendDecl())
      visit(*Befriended);
    return;
  }
  noteAnnotations(D);
  // What is said of the template has been said of its instances.
  if (const auto *Instance = dyn_cast<ClassTemplateSpecializationDecl>(&D);
      Instance && isTemplateInstantiation(Instance->getSpecializationKind()))
    return;
  if (Names) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&D))
      visitUnannotated(*Function);
  } else if (isAnnotated(D)) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&D))
      visitAnnotated(*Function);
    else if (const auto *Named = dyn_cast<clang::NamedDecl>(&D))
      reportMisplaced(*Named, isa<TypeDecl>(D) ? "a type" : "a variable");
  } else if (const auto *Function = dyn_cast<FunctionDecl>(&D);
             Function && Wanted) {
    visitOfLibrary(*Function);
  }
  if (const auto *Function = dyn_cast<FunctionDecl>(&D); Function && !Names)
    for (const ParmVarDecl *Param : Function->parameters())
      if (isAnnotated(*Param, /*OrEarlier=*/false)) {
        noteAnnotations(*Param);
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

void Collector::finish(llvm::ArrayRef<MacroUse> Uses) {
  F.Includes = ThePlaces.includes();
  if (Wanted)
    F.Unannotated->Unused = Wanted->unused();
  for (const MacroUse &Use : Uses)
    if (!Attached.contains(Use.Where))
      Findings.add(diagnose(DiagnosticID::MisplacedAnnotation,
                            Lowering.location(Use.Where), Use.Name,
                            "on none that has it: the compiler ignores it "
                            "behind the function's definition, and no other "
                            "file sees what a function's body declares"));
}

void Collector::reportMisplaced(const clang::NamedDecl &D,
                                llvm::StringRef What) {
  Findings.add(diagnose(DiagnosticID::MisplacedAnnotation,
                        Lowering.location(D.getLocation()),
                        D.getQualifiedNameAsString(), What));
}

/// The declaration that a user should be shown: in a header if one is, and
/// there where the annotation is written; else the definition.
const FunctionDecl &Collector::shown(const FunctionDecl &D) {
  auto Rank = [&](const FunctionDecl &Redecl) {
    if (ThePlaces.isInMainFile(Redecl.getLocation()))
      return Redecl.isThisDeclarationADefinition() ? 1 : 0;
    return llvm::any_of(Redecl.specific_attrs<AnnotateAttr>(),
                        [](auto *A) {
                          return !A->isInherited() &&
                                 A->getAnnotation().starts_with(Prefix);
                        })
               ? 3
               : 2;
  };
  const FunctionDecl *Best = nullptr;
  // From the last to the first, which wins among equals.
  for (const FunctionDecl *Redecl : D.redecls())
    if (isAnnotated(*Redecl) && (!Best || Rank(*Redecl) >= Rank(*Best)))
      Best = Redecl;
  return Best ? *Best : D;
}

void Collector::visitAnnotated(const FunctionDecl &Found) {
  // What does not compile has been reported; an editor goes on.
  if (Found.isInvalidDecl() || !Seen.insert(Found.getCanonicalDecl()).second)
    return;
  // Generated code finds a function only where it is declared.
  if (llvm::all_of(Found.redecls(), [](const FunctionDecl *Redecl) {
        return Redecl->getFriendObjectKind() == Decl::FOK_Undeclared;
      }))
    return reportMisplaced(Found,
                           "a friend that is declared in its class only");
  // Later declarations inherit the annotations of earlier ones.
  const FunctionDecl &Last = *Found.getMostRecentDecl();
  const FunctionDecl &Shown = shown(Last);
  Location Where = Lowering.location(Shown.getLocation());

  std::optional<Annotations> A = annotations(Last, Where);
  if (!A || A->Exports.empty() || !isExportable(Last, Where))
    return;

  Export E;
  describe(Shown, E);
  E.ResultOwnership = A->Owned      ? Ownership::Owned
                      : A->Borrowed ? Ownership::Borrowed
                                    : Ownership::Unstated;
  E.KeepsCallbacks = A->KeepsCallbacks;
  if (!checkTypes(E))
    return;
  for (const Annotations::Named &Named : A->Exports) {
    E.Kind = Named.Kind;
    E.ManagedName = Named.ManagedName;
    setAnnotationRange(E, Shown);
    F.Exports.push_back(E);
  }
}

void Collector::visitUnannotated(const FunctionDecl &D) {
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation Begin = D.getBeginLoc();
  if (!D.isThisDeclarationADefinition() || !D.getIdentifier() ||
      !Names->contains(D.getName()) || Begin.isMacroID() ||
      !SM.isInMainFile(Begin) || isAnnotated(*D.getMostRecentDecl()) ||
      D.isMain())
    return;
  Location Where = Lowering.location(D.getLocation());
  Export E;
  if (!isExportable(D, Where))
    return;
  describe(D, E);
  if (!checkTypes(E))
    return;
  E.AnnotationBegin = E.AnnotationEnd = Lowering.location(Begin).Start;
  F.Exports.push_back(std::move(E));
}

/// The annotation of \p E where one of the macros of ilbridge/export.h stands
/// on \p Shown: what else may stand there is not ours to take away.
void Collector::setAnnotationRange(Export &E, const FunctionDecl &Shown) {
  std::string Text = (Prefix + name(E.Kind)).str();
  if (!E.ManagedName.empty())
    Text += ":" + E.ManagedName;
  const AnnotateAttr *Only = nullptr;
  for (const FunctionDecl *Redecl : Shown.redecls())
    for (const auto *A : Redecl->specific_attrs<AnnotateAttr>())
      if (A->getAnnotation() == Text && !A->isInherited()) {
        if (Only || Redecl != &Shown)
          return;
        Only = A;
      }
  if (!Only || !Only->getLocation().isMacroID())
    return;
  const SourceManager &SM = Ctx.getSourceManager();
  CharSourceRange Range = SM.getExpansionRange(Only->getLocation());
  llvm::StringRef Macro = Lexer::getSourceText(Range, SM, Ctx.getLangOpts());
  bool IsInvalid = false;
  SourceLocation End =
      Lexer::getLocForEndOfToken(Range.getEnd(), 0, SM, Ctx.getLangOpts());
  const char *Behind = SM.getCharacterData(End, &IsInvalid);
  if (!Macro.starts_with("ILBRIDGE_") || End.isInvalid() || IsInvalid)
    return;
  unsigned Space = llvm::StringRef(Behind).find_first_not_of(" \t");
  E.AnnotationBegin = Lowering.location(Range.getBegin()).Start;
  E.AnnotationEnd = Lowering.location(End.getLocWithOffset(Space)).Start;
}

/// Whether C says what \p D takes. `int f();` says nothing, and a definition
/// with names in the parentheses takes what default argument promotions make of
/// its parameters (C17 6.7.6.3p14, 6.5.2.2p6).
static bool hasParameterList(const FunctionDecl &D) {
  return D.hasPrototype() || (D.isDefined() && D.param_empty());
}

/// A function of a library, of which only those matter that loaders find.
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
        {Last.getNameAsString(), Lowering.location(D.getLocation())});
    return;
  }
  Export E;
  describe(D, E);
  E.IsVariadic = Last.isVariadic();
  E.HasPrototype = hasParameterList(Last);
  if (const auto *Label = Last.getAttr<AsmLabelAttr>())
    E.EntryPoint = Label->getLabel().str();
  else if (!E.HasCLinkage)
    E.EntryPoint = E.Symbol;
  F.Exports.push_back(std::move(E));
}

std::optional<Annotations> Collector::annotations(const Decl &D,
                                                  Location Where) {
  Annotations Result;
  bool Understood = true;
  auto Reject = [&](llvm::StringRef Text, llvm::StringRef Why) {
    Findings.add(diagnose(DiagnosticID::MalformedAnnotation, Where, Text, Why));
    Understood = false;
  };
  for (const auto *Attr : D.specific_attrs<AnnotateAttr>()) {
    llvm::StringRef Text = Attr->getAnnotation();
    llvm::StringRef Word = Text;
    if (!Word.consume_front(Prefix))
      continue;
    auto [Kind, Name] = Word.split(':');
    if (Word == "owned") {
      Result.Owned = true;
    } else if (Word == "borrowed") {
      Result.Borrowed = true;
    } else if (Word == "keeps_callbacks") {
      Result.KeepsCallbacks = true;
    } else if (std::optional<ExportKind> K = exportKind(Kind)) {
      if (Name.empty() && (*K != ExportKind::PInvoke || Word != Kind))
        Reject(Text, "it names no managed method");
      else
        Result.Exports.push_back({*K, Name.str()});
    } else {
      Reject(Text, "ilbridge knows no such annotation");
    }
  }
  if (Result.Owned && Result.Borrowed)
    Reject("ilbridge.owned",
           "the function is also annotated \"ilbridge.borrowed\"");
  if (!Understood)
    return std::nullopt;
  return Result;
}

//===----------------------------------------------------------------------===//
// What can be exported
//===----------------------------------------------------------------------===//

bool Collector::isExportable(const FunctionDecl &D, const Location &Where) {
  std::string Name = D.getQualifiedNameAsString();
  auto Reject = [&](DiagnosticID ID, auto... Args) {
    Findings.add(diagnose(ID, Where, Name, Args...));
    return false;
  };
  if (D.getTemplatedKind() != FunctionDecl::TK_NonTemplate ||
      D.isDependentContext())
    return Reject(DiagnosticID::Template);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&D);
      Method && !Method->isStatic())
    return Reject(DiagnosticID::NonStaticMember);
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
  return true;
}

bool Collector::checkTypes(const Export &E) {
  bool Passable = true;
  auto Check = [&](const Value &V, llvm::StringRef What) {
    const auto *Record = dyn_cast<ilbridge::RecordType>(V.Ty);
    if (!Record || Record->IsTriviallyCopyable)
      return;
    Passable = false;
    Diagnostic &D =
        Findings.add(diagnose(DiagnosticID::NonTrivialType, V.Where,
                              E.Decl.qualifiedName(), What, V.Spelling));
    D.note(Record->Decl.Where, "'" + V.Spelling + "' is defined here");
  };
  for (const auto &[I, Param] : llvm::enumerate(E.Params))
    Check(Param, Param.Name.empty()
                     ? llvm::formatv("parameter {0}", I + 1).str()
                     : "parameter '" + Param.Name + "'");
  Check(E.Result, "its result");
  return Passable;
}

//===----------------------------------------------------------------------===//
// Describing a function
//===----------------------------------------------------------------------===//

static bool isDeclaredOnce(const FunctionDecl &D) {
  auto Redecls = D.redecls();
  return std::next(Redecls.begin()) == Redecls.end();
}

void Collector::describe(const FunctionDecl &D, Export &E) {
  E.Decl = Lowering.named(D);
  E.Symbol = Mangler.getName(&D);
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
  E.Varies = F.Types.keep(Lowering.variation(D));
  E.ConventionVaries = F.Types.keep(Lowering.conventionVariation(D));
  if (const TypeSourceInfo *Written = D.getTypeSourceInfo())
    if (const auto *A = Written->getType()->getAs<AttributedType>())
      E.StatedConvention = statedConvention(*A).value_or(E.Convention);
  if (const auto *Proto = dyn_cast<FunctionProtoType>(Ty))
    E.IsNoexcept = Proto->isNothrow();

  E.IsInternal = !D.isExternallyVisible();

  for (const auto &[I, Param] : llvm::enumerate(D.parameters())) {
    // The definition tends to name what the declaration leaves out.
    llvm::StringRef Name = Param->getName();
    for (const FunctionDecl *Redecl : D.redecls())
      if (Name.empty() && I < Redecl->getNumParams())
        Name = Redecl->getParamDecl(I)->getName();
    E.Params.push_back(Lowering.value(
        Name, Param->getType(), Param->getLocation(), Param->getSourceRange()));
    if (const auto *Array =
            Ctx.getAsConstantArrayType(Param->getOriginalType()))
      E.Params.back().Bound = Array->getZExtSize();
    // Another declaration would have to change with it.
    if (const TypeSourceInfo *Written = Param->getTypeSourceInfo();
        Written && isDeclaredOnce(D))
      E.Params.back().Written = Lowering.written(
          Param->getType(),
          Written->getTypeLoc().getUnqualifiedLoc().getSourceRange(),
          E.Params.back().Where.File);
  }
  describeResult(D, E);
}

/// The spelling of the wrapper that a function returns, and in \p T what is in
/// it. Empty: it returns a \p T.
static std::string resultWrapper(QualType &T, const ASTContext &Ctx) {
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

void Collector::describeResult(const FunctionDecl &D, Export &E) {
  SourceLocation Loc = D.getReturnTypeSourceRange().getBegin();
  if (Loc.isInvalid())
    Loc = D.getLocation();
  QualType T = D.getReturnType();
  E.ResultWrapper = resultWrapper(T, Ctx);
  E.Result = Lowering.value("", T, Loc, D.getReturnTypeSourceRange());
  if (E.ResultWrapper.empty() && isDeclaredOnce(D))
    E.Result.Written =
        Lowering.written(T, D.getReturnTypeSourceRange(), E.Result.Where.File);
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
  C.finish(U.Uses);
}

bool isAnnotatingMacro(llvm::StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("ILBRIDGE_EXPORT", "ILBRIDGE_EXPORT_AS", true)
      .Cases("ILBRIDGE_INTERNAL_CALL", "ILBRIDGE_NEWOBJ", true)
      .Cases("ILBRIDGE_INTRINSIC", "ILBRIDGE_OWNED", "ILBRIDGE_BORROWED", true)
      .Default(false);
}

void collectUnannotated(const ParsedUnit &U, const llvm::StringSet<> &Names,
                        Facts &F, FilesByPath &Files) {
  describeTarget(U.Context, F);
  DiagnosticList Unsaid; // nobody asked for these functions to be exported
  Collector C(U, F, Unsaid, Files, &Names);
  for (const Decl *D : U.Declarations)
    C.visit(*D);
}

/// Gives annotated declarations to \p Visit until it returns true.
static bool findAnnotated(const DeclContext &In,
                          llvm::function_ref<bool(const Decl &)> Visit) {
  for (const Decl *D : In.decls()) {
    const Decl *Inner = D;
    if (const auto *Template = dyn_cast<TemplateDecl>(D))
      if (const clang::NamedDecl *Pattern = Template->getTemplatedDecl())
        Inner = Pattern;
    if (isAnnotated(*Inner) && Visit(*Inner))
      return true;
    if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl, CXXRecordDecl>(Inner))
      if (findAnnotated(*cast<DeclContext>(Inner), Visit))
        return true;
  }
  return false;
}

SourceLocation firstAnnotation(const ASTContext &Ctx) {
  SourceLocation First;
  findAnnotated(*Ctx.getTranslationUnitDecl(), [&](const Decl &D) {
    First = D.getLocation();
    return true;
  });
  return First;
}

std::vector<std::string> annotatedFiles(const ParsedUnit &U) {
  SourceManager &SM = U.Context.getSourceManager();
  auto Cwd =
      SM.getFileManager().getVirtualFileSystem().getCurrentWorkingDirectory();
  std::set<std::string> Files;
  findAnnotated(*U.Context.getTranslationUnitDecl(), [&](const Decl &D) {
    FileID ID = SM.getFileID(SM.getFileLoc(D.getLocation()));
    if (OptionalFileEntryRef File = SM.getFileEntryRefForID(ID))
      Files.insert(shownPath(File->getName(), Cwd ? *Cwd : "", U.Root));
    return false;
  });
  return {Files.begin(), Files.end()};
}

} // namespace ilbridge::native

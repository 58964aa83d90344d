//===- Annotations.cpp - Annotations of ilbridge/export.h -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Annotations.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/native/Scanner.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <cstring>
#include <set>

using namespace clang;

namespace ilbridge::native {

constexpr llvm::StringLiteral Prefix = "ilbridge.";
constexpr llvm::StringLiteral Length = "ilbridge.length";
constexpr llvm::StringLiteral Import = "ilbridge.import";
constexpr llvm::StringLiteral Generated = "ilbridge.generated";

bool isAnnotated(const Decl &D, bool OrEarlier) {
  return D.hasAttrs() &&
         llvm::any_of(D.specific_attrs<AnnotateAttr>(), [&](auto *A) {
           return A->getAnnotation().starts_with(Prefix) &&
                  (OrEarlier || !A->isInherited());
         });
}

bool isAnnotatingMacro(llvm::StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("ILBRIDGE_EXPORT", "ILBRIDGE_EXPORT_AS", true)
      .Cases("ILBRIDGE_INTERNAL_CALL", "ILBRIDGE_NEWOBJ", true)
      .Cases("ILBRIDGE_INTRINSIC", "ILBRIDGE_NEWOBJ_INTRINSIC", true)
      .Cases("ILBRIDGE_FUNCTION_POINTER", "ILBRIDGE_IMPORT", true)
      .Cases("ILBRIDGE_OWNED", "ILBRIDGE_BORROWED", true)
      .Cases("ILBRIDGE_KEEPS_CALLBACKS", "ILBRIDGE_LENGTH", true)
      .Default(false);
}

bool isLength(const FunctionDecl &D, unsigned Param) {
  // Declarations do not inherit the annotations of parameters.
  return llvm::any_of(D.redecls(), [&](const FunctionDecl *Redecl) {
    return Param < Redecl->getNumParams() &&
           llvm::any_of(
               Redecl->getParamDecl(Param)->specific_attrs<AnnotateAttr>(),
               [](auto *A) { return A->getAnnotation() == Length; });
  });
}

bool isAnnotatedAsImport(const Decl &D) {
  return llvm::any_of(D.specific_attrs<AnnotateAttr>(), [](auto *A) {
    return A->getAnnotation().split(':').first == Import;
  });
}

bool isGenerated(const Decl &D) {
  return llvm::any_of(D.specific_attrs<AnnotateAttr>(), [](auto *A) {
    return A->getAnnotation() == Generated && !A->isInherited();
  });
}

bool isMisplacedOn(const ParmVarDecl &P) {
  return llvm::any_of(P.specific_attrs<AnnotateAttr>(), [](auto *A) {
    return A->getAnnotation().starts_with(Prefix) &&
           A->getAnnotation() != Length;
  });
}

std::optional<Annotations> annotations(const Decl &D, const Location &Where,
                                       DiagnosticList &Findings) {
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
    } else if (Text == Length) {
      Reject(Text, "it belongs on the parameter that gets the length");
    } else if (Text == Generated) {
      continue;
    } else if (Text.split(':').first == Import) {
      if (Name.empty())
        Reject(Text, "it does not name a managed method");
      else if (!llvm::is_contained(Result.Imports, Name))
        Result.Imports.push_back(Name.str());
    } else if (std::optional<ExportKind> K = exportKind(Kind)) {
      if (Name.empty() && (*K != ExportKind::PInvoke || Word != Kind))
        Reject(Text, "it does not name a managed method");
      else
        Result.Exports.push_back({*K, Name.str()});
    } else {
      Reject(Text, "ilbridge knows no such annotation");
    }
  }
  if (Result.Owned && Result.Borrowed)
    Reject("ilbridge.owned",
           "the function is also annotated \"ilbridge.borrowed\"");
  if (!Result.Imports.empty() &&
      (Result.Imports.size() > 1 || !Result.Exports.empty() || Result.Owned ||
       Result.Borrowed || Result.KeepsCallbacks))
    Reject((Import + ":" + Result.Imports.front()).str(),
           "a declaration with ILBRIDGE_IMPORT cannot have another annotation");
  if (!Understood)
    return std::nullopt;
  return Result;
}

SourceRange annotationRange(const FunctionDecl &Shown, ExportKind Kind,
                            llvm::StringRef ManagedName) {
  std::string Text = (Prefix + name(Kind)).str();
  if (!ManagedName.empty())
    Text += (":" + ManagedName).str();
  const AnnotateAttr *Only = nullptr;
  for (const FunctionDecl *Redecl : Shown.redecls())
    for (const auto *A : Redecl->specific_attrs<AnnotateAttr>())
      if (A->getAnnotation() == Text && !A->isInherited()) {
        if (Only || Redecl != &Shown)
          return {};
        Only = A;
      }
  if (!Only || !Only->getLocation().isMacroID())
    return {};
  const ASTContext &Ctx = Shown.getASTContext();
  const SourceManager &SM = Ctx.getSourceManager();
  CharSourceRange Range = SM.getExpansionRange(Only->getLocation());
  llvm::StringRef Macro = Lexer::getSourceText(Range, SM, Ctx.getLangOpts());
  bool IsInvalid = false;
  SourceLocation End =
      Lexer::getLocForEndOfToken(Range.getEnd(), 0, SM, Ctx.getLangOpts());
  const char *Behind = SM.getCharacterData(End, &IsInvalid);
  if (!Macro.starts_with("ILBRIDGE_") || End.isInvalid() || IsInvalid)
    return {};
  return {Range.getBegin(), End.getLocWithOffset(std::strspn(Behind, " \t"))};
}

/// Calls \p Visit for annotated declarations until it returns true.
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

//===- RegisteringBodies.cpp - Bodies that may register -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RegisteringBodies.h"
#include "InvokerReader.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

bool RegisteringBodies::areThere() {
  if (AreThere)
    return true;
  IdentifierTable &Table = PP.getIdentifierTable();
  IdentifierInfoLookup *Precompiled = Table.getExternalIdentifierLookup();
  for (llvm::StringRef Word : Words.all().keys())
    if (Table.find(Word) != Table.end() ||
        (Precompiled && Precompiled->get(Word)))
      return AreThere = true;
  return false;
}

const std::vector<RegisteringBodies::Token> &
RegisteringBodies::tokens(FileID File) {
  auto [It, IsNew] = Files.try_emplace(File);
  std::vector<Token> &All = It->second;
  if (!IsNew)
    return All;
  const SourceManager &SM = PP.getSourceManager();
  std::optional<llvm::MemoryBufferRef> Buffer =
      SM.getBufferOrNone(File, SourceLocation());
  if (!Buffer || Buffer->getBuffer().starts_with(select::GeneratedText))
    return All;
  Lexer Raw(File, *Buffer, SM, PP.getLangOpts());
  clang::Token T;
  while (!Raw.LexFromRawLexer(T)) {
    char Punctuation = T.is(tok::l_paren)   ? '('
                       : T.is(tok::r_paren) ? ')'
                       : T.is(tok::l_brace) ? '{'
                       : T.is(tok::r_brace) ? '}'
                       : T.is(tok::comma)   ? ','
                       : T.is(tok::semi)    ? ';'
                                            : 0;
    const IdentifierInfo *Name =
        T.is(tok::raw_identifier)
            ? &PP.getIdentifierTable().get(T.getRawIdentifier())
            : nullptr;
    if (Punctuation || Name)
      All.push_back({SM.getFileOffset(T.getLocation()), Punctuation, Name});
  }
  return All;
}

/// \p Depth is the nesting depth of macros.
bool RegisteringBodies::isWanted(const IdentifierInfo &II, unsigned Depth) {
  if (Words.contains(II.getName()) || Callers.contains(&II) ||
      llvm::is_contained(invokerWords(), II.getName()))
    return true;
  constexpr unsigned MaxDepth = 8;
  if (Depth == MaxDepth)
    return false;
  const MacroInfo *Macro = PP.getMacroInfo(&II);
  return Macro && llvm::any_of(Macro->tokens(), [&](const clang::Token &T) {
           const IdentifierInfo *Inner = T.getIdentifierInfo();
           return Inner && Inner != &II && isWanted(*Inner, Depth + 1);
         });
}

bool RegisteringBodies::mentions(llvm::ArrayRef<Token> Body) {
  return llvm::any_of(
      Body, [&](const Token &T) { return T.Name && isWanted(*T.Name, 0); });
}

bool RegisteringBodies::mayRegister(const FunctionDecl &D) {
  if (!areThere())
    return false;
  const SourceManager &SM = PP.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(D.getLocation());
  if (Loc.isInvalid() || SM.isInSystemHeader(Loc))
    return false;
  auto [File, Offset] = SM.getDecomposedLoc(Loc);
  llvm::ArrayRef<Token> All = tokens(File);
  const Token *Begin = llvm::partition_point(
      All, [&, Offset = Offset](const Token &T) { return T.Offset < Offset; });
  // The body ends at the closing brace. The parameters and the braces of
  // constructor initializers precede it.
  const Token *End = Begin;
  for (unsigned Parens = 0, Braces = 0; End != All.end(); ++End) {
    if (End->Punctuation == '(')
      ++Parens;
    else if (End->Punctuation == ')')
      Parens -= Parens != 0;
    else if (End->Punctuation == '{')
      ++Braces;
    else if (End->Punctuation == ';' && !Parens && !Braces)
      break;
    if (End->Punctuation != '}' || (Braces -= Braces != 0))
      continue;
    const Token *Next = End + 1;
    if (Parens || (Next != All.end() &&
                   (Next->Punctuation == ',' || Next->Punctuation == '{')))
      continue;
    break;
  }
  // A function's own name does not count as a mention, unless a macro generates
  // the whole function.
  const unsigned OwnName = D.getLocation().isMacroID() ? 0 : 1;
  if (Begin == End || !mentions({Begin + OwnName, End}))
    return false;
  if (D.getNumParams() != 0) {
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(&D);
    const IdentifierInfo *Name = Constructor
                                     ? Constructor->getParent()->getIdentifier()
                                     : D.getIdentifier();
    if (Name)
      Callers.insert(Name);
  }
  return true;
}

static SourceLocation firstIn(const DeclContext &In,
                              RegisteringBodies &Bodies) {
  for (const Decl *D : In.decls()) {
    const Decl *Inner = D;
    if (const auto *Template = dyn_cast<TemplateDecl>(D))
      if (const clang::NamedDecl *Pattern = Template->getTemplatedDecl())
        Inner = Pattern;
    if (const auto *Function = dyn_cast<FunctionDecl>(Inner);
        Function && Bodies.mayRegister(*Function))
      return Function->getLocation();
    if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl, CXXRecordDecl>(Inner))
      if (SourceLocation Loc = firstIn(*cast<DeclContext>(Inner), Bodies);
          Loc.isValid())
        return Loc;
  }
  return {};
}

SourceLocation firstRegistering(const ASTContext &Ctx,
                                RegisteringBodies &Bodies) {
  if (!Bodies.areThere())
    return {};
  return firstIn(*Ctx.getTranslationUnitDecl(), Bodies);
}

} // namespace ilbridge::native

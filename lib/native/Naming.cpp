//===- Naming.cpp - Names of declarations and types -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Naming.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "llvm/Support/JSON.h"

using namespace clang;

namespace ilbridge::native {

/// Returns the documentation comment of any declaration of \p D.
static std::string comment(const clang::NamedDecl &D, const ASTContext &Ctx) {
  const RawComment *Raw = Ctx.getRawCommentForAnyRedecl(&D);
  if (!Raw || !Raw->isDocumentation())
    return "";
  std::string Text =
      Raw->getFormattedText(Ctx.getSourceManager(), Ctx.getDiagnostics());
  // Facts can only contain valid UTF-8.
  return llvm::StringRef(llvm::json::isUTF8(Text) ? Text
                                                  : llvm::json::fixUTF8(Text))
      .trim()
      .str();
}

Declaration Naming::declaration(const clang::NamedDecl &D) {
  Declaration Result;
  Result.Comment = comment(D, U.Context);
  Result.Where = Locations.location(D.getLocation());
  // A header that only declares a type does not define it.
  const auto *Tag = dyn_cast<TagDecl>(&D);
  const Decl *Definition = Tag ? Tag->getDefinition() : nullptr;
  for (const auto *Redecl : D.redecls())
    if (Definition && Redecl != Definition)
      continue;
    else if (Header H = Locations.headerOf(Redecl->getLocation(),
                                           isa<FunctionDecl, VarDecl>(D))) {
      Result.DeclaredIn = std::move(H);
      break;
    }

  PrintingPolicy Policy = Sema::getPrintingPolicy(U.Context, U.PP);
  Policy.SuppressScope = true;
  Policy.AnonymousTagLocations = false;
  auto NameOf = [&](const clang::NamedDecl &N) -> std::string {
    if (!N.getDeclName()) {
      const auto *Tag = dyn_cast<TagDecl>(&N);
      const TypedefNameDecl *T =
          Tag ? Tag->getTypedefNameForAnonDecl() : nullptr;
      return T ? T->getNameAsString() : "";
    }
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    if (isa<ClassTemplateSpecializationDecl>(N)) {
      PrintingPolicy Full = Sema::getPrintingPolicy(U.Context, U.PP);
      versions::printCanonicalTypes(Full);
      N.getNameForDiagnostic(OS, Full, /*Qualified=*/false);
    } else {
      N.printName(OS, Policy);
    }
    return Text;
  };
  Result.Path.push_back(NameOf(D));
  for (const DeclContext *C = D.getDeclContext(); C; C = C->getParent())
    if (const auto *Scope = dyn_cast<clang::NamedDecl>(C)) {
      const auto *Namespace = dyn_cast<NamespaceDecl>(Scope);
      if (Namespace && Namespace->isInline())
        continue;
      Result.Path.push_back(NameOf(*Scope));
      Result.ClassScopes += C->isRecord();
    }
  std::reverse(Result.Path.begin(), Result.Path.end());
  return Result;
}

std::string Naming::spelling(QualType T) const {
  PrintingPolicy Policy = Sema::getPrintingPolicy(U.Context, U.PP);
  Policy.SuppressTagKeyword = U.Context.getLangOpts().CPlusPlus;
  Policy.AnonymousTagLocations = false; // they contain paths of this machine
  return T.getAsString(Policy);
}

} // namespace ilbridge::native

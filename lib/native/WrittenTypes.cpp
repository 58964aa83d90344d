//===- WrittenTypes.cpp - The text of types -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WrittenTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace ilbridge::native {

WrittenTypes::WrittenTypes(const ParsedUnit &U, SourceLocations &Locations)
    : Ctx(U.Context), SM(Ctx.getSourceManager()), Locations(Locations) {}

static bool isDeclaredOnce(const Decl &D) {
  return !D.getPreviousDecl() && D.getMostRecentDecl() == &D;
}

WrittenType WrittenTypes::range(SourceLocation Begin, SourceLocation LastToken,
                                llvm::StringRef File) {
  SourceLocation End =
      Lexer::getLocForEndOfToken(LastToken, 0, SM, Ctx.getLangOpts());
  if (Begin.isInvalid() || Begin.isMacroID() || End.isInvalid() ||
      LastToken.isMacroID())
    return {};
  Location First = Locations.location(Begin), Last = Locations.location(End);
  if (First.File != File || Last.File != File)
    return {};
  return {First.Start, Last.Start};
}

WrittenType WrittenTypes::number(QualType T, SourceRange Written,
                                 llvm::StringRef File) {
  // Other types do not consist of adjacent parts.
  if (!T->isArithmeticType() || T->isEnumeralType())
    return {};
  return range(Written.getBegin(), Written.getEnd(), File);
}

WrittenType WrittenTypes::ofParameter(const FunctionDecl &D,
                                      const ParmVarDecl &Param,
                                      llvm::StringRef File) {
  const TypeSourceInfo *Written = Param.getTypeSourceInfo();
  if (!Written || !isDeclaredOnce(D))
    return {};
  return number(Param.getType(),
                Written->getTypeLoc().getUnqualifiedLoc().getSourceRange(),
                File);
}

WrittenType WrittenTypes::ofResult(const FunctionDecl &D,
                                   llvm::StringRef File) {
  if (!isDeclaredOnce(D))
    return {};
  return number(D.getReturnType(), D.getReturnTypeSourceRange(), File);
}

WrittenType WrittenTypes::ofField(const FieldDecl &F, llvm::StringRef File) {
  const TypeSourceInfo *Written = F.getTypeSourceInfo();
  if (!Written || F.isBitField())
    return {};
  return number(F.getType(),
                Written->getTypeLoc().getUnqualifiedLoc().getSourceRange(),
                File);
}

WrittenType WrittenTypes::underlying(const EnumDecl &E, llvm::StringRef File) {
  if (!isDeclaredOnce(E) || !E.getIdentifier())
    return {};
  if (const TypeSourceInfo *Written = E.getIntegerTypeSourceInfo())
    return number(E.getIntegerType(), Written->getTypeLoc().getSourceRange(),
                  File);
  WrittenType Name = range(E.getLocation(), E.getLocation(), File);
  return {Name.End, Name.End};
}

} // namespace ilbridge::native

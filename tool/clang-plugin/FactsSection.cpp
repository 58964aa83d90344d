//===- FactsSection.cpp - Facts inside an object file ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsSection.h"
#include "ilbridge/native/ObjectFacts.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace ilbridge {

bool canHoldFacts(const ASTContext &Ctx) {
  return Ctx.getTargetInfo().getTriple().isOSBinFormatELF();
}

/// %progbits and not @progbits: @ opens a comment in ARM's assembly. "e" is
/// SHF_EXCLUDE, which excludes the section from linked output.
static std::string assembly(llvm::StringRef Facts) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << ".pushsection " << native::FactsSectionName << ",\"e\",%progbits\n";
  for (llvm::StringRef Rest = Facts, Line; !Rest.empty();) {
    std::tie(Line, Rest) = Rest.split('\n');
    OS << ".ascii \"";
    for (unsigned char C : Line)
      if (C == '"' || C == '\\')
        OS << '\\' << C;
      else if (C < 0x20 || C >= 0x7f)
        OS << '\\' << char('0' + (C >> 6)) << char('0' + (C >> 3 & 7))
           << char('0' + (C & 7));
      else
        OS << C;
    OS << "\\n\"\n";
  }
  OS << ".popsection\n";
  return Text;
}

Decl *factsSection(ASTContext &Ctx, llvm::StringRef Facts) {
  std::string Text = assembly(Facts);
  QualType Type = Ctx.getConstantArrayType(
      Ctx.CharTy, llvm::APInt(32, Text.size() + 1), /*SizeExpr=*/nullptr,
      versions::NormalArray, /*IndexTypeQuals=*/0);
  auto *Literal =
      StringLiteral::Create(Ctx, Text, versions::OrdinaryString,
                            /*Pascal=*/false, Type, SourceLocation());
  return FileScopeAsmDecl::Create(Ctx, Ctx.getTranslationUnitDecl(), Literal,
                                  SourceLocation(), SourceLocation());
}

} // namespace ilbridge

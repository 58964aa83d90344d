//===- ClangTarget.cpp - The targets of Clang -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Clang.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/Stack.h"
#include "clang/Basic/Version.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::abi {

llvm::StringRef clangVersion() { return CLANG_VERSION_STRING; }

void noteBottomOfStack() { clang::noteBottomOfStack(); }

llvm::Expected<bool> isKnownToClang(llvm::StringRef Triple) {
  auto Options = std::make_shared<clang::TargetOptions>();
  Options->Triple = llvm::Triple::normalize(Triple);
  versions::Diagnostics Ignored;
  return versions::createTarget(*Ignored.engine(), Options) != nullptr;
}

DataModel dataModel(const clang::ASTContext &Ctx) {
  DataModel Model;
  Model.Pointer = Ctx.getTypeSize(Ctx.VoidPtrTy);
  Model.Size = Ctx.getTypeSize(Ctx.getSizeType());
  Model.Long = Ctx.getTypeSize(Ctx.LongTy);
  setManagedWidths(Model, Ctx.getTargetInfo().getTriple());
  Model.WChar = Ctx.getTypeSize(Ctx.WCharTy);
  Model.LongDouble = Ctx.getTypeSize(Ctx.LongDoubleTy);
  Model.CharIsSigned = Ctx.getLangOpts().CharIsSigned;
  Model.WCharIsSigned = Ctx.WCharTy->isSignedIntegerType();
  return Model;
}

} // namespace ilbridge::abi

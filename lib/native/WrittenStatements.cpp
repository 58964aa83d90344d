//===- WrittenStatements.cpp - Statements as the source has them ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WrittenStatements.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::native {

llvm::SmallVector<const Stmt *, 8> writtenChildren(const Stmt &S) {
  llvm::SmallVector<const Stmt *, 8> Result;
  if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
    Result = {For->getInit(), For->getLoopVarStmt(), For->getRangeInit(),
              For->getBody()};
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
    for (auto [Capture, Init] :
         llvm::zip(Lambda->captures(), Lambda->capture_inits()))
      if (Capture.isExplicit())
        Result.push_back(Init);
    Result.push_back(Lambda->getBody());
  } else if (const auto *Block = dyn_cast<BlockExpr>(&S)) {
    Result.push_back(Block->getBody());
  } else if (const auto *List = dyn_cast<InitListExpr>(&S);
             List && List->getSyntacticForm()) {
    llvm::append_range(Result, List->getSyntacticForm()->children());
  } else {
    llvm::append_range(Result, S.children());
  }
  llvm::erase(Result, nullptr);
  return Result;
}

} // namespace ilbridge::native

//===- ValueLowering.h - How Clang passes one value -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_VALUELOWERING_H
#define ILBRIDGE_LIB_ABI_VALUELOWERING_H

#include "ilbridge/abi/Lowering.h"
#include "clang/AST/ASTContext.h"
#include "clang/CodeGen/CGFunctionInfo.h"

namespace clang::CodeGen {
class CodeGenModule;
}

namespace ilbridge::abi {

/// Records that were checked for explicit offsets.
using PlacedRecords = llvm::DenseMap<const clang::RecordDecl *, bool>;

ValueLowering lowered(const clang::CodeGen::ABIArgInfo &Info, clang::QualType T,
                      bool IsResult, clang::CodeGen::CodeGenModule &CGM,
                      const clang::ASTContext &Ctx, PlacedRecords &Placed);

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_VALUELOWERING_H

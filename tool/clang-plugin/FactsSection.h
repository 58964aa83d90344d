//===- FactsSection.h - Facts inside an object file -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TOOL_CLANG_PLUGIN_FACTSSECTION_H
#define ILBRIDGE_TOOL_CLANG_PLUGIN_FACTSSECTION_H

#include "llvm/ADT/StringRef.h"

namespace clang {
class ASTContext;
class Decl;
} // namespace clang

namespace ilbridge {

/// Whether the object file can contain a section that linkers drop: only ELF
/// files can.
bool canHoldFacts(const clang::ASTContext &Ctx);

/// Returns a declaration whose code is a section with that text.
clang::Decl *factsSection(clang::ASTContext &Ctx, llvm::StringRef Facts);

} // namespace ilbridge

#endif // ILBRIDGE_TOOL_CLANG_PLUGIN_FACTSSECTION_H

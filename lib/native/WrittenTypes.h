//===- WrittenTypes.h - The text of types -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_WRITTENTYPES_H
#define ILBRIDGE_LIB_NATIVE_WRITTENTYPES_H

#include "SourceLocations.h"
#include "ilbridge/type/Type.h"
#include "clang/AST/Type.h"

namespace clang {
class EnumDecl;
class FieldDecl;
class FunctionDecl;
class ParmVarDecl;
} // namespace clang

namespace ilbridge::native {

/// Finds the text of number types in declarations, in one range that an edit
/// can replace. \p File is the file of the declaration. Text in another file or
/// from a macro is not found.
class WrittenTypes {
public:
  WrittenTypes(const ParsedUnit &U, SourceLocations &Locations);

  /// The result is empty for a function that the unit declares more than once,
  /// because another declaration would have to change with it.
  WrittenType ofParameter(const clang::FunctionDecl &D,
                          const clang::ParmVarDecl &Param,
                          llvm::StringRef File);
  WrittenType ofResult(const clang::FunctionDecl &D, llvm::StringRef File);
  WrittenType ofField(const clang::FieldDecl &F, llvm::StringRef File);
  /// Returns an empty range after the name of an enum without an underlying
  /// type.
  WrittenType underlying(const clang::EnumDecl &E, llvm::StringRef File);

private:
  WrittenType number(clang::QualType T, clang::SourceRange Written,
                     llvm::StringRef File);
  WrittenType range(clang::SourceLocation Begin, clang::SourceLocation End,
                    llvm::StringRef File);

  clang::ASTContext &Ctx;
  clang::SourceManager &SM;
  SourceLocations &Locations;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_WRITTENTYPES_H

//===- ExportDescriber.h - A function as an export -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_EXPORTDESCRIBER_H
#define ILBRIDGE_LIB_NATIVE_EXPORTDESCRIBER_H

#include "TypeLowering.h"
#include "ilbridge/native/Export.h"
#include "clang/AST/Mangle.h"
#include "clang/AST/TypeLoc.h"

namespace ilbridge::native {

/// Describes functions, and pointers to functions, of one unit.
class ExportDescriber {
public:
  /// \p F owns the types of the exports.
  ExportDescriber(const ParsedUnit &U, Facts &F, Places &ThePlaces)
      : Types(F.Types), Lowering(U, F, ThePlaces), Edits(U, ThePlaces),
        Mangler(U.Context) {}

  /// The lowering of the types that it describes.
  TypeLowering &types() { return Lowering; }

  /// Fills in all properties of \p D except its annotations.
  void describe(const clang::FunctionDecl &D, DeclaredFunction &E);
  /// The same of the function that \p D, a pointer to one, points to.
  void describe(const clang::VarDecl &D, ManagedImport &I);

private:
  void describeNamed(const clang::ValueDecl &D, DeclaredFunction &E);
  void describeResult(const clang::FunctionDecl &D, DeclaredFunction &E);

  TypeContext &Types;
  TypeLowering Lowering;
  WrittenTypes Edits;
  clang::ASTNameGenerator Mangler;
};

/// The spelling of the result wrapper, whose argument becomes \p T. Empty: the
/// function returns \p T.
std::string resultWrapper(clang::QualType &T, const clang::ASTContext &Ctx);
/// The function type as \p D, a pointer to a function, writes it; null: a
/// typedef stands for it.
clang::FunctionProtoTypeLoc writtenFunction(const clang::VarDecl &D);
/// Returns the location of the result type, or else that of the
/// name.
clang::SourceLocation resultLocation(const clang::FunctionDecl &D);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_EXPORTDESCRIBER_H

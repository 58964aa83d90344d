//===- ExportDescriber.h - Describes functions as exports -------*- C++ -*-===//
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

/// Describes the functions, and pointers to functions, of one translation unit.
class ExportDescriber {
public:
  /// \p F owns the types of the exports.
  ExportDescriber(const ParsedUnit &U, Facts &F, SourceLocations &Locations)
      : Types(F.Types), Lowering(U, F, Locations), Edits(U, Locations),
        Mangler(U.Context) {}

  /// The lowering of the types that it describes.
  TypeLowering &types() { return Lowering; }

  /// Fills in all properties of \p D except its annotations.
  void describe(const clang::FunctionDecl &D, DeclaredFunction &E);
  /// As above, for the pointee of \p D, which is a pointer to a function.
  void describe(const clang::VarDecl &D, ManagedImport &I);

private:
  void describeNamed(const clang::ValueDecl &D, DeclaredFunction &E);
  void describeResult(const clang::FunctionDecl &D, DeclaredFunction &E);

  TypeContext &Types;
  TypeLowering Lowering;
  WrittenTypes Edits;
  clang::ASTNameGenerator Mangler;
};

/// Returns the spelling of the result wrapper, and sets \p T to its argument.
/// Empty if the function returns \p T.
std::string resultWrapper(clang::QualType &T, const clang::ASTContext &Ctx);
/// Returns the function type in the declaration of \p D, a pointer to a
/// function; null if it is written as a typedef.
clang::FunctionProtoTypeLoc writtenFunction(const clang::VarDecl &D);
/// Returns the location of the result type, or else that of the
/// name.
clang::SourceLocation resultLocation(const clang::FunctionDecl &D);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_EXPORTDESCRIBER_H

//===- TypeLowering.h - Lowers Clang's types --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_TYPELOWERING_H
#define ILBRIDGE_LIB_NATIVE_TYPELOWERING_H

#include "Naming.h"
#include "SourceLocations.h"
#include "TargetDependence.h"
#include "WrittenTypes.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"

namespace clang {
class DeclaratorDecl;
class EnumConstantDecl;
class EnumDecl;
class Expr;
class IntegerLiteral;
class NamedDecl;
class RecordDecl;
class TypeDecl;
} // namespace clang

namespace ilbridge::native {

/// Lowers the types of one translation unit. TypeBounds must have accepted
/// them.
///
/// A type is stored as it is written: typedefs are replaced until a fundamental
/// type remains, or a name that C and C++ define themselves (size_t, int64_t,
/// …).
class TypeLowering {
public:
  /// \p F owns the types.
  TypeLowering(const ParsedUnit &U, Facts &F, SourceLocations &Locations);

  const Type *lower(clang::QualType T);
  /// Returns a parameter, result or field that is declared at \p Loc with a
  /// type that is written in \p Written.
  Value value(llvm::StringRef Name, clang::QualType T,
              clang::SourceLocation Loc, clang::SourceRange Written);
  /// Returns why a function may be missing on other targets, or have other
  /// parameters.
  Variation variation(const clang::DeclaratorDecl &D);
  /// Returns why a function may have another convention on other targets.
  Variation conventionVariation(const clang::DeclaratorDecl &D);
  /// Scopes, location and header of a declaration.
  Declaration named(const clang::NamedDecl &D) {
    return TheNames.declaration(D);
  }
  Location location(clang::SourceLocation Loc) {
    return Locations.location(Loc);
  }

private:
  const Type *lowerHere(clang::QualType T);
  const Type *lowerBuiltin(const clang::BuiltinType &T);
  const Type *lowerTypedef(const clang::TypedefNameDecl &D);
  const Type *lowerRecord(const clang::RecordDecl &D);
  const Type *transparentUnion(const clang::RecordDecl &D);
  bool isStream(const clang::RecordDecl &D);
  const Type *lowerVector(const clang::VectorType &T, Declaration D);
  const Type *lowerEnum(const clang::EnumDecl &D);
  const Type *lowerFunction(const clang::FunctionType &T,
                            std::optional<CallingConvention> Stated = {});
  const Type *opaque(clang::QualType T);
  const Type *elements(const clang::CXXRecordDecl &D);
  void fill(RecordType &R, const clang::RecordDecl &D);
  Variation variation(const clang::TypeDecl &D);
  void vary(ilbridge::RecordType &R, const clang::RecordDecl &D);

  // Numbers that Clang computed for the scanned target.
  /// Adds what the bounds, bit-fields and alignments of a type depend on.
  void addConstants(const clang::TypeDecl &D, Variation &V);
  void addBounds(const clang::TypeSourceInfo *Written, Variation &V);
  void addValue(const clang::Expr &E, Variation &V);
  void addOperands(const clang::Expr &E, Variation &V);
  void addOperandsHere(const clang::Expr &E, Variation &V);
  bool isOfSystem(const clang::IntegerLiteral &L);
  const clang::Expr *initializerOf(const clang::EnumConstantDecl &C);
  void addSize(clang::QualType T, Variation &V);

  const ParsedUnit &U;
  clang::ASTContext &Ctx;
  TypeContext &Types;
  SourceLocations &Locations;
  Naming TheNames;
  WrittenTypes Edits;
  TargetDependence Depends;
  /// Whether the headers are installed for the system for which the translation
  /// unit is compiled. Their typedefs may differ on other systems.
  bool AreInstalled;
  llvm::DenseMap<const clang::Decl *, const Type *> Declared;
  /// The FILE of the C library; null: there is none. Not set: not looked up.
  std::optional<const clang::Decl *> Stream;
  /// The types and macros on which the size of a struct or enum depends.
  llvm::DenseMap<const clang::Decl *, Variation> OfSize;
  /// Those on which the value of a constant depends, by its initializer.
  llvm::DenseMap<const clang::Expr *, Variation> OfValue;
  llvm::DenseMap<const clang::EnumConstantDecl *, const clang::Expr *>
      Initializers;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_TYPELOWERING_H

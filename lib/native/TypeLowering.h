//===- TypeLowering.h - Clang's types to ilbridge's -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_TYPELOWERING_H
#define ILBRIDGE_LIB_NATIVE_TYPELOWERING_H

#include "Places.h"
#include "TargetDependence.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"

namespace clang {
class EnumDecl;
class FieldDecl;
class FunctionDecl;
class NamedDecl;
class RecordDecl;
class SourceManager;
class TypeDecl;
} // namespace clang

namespace ilbridge::native {

/// Lowers the types of one translation unit.
///
/// A type is kept as what was written: typedefs are looked through until one
/// of the names that C and C++ themselves define (size_t, int64_t, …) or a
/// fundamental type stands there.
class TypeLowering {
public:
  /// \p F owns the types.
  TypeLowering(const ParsedUnit &U, Facts &F, Places &ThePlaces);

  const Type *lower(clang::QualType T);
  /// A parameter, result or field declared at \p Loc, whose type is written in
  /// \p Written.
  Value value(llvm::StringRef Name, clang::QualType T,
              clang::SourceLocation Loc, clang::SourceRange Written);
  /// Why a function may not be there elsewhere, or have other parameters.
  Variation variation(const clang::FunctionDecl &D);
  /// Why it may have another convention elsewhere.
  Variation conventionVariation(const clang::FunctionDecl &D);
  /// Where a declaration in \p File writes the type of a number, \p T; invalid
  /// if that cannot be edited.
  WrittenType written(clang::QualType T, clang::SourceRange Written,
                      llvm::StringRef File);
  /// Scopes, place and header of a declaration.
  Declaration named(const clang::NamedDecl &D);
  Location location(clang::SourceLocation Loc) {
    return ThePlaces.location(Loc);
  }
  std::string spelling(clang::QualType T);

private:
  const Type *lowerBuiltin(const clang::BuiltinType &T);
  const Type *lowerWellKnown(const clang::TypedefNameDecl &D);
  const Type *lowerTypedef(const clang::TypedefNameDecl &D);
  const Type *lowerRecord(const clang::RecordDecl &D);
  const Type *lowerEnum(const clang::EnumDecl &D);
  const Type *lowerFunction(const clang::FunctionType &T,
                            std::optional<CallingConvention> Stated = {});
  const Type *opaque(clang::QualType T);
  const Type *scalar(ScalarType::Class C, Width W, Signedness S);
  void fill(RecordType &R, const clang::RecordDecl &D);
  WrittenType range(clang::SourceLocation Begin, clang::SourceLocation End,
                    llvm::StringRef File);
  WrittenType writtenType(const clang::FieldDecl &F, llvm::StringRef File);
  WrittenType underlyingType(const clang::EnumDecl &E, llvm::StringRef File);
  Variation variation(const clang::TypeDecl &D);
  void vary(ilbridge::RecordType &R, const clang::RecordDecl &D);

  bool isComplete(const clang::RecordDecl &D, clang::QualType T);

  const ParsedUnit &U;
  clang::ASTContext &Ctx;
  clang::SourceManager &SM;
  TypeContext &Types;
  Places &ThePlaces;
  TargetDependence Depends;
  /// Headers that are installed were made for the system that the unit is
  /// compiled for: their typedefs can be others elsewhere.
  bool AreInstalled;
  llvm::DenseMap<const clang::Decl *, const Type *> Declared;
};

CallingConvention convention(clang::CallingConv CC);
/// What an attribute on a function type says, on targets that ignore it as
/// well: there only the type as written remembers it. Nothing of others.
std::optional<CallingConvention>
statedConvention(const clang::AttributedType &T);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_TYPELOWERING_H

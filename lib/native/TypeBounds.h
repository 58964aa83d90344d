//===- TypeBounds.h - Limits of types ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang accepts types that are nested without a limit, and templates whose
// instances lead to more and more instances. Types are measured here before
// other code recurses into them, in time that is linear in the types of the
// translation unit.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_TYPEBOUNDS_H
#define ILBRIDGE_LIB_NATIVE_TYPEBOUNDS_H

#include "ilbridge/native/Scanner.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>

namespace clang {
class NamedDecl;
class RecordDecl;
} // namespace clang

namespace ilbridge::native {

/// Whether the fields of \p D can be determined. Instantiates a template that
/// the translation unit names, but does not instantiate.
bool isComplete(const ParsedUnit &U, const clang::RecordDecl &D);

/// A limit that a type exceeds.
struct Excess {
  std::string Limit; ///< "500 levels of structs"
  /// The record or field that exceeds it; null if it is the type itself.
  const clang::NamedDecl *Of = nullptr;
};

/// Checks the types of one translation unit against the limits in
/// ilbridge/type/Limits.h.
class TypeBounds {
public:
  explicit TypeBounds(const ParsedUnit &U) : U(U) {}

  /// Returns the limit that \p T exceeds, or that a type exceeds which it
  /// reaches through pointers and fields; null if there is none. Valid as long
  /// as this object.
  const Excess *find(clang::QualType T);

private:
  using TypeRef = const clang::Type *; ///< canonical
  /// The size of a type as it is written, without the fields of its records.
  struct Size {
    unsigned Depth = 0; ///< nesting of pointers, arrays and functions
    unsigned Parts = 1;
  };
  /// A type that an exported function reaches.
  struct Reached {
    std::vector<TypeRef> From; ///< types that refer to it directly
    const Excess *Has = nullptr;
  };

  const Size &size(TypeRef T);
  unsigned levels(const clang::RecordDecl &Definition);
  std::optional<std::string> excess(TypeRef T);
  void expand(TypeRef T);
  void expand(TypeRef T, const clang::RecordDecl &D);
  void lead(TypeRef From, clang::QualType To);
  void add(TypeRef T, Excess What);
  void mark(TypeRef T, const Excess &What);

  const ParsedUnit &U;
  llvm::DenseMap<TypeRef, Size> Sizes;
  llvm::DenseMap<const clang::RecordDecl *, unsigned> Levels;
  llvm::DenseMap<TypeRef, Reached> Known;
  std::vector<TypeRef> New; ///< types in Known that are not expanded yet
  std::deque<Excess> Found;
  unsigned Instances = 0; ///< created for the current type
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_TYPEBOUNDS_H

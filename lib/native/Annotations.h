//===- Annotations.h - What ilbridge/export.h writes ---------- -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_ANNOTATIONS_H
#define ILBRIDGE_LIB_NATIVE_ANNOTATIONS_H

#include "ilbridge/native/Export.h"
#include "clang/Basic/SourceLocation.h"

namespace clang {
class Decl;
class FunctionDecl;
class ParmVarDecl;
} // namespace clang

namespace ilbridge::native {

/// The annotations on one declaration.
struct Annotations {
  struct Named {
    ExportKind Kind;
    std::string ManagedName;
  };
  std::vector<Named> Exports;
  bool Owned = false;
  bool Borrowed = false;
  bool KeepsCallbacks = false;
};

/// \p OrEarlier: also where an earlier declaration carries the annotation.
bool isAnnotated(const clang::Decl &D, bool OrEarlier = true);

/// Whether a parameter, on any declaration of its function, is annotated as the
/// length of the one before it.
bool isLength(const clang::FunctionDecl &D, unsigned Param);
/// Whether \p P has another annotation, which none has a meaning for.
bool isMisplacedOn(const clang::ParmVarDecl &P);

/// Nullopt where \p Findings, which are at \p Where, get what is wrong.
std::optional<Annotations> annotations(const clang::Decl &D,
                                       const Location &Where,
                                       DiagnosticList &Findings);

/// The annotation for an export of \p Kind as \p ManagedName, where one of the
/// macros of ilbridge/export.h stands on \p Shown and on no other declaration:
/// what else may stand there is not ours to take away. From its beginning up to
/// what follows it; invalid where it is not like that.
clang::SourceRange annotationRange(const clang::FunctionDecl &Shown,
                                   ExportKind Kind,
                                   llvm::StringRef ManagedName);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_ANNOTATIONS_H

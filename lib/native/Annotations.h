//===- Annotations.h - Annotations of ilbridge/export.h ---------*- C++ -*-===//
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
  std::vector<std::string> Imports; ///< names of managed methods
  bool Owned = false;
  bool Borrowed = false;
  bool KeepsCallbacks = false;
};

/// \p OrEarlier: also true if an earlier declaration has the annotation.
bool isAnnotated(const clang::Decl &D, bool OrEarlier = true);

/// Whether a parameter, on any declaration of its function, is annotated as the
/// length of the previous parameter.
bool isLength(const clang::FunctionDecl &D, unsigned Param);
/// Whether \p P has another annotation, which is not valid for parameters.
bool isMisplacedOn(const clang::ParmVarDecl &P);

/// Whether one of the annotations is ILBRIDGE_IMPORT.
bool isAnnotatedAsImport(const clang::Decl &D);

/// Whether generated code defines \p D for an import, which has a separate
/// annotation.
bool isGenerated(const clang::Decl &D);

/// Returns nullopt if they are invalid, and then adds findings at \p Where to
/// \p Findings.
std::optional<Annotations> annotations(const clang::Decl &D,
                                       const Location &Where,
                                       DiagnosticList &Findings);

/// The range of the annotation for an export of \p Kind as \p ManagedName, up
/// to the next token, if a macro of ilbridge/export.h annotates \p Shown and no
/// other declaration. Invalid otherwise, because other code must not be
/// deleted.
clang::SourceRange annotationRange(const clang::FunctionDecl &Shown,
                                   ExportKind Kind,
                                   llvm::StringRef ManagedName);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_ANNOTATIONS_H

//===- Importer.h - The managed model from assemblies -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_IMPORTER_H
#define ILBRIDGE_MANAGED_IMPORTER_H

#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/managed/Model.h"

namespace ilbridge::managed {

/// The types of a signature that the caller requires.
enum class SignatureTypes : uint8_t {
  All,    ///< all types, through pointers and fields: to compare them
  Values, ///< only those that are passed by value
};

/// Adds the P/Invokes, internal calls and callbacks of \p A to \p M, whose
/// types are those of \p Set, with the types of their signatures that are \p
/// Needed. A declaration that cannot be read, or for which a needed type is not
/// found, is a finding; all others are added.
void importAssembly(AssemblySet &Set, Assembly &A, Model &M,
                    DiagnosticList &Findings,
                    SignatureTypes Needed = SignatureTypes::All);

/// Adds every method that matches one of \p Names to M.Methods, unless M has a
/// match already. Searches the assemblies that were read and those that they
/// reference. \p MarshalsOrdinary: native code calls those with a body, so that
/// all types of their signatures are read.
void importMethods(AssemblySet &Set, llvm::ArrayRef<MethodName> Names, Model &M,
                   DiagnosticList &Findings, bool MarshalsOrdinary = false);

/// Passes every method of \p A to \p Visit, in the order of the file, without
/// reading the types of its signature.
void visitMethods(AssemblySet &Set, Assembly &A,
                  llvm::function_ref<void(const Method &)> Visit,
                  DiagnosticList &Findings);

/// A finding about malformed metadata of the declaration at \p Where.
Diagnostic malformed(Location Where, llvm::Error E);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_IMPORTER_H

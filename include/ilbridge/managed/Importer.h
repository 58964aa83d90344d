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

/// Adds the P/Invokes, internal calls and callbacks of \p A to \p M, with the
/// types of their signatures that \p Needed selects. \p M has the types of \p
/// Set. A declaration is a finding if it cannot be read or if a needed type is
/// not found; all others are added.
void importAssembly(AssemblySet &Set, Assembly &A, Model &M,
                    DiagnosticList &Findings,
                    SignatureTypes Needed = SignatureTypes::All);

/// Adds every method that matches one of \p Names to M.Methods, unless M has a
/// match already. Searches the assemblies that were read and those that they
/// reference. \p MarshalsOrdinary: native code calls methods with a body, so
/// all types of their signatures are read.
void importMethods(AssemblySet &Set, llvm::ArrayRef<MethodName> Names, Model &M,
                   DiagnosticList &Findings, bool MarshalsOrdinary = false);

/// Calls \p Visit for every method of \p A, in the order of the file, without
/// reading the types of its signature.
void visitMethods(AssemblySet &Set, Assembly &A,
                  llvm::function_ref<void(const Method &)> Visit,
                  DiagnosticList &Findings);

/// Returns a finding about malformed metadata of the declaration at \p Where.
Diagnostic malformed(Location Where, llvm::Error E);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_IMPORTER_H

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

/// The types of a signature that somebody needs to know.
enum class SignatureTypes : uint8_t {
  All,    ///< all that it reaches, through pointers and fields: to compare them
  Values, ///< those that are passed by value, as an address is
};

/// Adds the P/Invokes, internal calls and callbacks of \p A to \p M, whose
/// types are those of \p Set, with the types of their signatures that are
/// \p Needed. A declaration that cannot be read, or of which such a type is not
/// found, is a finding; the others are there all the same.
void importAssembly(AssemblySet &Set, Assembly &A, Model &M,
                    DiagnosticList &Findings,
                    SignatureTypes Needed = SignatureTypes::All);

/// Adds every method that one of \p Names could mean to M.Methods, unless M has
/// one that it could mean: looked for in the assemblies that were read, and
/// those that they refer to.
void importMethods(AssemblySet &Set, llvm::ArrayRef<MethodName> Names, Model &M,
                   DiagnosticList &Findings);

/// Gives every method of \p A to \p Visit, in the order of the file, without
/// looking at the types that its signature reaches.
void visitMethods(AssemblySet &Set, Assembly &A,
                  llvm::function_ref<void(const Method &)> Visit,
                  DiagnosticList &Findings);

/// A finding about metadata that cannot be read, of what stands at \p Where.
Diagnostic malformed(Location Where, llvm::Error E);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_IMPORTER_H

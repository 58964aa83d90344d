//===- MetadataImport.h - Rows that several importers read ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_METADATAIMPORT_H
#define ILBRIDGE_LIB_MANAGED_METADATAIMPORT_H

#include "ilbridge/ecma335/CustomAttribute.h"
#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/managed/Importer.h"

namespace ilbridge::managed {

/// The arguments of a custom attribute, as long as \p Allocator.
llvm::Expected<ecma335::AttributeArguments>
readAttribute(AssemblySet &Set, Assembly &A, ecma335::CustomAttributeRid R,
              llvm::BumpPtrAllocator &Allocator);
/// A finding about malformed metadata of \p A that \p User requires; a method
/// without a location means the assembly.
Diagnostic malformed(const Assembly &A, const Method &User, llvm::Error E);

/// From the two low bits that ECMA-335 II.23.1.8 has, shifted down.
CharSet charSet(unsigned Bits);
/// Collects what the types named CallConv… state about a call.
/// [UnmanagedCallConv] and [UnmanagedCallersOnly] list such types, and function
/// pointers have them as modifiers. (.NET documentation of
/// System.Runtime.CompilerServices)
class CallConvs {
public:
  /// \p Name without its namespace; others than those of .NET say nothing.
  void add(llvm::StringRef Name);
  /// The array `CallConvs` of an attribute.
  void add(const ecma335::AttributeArguments &Arguments);
  /// nullopt: the platform's.
  std::optional<CallingConvention> convention() const;
  bool suppressesGCTransition() const { return SuppressesGCTransition; }

private:
  std::optional<CallingConvention> Stated;
  bool IsOfMember = false;
  bool SuppressesGCTransition = false;
};

/// How the functions are called that a function pointer of \p Sig points to
/// (II.23.2.1); nullopt: the platform's.
std::optional<CallingConvention> convention(const Assembly &A,
                                            const ecma335::MethodSig &Sig);
/// The value is one of System.Runtime.InteropServices.CallingConvention.
/// \returns nullopt for Winapi.
std::optional<CallingConvention> convention(unsigned InteropConvention);

/// Whether the assembly has [DisableRuntimeMarshalling].
bool disablesMarshalling(const Assembly &A);

/// The [MarshalAs] of a field or parameter (II.22.17).
llvm::Expected<std::optional<MarshalAs>> marshalAs(const Assembly &A,
                                                   ecma335::Token Parent);
/// The names of the type parameters of a type or method (II.22.20).
llvm::Expected<std::vector<std::string>> genericParams(const Assembly &A,
                                                       ecma335::Token Owner);
/// A method's signature with its parameters' names and marshalling.
llvm::Expected<Signature> importSignature(AssemblySet &Set, Assembly &A,
                                          ecma335::MethodDefRid R,
                                          const ecma335::MethodDefRow &Row);

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_METADATAIMPORT_H

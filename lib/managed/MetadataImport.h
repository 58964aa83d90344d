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

/// Reads the arguments of a custom attribute. They are valid as long as \p
/// Allocator.
llvm::Expected<ecma335::AttributeArguments>
readAttribute(AssemblySet &Set, Assembly &A, ecma335::CustomAttributeRid R,
              llvm::BumpPtrAllocator &Allocator);
/// Returns a finding about malformed metadata of \p A that \p User requires. A
/// method without a location represents the assembly.
Diagnostic malformed(const Assembly &A, const Method &User, llvm::Error E);

/// Converts the two bits of ECMA-335 II.23.1.8, shifted down.
CharSet charSet(unsigned Bits);
/// Collects the properties of a call that the types named CallConv… state.
/// [UnmanagedCallConv] and [UnmanagedCallersOnly] list such types, and function
/// pointers have them as modifiers. (.NET documentation of
/// System.Runtime.CompilerServices)
class CallConvs {
public:
  /// Adds a type by its name without a namespace. Types that are not part of
  /// .NET have no effect.
  void add(llvm::StringRef Name);
  /// Adds the types in the array `CallConvs` of an attribute.
  void add(const ecma335::AttributeArguments &Arguments);
  /// nullopt: the platform's.
  std::optional<CallingConvention> convention() const;
  bool suppressesGCTransition() const { return SuppressesGCTransition; }

private:
  std::optional<CallingConvention> Stated;
  bool IsOfMember = false;
  bool SuppressesGCTransition = false;
};

/// Returns the convention of a function pointer's target with the signature \p
/// Sig (II.23.2.1); nullopt is the platform's.
std::optional<CallingConvention> convention(const Assembly &A,
                                            const ecma335::MethodSig &Sig);
/// Converts a value of System.Runtime.InteropServices.CallingConvention.
/// \returns nullopt for Winapi.
std::optional<CallingConvention> convention(unsigned InteropConvention);

/// Whether the assembly has [DisableRuntimeMarshalling].
bool disablesMarshalling(const Assembly &A);

/// Reads the [MarshalAs] of a field or parameter (II.22.17).
llvm::Expected<std::optional<MarshalAs>> marshalAs(const Assembly &A,
                                                   ecma335::Token Parent);
/// Reads the names of the type parameters of a type or method (II.22.20).
llvm::Expected<std::vector<std::string>> genericParams(const Assembly &A,
                                                       ecma335::Token Owner);
/// Reads a method's signature, with the names and marshalling of its
/// parameters.
llvm::Expected<Signature> importSignature(AssemblySet &Set, Assembly &A,
                                          ecma335::MethodDefRid R,
                                          const ecma335::MethodDefRow &Row);

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_METADATAIMPORT_H

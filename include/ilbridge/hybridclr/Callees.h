//===- Callees.h - The methods that code refers to --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_CALLEES_H
#define ILBRIDGE_HYBRIDCLR_CALLEES_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/hybridclr/MethodNumbers.h"

namespace ilbridge::hybridclr {

/// The base class of a class, in terms of that class's type parameters.
struct BaseClass {
  managed::Assembly *From = nullptr; ///< the assembly of the signature
  /// Null if it is not generic.
  const ecma335::GenericInstSig *Instance = nullptr;
};

/// The method that an operand denotes, in terms of the type parameters around
/// it.
struct Callee {
  managed::Assembly *From = nullptr; ///< the assembly of the signatures
  uint32_t Method = 0;
  const ecma335::GenericInstSig *Class = nullptr;
  /// If Class only inherits the method, these are the classes that it and its
  /// base classes extend, up to the class that declares the method.
  std::vector<BaseClass> Bases;
  std::optional<llvm::ArrayRef<const ecma335::TypeSig *>> MethodArgs;
};

/// Returns the ABI classes of type arguments. Sets \p AllFound to false if one
/// of them is not found.
ABIClassList typeArguments(SharedTypes &Types, managed::Assembly &A,
                           llvm::ArrayRef<const ecma335::TypeSig *> Sigs,
                           const TypeArguments &Args, bool &AllFound);

/// Finds the methods that tokens and bodies refer to.
class CalleeFinder {
public:
  CalleeFinder(SharedTypes &Types, MethodNumbers &Numbers,
               DiagnosticList &Findings)
      : Types(Types), Numbers(Numbers), Findings(Findings) {}

  /// \returns nothing for a field, or for a method that is not found: the
  /// runtime cannot call it either.
  std::optional<Callee> find(managed::Assembly &A, ecma335::Token T);
  /// Returns the methods to which the body of \p Method refers and which are
  /// generic or in a generic class. The body is read only once. A malformed
  /// body is reported, and has no callees. The result is valid until the next
  /// call.
  llvm::ArrayRef<Callee> inBody(uint32_t Method);
  /// Returns the instance of \p C within a method that has the arguments \p
  /// Args, or nothing if a type argument is not found.
  std::optional<MethodInstance> instance(const Callee &C,
                                         const TypeArguments &Args);
  /// Frees what was kept to find callees faster, and all callees.
  void shrink();

private:
  struct NamedMethod {
    llvm::StringRef Name;
    ecma335::MethodDefRid Row;
    ecma335::BlobIndex Signature;
  };
  llvm::Expected<std::vector<Callee>> readBody(uint32_t Method);
  std::optional<Callee> findMember(managed::Assembly &A,
                                   ecma335::MemberRefRid R);
  std::optional<Callee> lookUpMember(managed::Assembly &A,
                                     ecma335::MemberRefRid R);
  static std::vector<NamedMethod>
  namedMethods(managed::Assembly &A,
               ecma335::RidRange<ecma335::MethodDefRow> Methods);
  std::optional<uint32_t> findMethod(managed::Assembly &From,
                                     const ecma335::MemberRefRow &Row,
                                     const managed::TypeDef &D);
  const managed::TypeDef *base(const managed::TypeDef &D, BaseClass &How);
  bool mayBeGeneric(managed::Assembly &A, ecma335::MemberRefRid R);

  SharedTypes &Types;
  MethodNumbers &Numbers;
  DiagnosticList &Findings;
  llvm::DenseMap<uint32_t, std::vector<Callee>> InBody;
  llvm::DenseMap<std::pair<const managed::Assembly *, ecma335::MemberRefRid>,
                 std::optional<Callee>>
      ByMember;
  llvm::DenseMap<const managed::TypeDef *, bool> HasGenericBase;
  /// The methods of each type that was searched for a method.
  llvm::DenseMap<const managed::TypeDef *, std::vector<NamedMethod>> ByName;
  llvm::BumpPtrAllocator Allocator; ///< for the signatures of callees
  llvm::BumpPtrAllocator Scratch;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_CALLEES_H

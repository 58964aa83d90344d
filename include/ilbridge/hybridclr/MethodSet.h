//===- MethodSet.h - Methods that are callable ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   roots and what they refer to ──▶ every method, type parameters as Object
//   generic bases, TypeSpec rows ──▶ instances of types, with all their methods
//   MethodSpec rows              ──▶ instances of methods
//        ▲                                   │ bodies
//        └────── their callees, repeatedly, for a number of rounds
//
// HybridCLR's runtime can request bridges for this set: all methods that
// hot-update code calls were compiled before, so they are in these assemblies.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_METHODSET_H
#define ILBRIDGE_HYBRIDCLR_METHODSET_H

#include "ilbridge/hybridclr/Callees.h"
#include "ilbridge/hybridclr/InstanceSet.h"

namespace ilbridge::hybridclr {

class MethodSet {
public:
  using Limits = InstanceSet::Limits;
  using Origin = InstanceSet::Origin;
  static constexpr unsigned MaxRounds = 20;

  MethodSet(SharedTypes &Types, DiagnosticList &Findings)
      : Types(Types), Findings(Findings), Numbers(Types),
        Instances(Types, Numbers), Callees(Types, Numbers, Findings) {}
  MethodSet(const MethodSet &) = delete;

  /// Collects the methods of these assemblies and of all assemblies that they
  /// refer to.
  void collect(llvm::ArrayRef<managed::Assembly *> Roots, const Limits &L);

  llvm::ArrayRef<MethodInstance> instances() const { return Instances.all(); }
  /// Returns the origin of the instance \p I of instances().
  /// Limits::KeepsOrigins must be set.
  const Origin &origin(uint32_t I) const { return Instances.origin(I); }
  /// The assemblies whose methods are in the set.
  llvm::ArrayRef<managed::Assembly *> assemblies() const { return Walked; }

  MethodNumbers::MethodRow locate(uint32_t Method) const {
    return Numbers.locate(Method);
  }
  uint32_t number(managed::Assembly &A, ecma335::MethodDefRid R) {
    return Numbers.number(A, R);
  }
  /// Returns a name for messages: "Ns.List`1<i4>::Add".
  std::string name(const MethodInstance &I) const { return Numbers.name(I); }
  /// Visits the instances that \p A itself names, of generic methods and of all
  /// methods of generic types. It does not add them.
  void
  visitInstantiations(managed::Assembly &A,
                      llvm::function_ref<void(const MethodInstance &)> Visit);

private:
  void addReferences(managed::Assembly &A);
  void walkAssembly(managed::Assembly &A);
  void walkDefinition(managed::Assembly &A, ecma335::TypeDefRid R);
  void walkInstance(managed::Assembly &From, const ecma335::GenericInstSig &G,
                    const TypeArguments &Args);
  void walkInstance(const managed::TypeDef &D, ABIClassList Args, bool IsBase);
  void walkOpenTypes();
  void walkBase(managed::Assembly &A, ecma335::TypeDefRid R, ABIClassList Args);
  void walkBody(const MethodInstance &I);
  const ecma335::GenericInstSig *genericInstance(managed::Assembly &A,
                                                 ecma335::TypeSpecRid R);
  void addCallee(const Callee &C, const TypeArguments &Args, bool AlsoItsClass);
  void reportMissing(managed::Assembly &A, ABIClassList Args);
  void malformed(managed::Assembly &A, const llvm::Twine &Member,
                 llvm::Error E);

  SharedTypes &Types;
  DiagnosticList &Findings;
  MethodNumbers Numbers;
  InstanceSet Instances;
  CalleeFinder Callees;
  std::vector<managed::Assembly *> Walked;
  /// A type whose methods and base are not walked yet. They are kept in a list
  /// because base types can form a long chain.
  struct OpenType {
    const managed::TypeDef *Definition;
    ABIClassList Args;
    bool IsBase; ///< the base of another instance, and not named itself
  };
  std::vector<OpenType> OpenTypes;
  /// True while bodies are followed. All named instances are found before.
  bool IsFollowing = false;
  llvm::BumpPtrAllocator Scratch;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_METHODSET_H

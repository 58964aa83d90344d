//===- MethodSet.h - Which methods an application can call ------*- C++ -*-===//
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
//        └────── what they call, again and again, for a number of rounds
//
// This is the set that HybridCLR's runtime can ask a bridge for: whatever
// hot-update code calls has been compiled before, so it is in these assemblies.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_METHODSET_H
#define ILBRIDGE_HYBRIDCLR_METHODSET_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/hybridclr/SharedTypes.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge::hybridclr {

/// A method with what its type parameters, and those of its type, stand for.
struct MethodInstance {
  uint32_t Method; ///< of all assemblies: see MethodSet::place()
  ValueList ClassArgs = ValueList::None;
  ValueList MethodArgs = ValueList::None;
  bool isGeneric() const {
    return ClassArgs != ValueList::None || MethodArgs != ValueList::None;
  }
  TypeArguments arguments() const { return {ClassArgs, MethodArgs}; }
};

class MethodSet {
public:
  /// How far generic methods are followed.
  struct Limits {
    /// Methods that are found in one round are looked into in the next.
    unsigned Rounds = 10;
    /// A set of more instances is that of code whose generic types grow within
    /// themselves.
    size_t Instances = 2'000'000;
    /// One method of so many instances is such code, too.
    uint32_t OfOneMethod = 4096;
    /// Whether origin() is asked for.
    bool KeepsOrigins = false;
  };
  /// How an instance came into the set.
  struct Origin {
    /// In which round of following bodies, from 1; 0: an assembly names it.
    unsigned Round = 0;
    /// The instance whose body was followed: of instances().
    uint32_t Cause = 0;
  };
  static constexpr unsigned MaxRounds = 20;

  MethodSet(SharedTypes &Types, DiagnosticList &Findings)
      : Types(Types), Findings(Findings) {}

  /// Makes the set of these assemblies and of all that they refer to.
  void collect(llvm::ArrayRef<managed::Assembly *> Roots, const Limits &L);

  llvm::ArrayRef<MethodInstance> instances() const { return Instances; }
  /// The origin of the instance \p I of instances(). Limits::KeepsOrigins has
  /// to be set.
  const Origin &origin(uint32_t I) const { return Origins[I]; }
  /// The assemblies whose methods are in the set.
  llvm::ArrayRef<managed::Assembly *> assemblies() const { return Walked; }

  struct Place {
    managed::Assembly *Assembly;
    ecma335::MethodDefRid Row;
  };
  Place place(uint32_t Method) const;
  uint32_t number(managed::Assembly &A, ecma335::MethodDefRid R) {
    return base(A) + R.value() - 1;
  }
  /// The instances that \p A itself names, of generic methods and of all
  /// methods of generic types; they are not added.
  void
  visitInstantiations(managed::Assembly &A,
                      llvm::function_ref<void(const MethodInstance &)> Visit);
  /// "Ns.List`1<i4>::Add", for people.
  std::string name(const MethodInstance &I) const;

private:
  /// The class that a class extends, in terms of that class's type parameters.
  struct BaseClass {
    managed::Assembly *From = nullptr; ///< where the signature is
    const ecma335::GenericInstSig *Instance = nullptr; ///< null: not generic
  };
  /// The meaning of an operand, in terms of the type parameters around it.
  struct Target {
    managed::Assembly *From = nullptr; ///< where the signatures are
    uint32_t Method = 0;
    const ecma335::GenericInstSig *Class = nullptr;
    /// If Class only inherits the method, these are the classes that it and its
    /// base classes extend, up to the class that declares the method.
    std::vector<BaseClass> Bases;
    std::optional<llvm::ArrayRef<const ecma335::TypeSig *>> MethodArgs;
  };
  struct AssemblyPart {
    managed::Assembly *Assembly;
    uint32_t FirstMethod;
  };

  void addReferences(managed::Assembly &A);
  uint32_t base(managed::Assembly &A);
  void walkAssembly(managed::Assembly &A);
  void walkDefinition(managed::Assembly &A, ecma335::TypeDefRid R);
  void walkInstance(managed::Assembly &From, const ecma335::GenericInstSig &G,
                    const TypeArguments &Args);
  void walkInstance(const managed::TypeDef &D, ValueList Args, bool IsBase);
  void walkOpenTypes();
  void walkBase(managed::Assembly &A, ecma335::TypeDefRid R, ValueList Args);
  void walkBody(const MethodInstance &I);
  llvm::Expected<std::vector<Target>> targets(uint32_t Method);
  std::optional<Target> target(managed::Assembly &A, ecma335::Token T);
  std::optional<Target> target(managed::Assembly &A, ecma335::MemberRefRid R);
  std::optional<Target> findTarget(managed::Assembly &A,
                                   ecma335::MemberRefRid R);
  struct NamedMethod {
    llvm::StringRef Name;
    ecma335::MethodDefRid Row;
    ecma335::BlobIndex Signature;
  };
  static std::vector<NamedMethod>
  namedMethods(managed::Assembly &A,
               ecma335::RidRange<ecma335::MethodDefRow> Methods);
  std::optional<uint32_t> findMethod(managed::Assembly &From,
                                     const ecma335::MemberRefRow &Row,
                                     const managed::TypeDef &D);
  const managed::TypeDef *base(const managed::TypeDef &D, BaseClass &How);
  bool mayBeGeneric(managed::Assembly &A, ecma335::MemberRefRid R);
  ValueList arguments(managed::Assembly &A,
                      llvm::ArrayRef<const ecma335::TypeSig *> Sigs,
                      const TypeArguments &Args, bool &AllFound);
  std::optional<MethodInstance> instance(const Target &T,
                                         const TypeArguments &Args);
  const ecma335::GenericInstSig *genericInstance(managed::Assembly &A,
                                                 ecma335::TypeSpecRid R);
  void addTarget(const Target &T, const TypeArguments &Args, bool AlsoItsClass);
  void add(const MethodInstance &I);
  bool addInstance(const MethodInstance &I, bool MayHaveBody);
  void reportMissing(managed::Assembly &A, ValueList Args);
  void malformed(managed::Assembly &A, const llvm::Twine &Member,
                 llvm::Error E);
  bool isTooLong(ValueList Args) const;
  bool isCut(const MethodInstance &I);
  void reportGrowth(const Limits &L);
  void reportGrowth(const MethodInstance &I, const llvm::Twine &How);

  SharedTypes &Types;
  DiagnosticList &Findings;
  std::vector<managed::Assembly *> Walked;
  std::vector<AssemblyPart> Parts; ///< by FirstMethod
  llvm::DenseMap<const managed::Assembly *, uint32_t> FirstMethods;
  uint32_t MethodCount = 0;

  std::vector<MethodInstance> Instances;
  llvm::DenseSet<std::tuple<uint32_t, uint32_t, uint32_t>> Known;
  llvm::DenseSet<std::pair<const managed::TypeDef *, uint32_t>> KnownTypes;
  /// A type whose methods and base are not walked yet. Bases can be a chain.
  struct OpenType {
    const managed::TypeDef *Definition;
    ValueList Args;
    bool IsBase; ///< of another instance, and not asked for by name
  };
  std::vector<OpenType> OpenTypes;
  /// To be looked into in the next round: of Instances.
  std::vector<uint32_t> Found;
  std::vector<Origin> Origins; ///< by instance; empty unless they are kept
  Origin Current;              ///< of what is found now
  bool KeepsOrigins = false;
  size_t Limit = 0;
  uint32_t LimitOfOne = 0;
  /// Bodies are followed now: what was asked for by name is found before.
  bool IsFollowing = false;
  std::vector<uint32_t> FollowedOf; ///< instances, by method
  /// The first instances that were left out.
  std::optional<MethodInstance> TooMany, TooLong;
  llvm::DenseMap<uint32_t, std::vector<Target>> TargetsOf;
  llvm::DenseMap<std::pair<const managed::Assembly *, ecma335::MemberRefRid>,
                 std::optional<Target>>
      TargetOfMember;
  llvm::DenseMap<const managed::TypeDef *, bool> HasGenericBase;
  /// The methods of each type in which a method was looked for.
  llvm::DenseMap<const managed::TypeDef *, std::vector<NamedMethod>> ByName;
  llvm::BumpPtrAllocator Allocator; ///< of what TargetsOf keeps
  llvm::BumpPtrAllocator Scratch;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_METHODSET_H

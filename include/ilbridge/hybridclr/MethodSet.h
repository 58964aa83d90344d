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

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/hybridclr/SharedTypes.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge::hybridclr {

/// A method with the arguments of its type parameters and of those of its type.
struct MethodInstance {
  uint32_t Method; ///< a number in all assemblies: see MethodSet::place()
  ValueList ClassArgs = ValueList::None;
  ValueList MethodArgs = ValueList::None;
  bool isGeneric() const {
    return ClassArgs != ValueList::None || MethodArgs != ValueList::None;
  }
  TypeArguments arguments() const { return {ClassArgs, MethodArgs}; }
};

class MethodSet {
public:
  /// The limits up to which generic methods are followed.
  struct Limits {
    /// The bodies of methods that are found in one round are read in the next
    /// round.
    unsigned Rounds = 10;
    /// If the set has more instances, the generic types of the code grow within
    /// themselves.
    size_t Instances = 2'000'000;
    /// The same holds if one method has more than this number of instances.
    uint32_t OfOneMethod = 4096;
    /// True if the caller uses origin().
    bool KeepsOrigins = false;
  };
  /// The reason why an instance is in the set.
  struct Origin {
    /// The round of following bodies, from 1. It is 0 if an assembly names the
    /// instance.
    unsigned Round = 0;
    /// The index in instances() of the instance whose body was followed.
    uint32_t Cause = 0;
  };
  static constexpr unsigned MaxRounds = 20;

  MethodSet(SharedTypes &Types, DiagnosticList &Findings)
      : Types(Types), Findings(Findings) {}

  /// Collects the methods of these assemblies and of all assemblies that they
  /// refer to.
  void collect(llvm::ArrayRef<managed::Assembly *> Roots, const Limits &L);

  llvm::ArrayRef<MethodInstance> instances() const { return Instances; }
  /// Returns the origin of the instance \p I of instances().
  /// Limits::KeepsOrigins must be set.
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
  /// Visits the instances that \p A itself names, of generic methods and of all
  /// methods of generic types. It does not add them.
  void
  visitInstantiations(managed::Assembly &A,
                      llvm::function_ref<void(const MethodInstance &)> Visit);
  /// Returns a name for messages: "Ns.List`1<i4>::Add".
  std::string name(const MethodInstance &I) const;

private:
  /// The base class of a class, in terms of that class's type parameters.
  struct BaseClass {
    managed::Assembly *From = nullptr; ///< the assembly of the signature
    /// Null if it is not generic.
    const ecma335::GenericInstSig *Instance = nullptr;
  };
  /// The method that an operand denotes, in terms of the type parameters around
  /// it.
  struct Target {
    managed::Assembly *From = nullptr; ///< the assembly of the signatures
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
  std::vector<AssemblyPart> Parts; ///< sorted by FirstMethod
  llvm::DenseMap<const managed::Assembly *, uint32_t> FirstMethods;
  uint32_t MethodCount = 0;

  std::vector<MethodInstance> Instances;
  llvm::DenseSet<std::tuple<uint32_t, uint32_t, uint32_t>> Known;
  llvm::DenseSet<std::pair<const managed::TypeDef *, uint32_t>> KnownTypes;
  /// A type whose methods and base are not walked yet. They are kept in a list
  /// because base types can form a long chain.
  struct OpenType {
    const managed::TypeDef *Definition;
    ValueList Args;
    bool IsBase; ///< the base of another instance, and not named itself
  };
  std::vector<OpenType> OpenTypes;
  /// The indices in Instances whose bodies the next round reads.
  std::vector<uint32_t> Found;
  std::vector<Origin> Origins; ///< by instance; empty unless they are kept
  Origin Current;              ///< of the instances that are found now
  bool KeepsOrigins = false;
  size_t Limit = 0;
  uint32_t LimitOfOne = 0;
  /// True while bodies are followed. All named instances are found before.
  bool IsFollowing = false;
  std::vector<uint32_t> FollowedOf; ///< number of instances, by method
  /// The first instances that were omitted.
  std::optional<MethodInstance> TooMany, TooLong;
  llvm::DenseMap<uint32_t, std::vector<Target>> TargetsOf;
  llvm::DenseMap<std::pair<const managed::Assembly *, ecma335::MemberRefRid>,
                 std::optional<Target>>
      TargetOfMember;
  llvm::DenseMap<const managed::TypeDef *, bool> HasGenericBase;
  /// The methods of each type that was searched for a method.
  llvm::DenseMap<const managed::TypeDef *, std::vector<NamedMethod>> ByName;
  llvm::BumpPtrAllocator Allocator; ///< for the contents of TargetsOf
  llvm::BumpPtrAllocator Scratch;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_METHODSET_H

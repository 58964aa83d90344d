//===- Agreement.h - Whether two types are one value ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_AGREEMENT_H
#define ILBRIDGE_LIB_MATCH_AGREEMENT_H

#include "RecordIdentity.h"
#include "Views.h"
#include "ilbridge/match/Binding.h"
#include "ilbridge/match/Leaves.h"
#include <set>

namespace ilbridge::match {

struct Verdict {
  enum Level : uint8_t {
    Same,       ///< the same bytes mean the same value
    Misnamed,   ///< they do, but fields seem to have each other's names
    Misaligned, ///< they do, but C++ wants them at a rounder address
    Converted,  ///< other bytes, but a C++ conversion keeps the value
    Different,
  };
  Level TheLevel = Same;
  std::string Reason; ///< completes "…: "
  std::vector<Note> Notes;

  static Verdict same() { return {}; }
  static Verdict of(Level L, const llvm::Twine &Why) {
    return {L, Why.str(), {}};
  }
  static Verdict different(const llvm::Twine &Why) {
    return of(Different, Why);
  }
  bool operator==(Level L) const { return TheLevel == L; }
  /// Every byte means the same.
  bool agrees() const { return TheLevel < Converted; }
};

/// Which way a value goes.
enum class Direction : uint8_t { ToNative, ToManaged };

/// The pairs of records that were found to be the same, for as long as the
/// types live. Each runtime has managed records of its own.
class AgreedRecords {
public:
  bool contains(const NativeTarget &Target, const View &On,
                const RecordType &Managed, const RecordType &Native) {
    return on(Target, On).contains({&Managed, &Identity.of(Native)});
  }
  void add(const NativeTarget &Target, const View &On,
           const RecordType &Managed, const RecordType &Native) {
    on(Target, On).insert({&Managed, &Identity.of(Native)});
  }

private:
  using Pairs =
      llvm::DenseSet<std::pair<const RecordType *, const RecordType *>>;
  /// Where the facts say how types lie, not all of a target's sources need to
  /// have been compiled with the same data model.
  struct Where {
    const View *On;
    bool HasAnswers;
    DataModel Model;
    Pairs Agreed;
  };
  Pairs &on(const NativeTarget &Target, const View &On);

  RecordIdentity Identity;
  std::vector<Where> All;
};

/// Compares lowered managed types with native ones, on one target and for one
/// runtime.
class Agreement {
public:
  Agreement(const NativeTarget &Target, const View &On,
            const runtime::Runtime &Runtime, runtime::Conversion Conversion,
            bool IsC, AgreedRecords &Agreed)
      : Target(Target), On(On), Model(Target.model()), Runtime(Runtime),
        Conversion(Conversion), IsC(IsC), Agreed(Agreed) {}

  /// A parameter or result by value.
  Verdict byValue(const Type &Managed, const Type &Native, Direction D);
  /// What lies in memory that both sides see: nothing can be converted there.
  Verdict inMemory(const Type &Managed, const Type &Native);

  /// \p Native is the type that a native pointer points to. nullopt: it is not
  /// one of the runtime's own types.
  std::optional<ObjectKind> objectKind(const Type &Native) const;
  /// A pointer to \p Native for an object of the managed heap.
  Verdict object(const OpaqueType &Managed, const Type &Native) const;

  /// "a 32-bit integer", "a pointer to a 32-bit float": for messages.
  std::string describe(const Type &T) const;

private:
  Verdict scalars(const ScalarType &Managed, const ScalarType &Native,
                  Direction D) const;
  Verdict pointers(const PointerType &Managed, const PointerType &Native);
  Verdict functions(const FunctionType &Managed, const FunctionType &Native);
  Verdict callbackPassing(const FunctionType &Managed,
                          const FunctionType &Native) const;
  Verdict records(const RecordType &Managed, const RecordType &Native);
  Verdict compareRecords(const RecordType &Managed, const RecordType &Native);
  Verdict leaves(llvm::ArrayRef<Leaf> Managed, llvm::ArrayRef<Leaf> Native,
                 const RecordType &InCSharp);
  bool isOtherView(const Leaf &Mine, llvm::ArrayRef<Leaf> Managed,
                   llvm::ArrayRef<Leaf> Native);
  Verdict names(const RecordType &Managed, const RecordType &Native,
                llvm::ArrayRef<Leaf> ManagedLeaves,
                llvm::ArrayRef<Leaf> NativeLeaves) const;
  void suggestType(llvm::ArrayRef<Leaf> Native, const Leaf &Managed,
                   Verdict &V);
  Verdict alignment(const Type &Managed, const RecordType &Native) const;
  void showDeclarations(const RecordType &Managed, const RecordType &Native,
                        Verdict &V) const;
  Verdict mismatch(const Type &Managed, const Type &Native) const;
  const Type &withoutEnum(const Type &T) const;

  const NativeTarget &Target;
  const View &On;
  const DataModel &Model;
  const runtime::Runtime &Runtime;
  const runtime::Conversion Conversion;
  const bool IsC; ///< the native side
  AgreedRecords &Agreed;
  /// Pairs of records that are being compared: they can point to themselves.
  std::set<std::pair<const Type *, const Type *>> InProgress;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_AGREEMENT_H

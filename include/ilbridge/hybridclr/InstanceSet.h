//===- InstanceSet.h - A bounded set of method instances --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_INSTANCESET_H
#define ILBRIDGE_HYBRIDCLR_INSTANCESET_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/hybridclr/MethodNumbers.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge::hybridclr {

/// The instances of methods and types that were found. In code whose generic
/// types grow within themselves, their number has no bound, so the set has
/// limits.
class InstanceSet {
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
    /// The index in all() of the instance whose body was followed.
    uint32_t Cause = 0;
  };

  InstanceSet(SharedTypes &Types, const MethodNumbers &Numbers)
      : Types(Types), Numbers(Numbers) {}

  void setLimits(const Limits &To) { L = To; }
  /// Sets the origin of the instances that are added from now on.
  void setOrigin(const Origin &O) { Current = O; }

  llvm::ArrayRef<MethodInstance> all() const { return Instances; }
  /// Returns the origin of the instance \p I of all(). Limits::KeepsOrigins
  /// must be set.
  const Origin &origin(uint32_t I) const { return Origins[I]; }

  /// Adds a method that is not generic. The caller adds each one only once.
  void addMethod(uint32_t Method) {
    if (Instances.size() < L.Instances)
      append({Method});
  }
  /// Adds an instance unless it is in the set. With \p MayHaveBody, the next
  /// round reads its body. \p WasFollowed is false if an assembly names the
  /// instance: only the limit of all instances applies then.
  void add(const MethodInstance &I, bool MayHaveBody, bool WasFollowed);
  /// Adds an instance of a type. \returns whether it is new.
  bool add(const managed::TypeDef &D, ABIClassList Args);
  /// Returns true if the runtime cannot hold the name of an argument, so that
  /// no method can pass it.
  bool isTooLong(ABIClassList Args) const;

  bool hasUnread() const { return !Unread.empty(); }
  /// Returns the indices in all() of the instances that were added since the
  /// last call and may have bodies.
  std::vector<uint32_t> takeUnread() { return std::exchange(Unread, {}); }

  /// Reports the limits that were exceeded.
  void reportGrowth(DiagnosticList &Findings) const;
  /// Frees what only add() and reportGrowth() use: megabytes for an
  /// application.
  void shrink();

private:
  void append(const MethodInstance &I);
  bool isOverLimit(const MethodInstance &I);
  const MethodInstance *mostFrequentUnread() const;
  void report(DiagnosticList &Findings, const MethodInstance &I,
              const llvm::Twine &Where) const;

  SharedTypes &Types;
  const MethodNumbers &Numbers;
  Limits L;
  std::vector<MethodInstance> Instances;
  std::vector<Origin> Origins; ///< by instance; empty unless they are kept
  Origin Current;              ///< of the instances that are added now
  std::vector<uint32_t> Unread;
  llvm::DenseSet<std::tuple<uint32_t, uint32_t, uint32_t>> Known;
  llvm::DenseSet<std::pair<const managed::TypeDef *, uint32_t>> KnownTypes;
  std::vector<uint32_t> FollowedOf; ///< number of instances, by method
  /// The first instances that were omitted.
  std::optional<MethodInstance> TooMany, TooLong;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_INSTANCESET_H

//===- ComparedRecords.h - Pairs of records, each compared once -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Records can refer to themselves through pointers, so two records are equal if
// no path through both finds a difference: while a pair is being compared, it
// is assumed to be equal (coinduction). A difference is certain at once,
// because no assumption can cause one. Equality is certain when the outermost
// pair of the comparison is found to be equal.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_COMPAREDRECORDS_H
#define ILBRIDGE_LIB_MATCH_COMPAREDRECORDS_H

#include "RecordIdentity.h"
#include "TargetContexts.h"
#include "Verdict.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ilbridge::match {

/// The way in which both sides access a record.
enum class RecordUse : uint8_t {
  Value,    ///< it is copied
  Address,  ///< both sides have the address
  Variable, ///< C++ has the address of one record that C# owns
  Returned, ///< C++ returns the address of a record that it owns
};

/// Caches the verdicts about pairs of records during the lifetime of the types.
/// Each runtime has its own managed records.
class ComparedRecords {
public:
  /// The pairs that were compared on one target for one way of calling.
  class Pairs {
  public:
    explicit Pairs(RecordIdentity &Identity) : Identity(Identity) {}

    /// Returns the verdict about the pair. \p Compare computes it, and is
    /// called once.
    Verdict compare(const RecordType &Managed, const RecordType &Native,
                    RecordUse How, llvm::function_ref<Verdict()> Compare);

  private:
    using Key = std::tuple<const RecordType *, const RecordType *, RecordUse>;

    RecordIdentity &Identity;
    /// nullopt: the pair is being compared.
    std::map<Key, std::optional<Verdict>> Known;
    /// Pairs in Known that may depend on the assumption that an earlier pair,
    /// which is still being compared, is equal.
    std::vector<Key> Assumed;
  };

  Pairs &on(const NativeTarget &Target, const TargetContext &On,
            runtime::Conversion Conversion, NativeSource Source);

private:
  /// The conditions under which a set of pairs was compared. The data model is
  /// one of them: if the facts state the layout of types, the sources of one
  /// target may have been compiled with different data models.
  struct Conditions {
    const TargetContext *On;
    runtime::Conversion Conversion;
    NativeSource Source;
    const TargetDifference *Difference;
    DataModel Model;
    std::unique_ptr<Pairs> Compared;
  };
  RecordIdentity Identity;
  std::vector<Conditions> All;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_COMPAREDRECORDS_H

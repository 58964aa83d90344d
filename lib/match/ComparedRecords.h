//===- ComparedRecords.h - Pairs of records, each compared once -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Records can lead back to themselves through pointers, so two of them are the
// same if no way through both finds a difference: while a pair is compared, it
// is assumed to be the same (coinduction). A difference is then certain, since
// no assumption can cause one. "The same" is certain once the outermost pair
// of the comparison is.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_COMPAREDRECORDS_H
#define ILBRIDGE_LIB_MATCH_COMPAREDRECORDS_H

#include "RecordIdentity.h"
#include "Verdict.h"
#include "Views.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ilbridge::match {

/// How both sides meet a record.
enum class RecordUse : uint8_t {
  Value,    ///< it is copied
  Address,  ///< both have the address of one
  Returned, ///< C++ returns the address of one of its own
};

/// Caches the verdicts about pairs of records for as long as the types live.
/// Each runtime has its own managed records.
class ComparedRecords {
public:
  /// The pairs that were compared on one target for one way of calling.
  class Pairs {
  public:
    explicit Pairs(RecordIdentity &Identity) : Identity(Identity) {}

    /// The verdict of \p Compare about the pair, which is called once.
    Verdict compare(const RecordType &Managed, const RecordType &Native,
                    RecordUse How, llvm::function_ref<Verdict()> Compare);

  private:
    using Key = std::tuple<const RecordType *, const RecordType *, RecordUse>;

    RecordIdentity &Identity;
    /// nullopt: it is being compared.
    std::map<Key, std::optional<Verdict>> Known;
    /// Those in Known that may rest on the assumption that one before them,
    /// which is still being compared, is the same.
    std::vector<Key> Assumed;
  };

  Pairs &on(const NativeTarget &Target, const View &On,
            runtime::Conversion Conversion);

private:
  /// Identifies the conditions that a set of pairs was compared under. The data
  /// model is one of them: if the facts state the layout of types, the sources
  /// of one target may have been compiled with different data models.
  struct Where {
    const View *On;
    runtime::Conversion Conversion;
    const TargetDifference *Difference;
    DataModel Model;
    std::unique_ptr<Pairs> Compared;
  };
  RecordIdentity Identity;
  std::vector<Where> All;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_COMPAREDRECORDS_H

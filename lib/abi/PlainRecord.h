//===- PlainRecord.h - Records that need no compiler ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_PLAINRECORD_H
#define ILBRIDGE_LIB_ABI_PLAINRECORD_H

#include "ilbridge/abi/Lowering.h"

namespace ilbridge::abi {

/// A struct or union without bases, bit-fields and attributes. Compilers place
/// each field at the next offset that its alignment permits, so only the sizes
/// and alignments of the scalars differ between targets. Most records are
/// plain, and Clang takes longer to parse one than to answer for all scalars.
struct PlainRecord {
  struct Member {
    bool IsRecord;
    unsigned Number; ///< of the record, or of the scalar
    uint64_t Count;  ///< of elements; 1 for a field that is no array
  };
  std::vector<Member> Members;
  bool IsUnion = false;
  /// The number of scalar values, including all elements of arrays.
  uint64_t Values = 0;
};

/// Clang decides whether a target has arrays as large as a record with more
/// values than this.
inline constexpr uint64_t MaxPlainValues = 2048;

/// Returns the layout of a record with fields of these sizes and alignments.
Placement placeInOrder(llvm::ArrayRef<RecordLayout> Fields, bool IsUnion);

/// As above for \p R, given the layouts of the scalars and of other records;
/// nullopt if one of them is not known.
std::optional<Placement>
placePlain(const PlainRecord &R, llvm::ArrayRef<RecordLayout> Scalars,
           llvm::ArrayRef<std::optional<Placement>> Records);

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_PLAINRECORD_H

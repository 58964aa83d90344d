//===- ReservedSpace.h - Bytes that C# only reserves ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A C# struct can contain bytes that only C++ interprets: a gap that its author
// stated, a field whose name shows that it only fills a gap, or a buffer of
// bytes for the memory of a whole struct. C++ may have any fields in such
// bytes. Their number still has to be sufficient, and the fields beside them
// still have to be at the offsets of C++.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_RESERVEDSPACE_H
#define ILBRIDGE_LIB_MATCH_RESERVEDSPACE_H

#include "ilbridge/match/FlatRecords.h"

namespace ilbridge::match {

/// The offsets of the first byte and of the byte after the last one.
struct ByteRange {
  uint64_t Begin, End;
  bool contains(uint64_t Offset) const {
    return Begin <= Offset && Offset < End;
  }
};

/// Returns the bytes of a managed record that its author left as a gap on
/// purpose: all bytes without a field if offsets are stated, and those after
/// the last field if a size is stated. \p R has to have leaves (\see
/// managedLeaves), which limits the time.
std::vector<ByteRange> statedGaps(const RecordType &R, const DataModel &Model);

/// Whether a managed leaf is an element of a buffer of bytes.
bool isInBuffer(const Leaf &L);

/// Whether a managed record is a single buffer, which stands for memory that
/// only C++ interprets: an array of bytes with any name, or bytes or 64-bit
/// words whose name says no more than that (`data`, or `field0` and `field1`).
/// \p Native are the leaves of the C++ record.
bool isBuffer(const RecordType &R, llvm::ArrayRef<Leaf> Leaves,
              llvm::ArrayRef<Leaf> Native);

/// Whether C# interprets the bytes of a managed leaf.
bool isInterpreted(const Leaf &L);

/// Whether a managed record only reserves its bytes from byte \p End on.
bool isReservedFrom(uint64_t End, const RecordType &R,
                    llvm::ArrayRef<Leaf> Leaves, llvm::ArrayRef<Leaf> Native);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_RESERVEDSPACE_H

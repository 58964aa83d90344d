//===- Layout.h - Layout of value types in runtimes -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_LAYOUT_H
#define ILBRIDGE_MANAGED_LAYOUT_H

#include "ilbridge/type/Type.h"

namespace ilbridge::managed {

/// Whether a type can have a pack of \p Bytes; 0 is the default. (ECMA-335
/// II.22.8)
constexpr bool isPack(uint64_t Bytes) {
  return Bytes <= 128 && !(Bytes & (Bytes - 1));
}

/// Computes the layout of a record that Lowering made, in bytes (ECMA-335
/// II.10.1.2 and II.22.8). Fields are placed in order or at their explicit
/// offsets, Pack limits the alignment, Size is a minimum, and an empty struct
/// has one byte. A scalar is aligned to its size on every target, including
/// 8-byte scalars on 32-bit targets.
class ManagedLayout {
public:
  explicit ManagedLayout(const DataModel &Model) : Model(Model) {}

  /// Returns the layout of a type. A function and void have no size (0, 1).
  RecordLayout of(const Type &T) const;
  /// Returns the offset of each field of \p R.
  std::vector<uint64_t> offsets(const RecordType &R) const;

private:
  RecordLayout layOut(const RecordType &R,
                      std::vector<uint64_t> *Offsets) const;
  const DataModel Model;
};

/// Returns true if the fields of both records have the same offsets, and the
/// records have the same sizes and alignments, on 64-bit and on 32-bit targets.
bool haveSameLayout(const RecordType &A, const RecordType &B);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_LAYOUT_H

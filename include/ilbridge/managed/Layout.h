//===- Layout.h - How runtimes lay value types out --------------*- C++ -*-===//
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

/// Lays out a record that Lowering made, in bytes (ECMA-335 II.10.1.2 and
/// II.22.8): fields in order or at their explicit offsets, alignment capped by
/// Pack, Size as a minimum, an empty struct of one byte. A scalar is aligned
/// to its size on every target, 8-byte ones on 32-bit targets included.
class ManagedLayout {
public:
  explicit ManagedLayout(const DataModel &Model) : Model(Model) {}

  /// \p T is any type that has a size; a function or void has none (0, 1).
  RecordLayout of(const Type &T) const;
  /// The offset of each field of \p R.
  std::vector<uint64_t> offsets(const RecordType &R) const;

private:
  RecordLayout layOut(const RecordType &R,
                      std::vector<uint64_t> *Offsets) const;
  const DataModel Model;
};

/// Whether the fields of both records lie at the same offsets, and their sizes
/// and alignments are the same, on 64-bit and on 32-bit targets.
bool haveSameLayout(const RecordType &A, const RecordType &B);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_LAYOUT_H

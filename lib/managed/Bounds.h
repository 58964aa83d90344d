//===- Bounds.h - Limits of assemblies and manifests ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model does not depend on the kind of its input, so both readers reject the
// same values.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_BOUNDS_H
#define ILBRIDGE_LIB_MANAGED_BOUNDS_H

#include "ilbridge/managed/Type.h"
#include "ilbridge/type/Limits.h"

namespace ilbridge::managed {

/// Whether \p P can be the underlying type of an enum: bool, char, and integers
/// from 8 to 64 bits. (ECMA-335 II.14.3)
constexpr bool isUnderlying(Primitive P) {
  return P >= Primitive::Boolean && P <= Primitive::UInt64;
}

/// Whether \p Bytes can be the offset of a field. The table has 4 bytes for it,
/// and runtimes read them as a signed number. (ECMA-335 II.22.16)
constexpr bool isFieldOffset(uint64_t Bytes) { return Bytes <= INT32_MAX; }

/// Whether the type with that full name is nested more deeply than the limit.
inline bool isNestedTooDeeply(llvm::StringRef FullName) {
  return FullName.count('/') > MaxTypeDepth;
}
inline constexpr llvm::StringLiteral NestedTooDeeply =
    "the type is nested too deeply in others";

/// The maximum number of dimensions of an array, as in ecma335.
inline constexpr unsigned MaxRank = 32;

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_BOUNDS_H

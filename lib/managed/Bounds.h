//===- Bounds.h - What assemblies and manifests may say ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model is the same whichever way it came about, so both readers refuse the
// same values.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_BOUNDS_H
#define ILBRIDGE_LIB_MANAGED_BOUNDS_H

#include "ilbridge/managed/Type.h"
#include "ilbridge/type/Limits.h"

namespace ilbridge::managed {

/// Whether an enum can be made of \p P: bool, char, and integers from 8 to 64
/// bits. (ECMA-335 II.14.3)
constexpr bool isUnderlying(Primitive P) {
  return P >= Primitive::Boolean && P <= Primitive::UInt64;
}

/// Whether a field can begin there, in bytes: the table has 4 bytes for it, and
/// runtimes read them as a signed number. (ECMA-335 II.22.16)
constexpr bool isFieldOffset(uint64_t Bytes) { return Bytes <= INT32_MAX; }

/// Whether a type of that full name is nested in more types than anybody
/// should walk.
inline bool isNestedTooDeeply(llvm::StringRef FullName) {
  return FullName.count('/') > MaxTypeDepth;
}
inline constexpr llvm::StringLiteral NestedTooDeeply =
    "the type is nested too deeply in others";

/// The dimensions of an array, as ecma335 bounds them.
inline constexpr unsigned MaxRank = 32;

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_BOUNDS_H

//===- DataModel.h - Widths that a target decides ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_DATAMODEL_H
#define ILBRIDGE_TYPE_DATAMODEL_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace llvm {
class raw_ostream;
}

namespace ilbridge {

/// How wide a scalar is: a number of bits that is the same everywhere, or one
/// of the C types. Of these some have the same width on every target that
/// matters here; but which of them int64_t is differs, so they are kept apart.
enum class Width : uint8_t {
  W8,
  W16, ///< int16_t, and what is no integer
  W32,
  W64,
  W128,
  Short,      ///< 16 bits
  Int,        ///< 32 bits
  Long,       ///< 64 bits on LP64, 32 on LLP64 (Windows) and ILP32
  LongLong,   ///< 64 bits
  WChar,      ///< wchar_t: 16 bits on Windows, 32 elsewhere
  AutoChar,   ///< of .NET's CharSet.Auto: 16 bits on Windows, 8 elsewhere
  Size,       ///< size_t, ptrdiff_t, ssize_t
  Pointer,    ///< intptr_t, uintptr_t, .NET's native int
  LongDouble, ///< long double: 64, 80 or 128 bits of value
};

/// Whether a scalar has a sign; for char and wchar_t the target decides.
enum class Signedness : uint8_t { Signed, Unsigned, Target };

/// A data model in the usual sense (LP64, LLP64, ILP32): the widths that a
/// target gives to the C types without a fixed one. All in bits.
struct DataModel {
  unsigned Pointer = 64;
  unsigned Size = 64;
  unsigned Long = 64;
  unsigned WChar = 32;
  unsigned AutoChar = 8;
  unsigned LongDouble = 128; ///< bits of storage
  /// The largest alignment that .NET gives to a vector of
  /// System.Runtime.Intrinsics, see RecordType::IsVector.
  unsigned VectorAlign = 512;
  bool CharIsSigned = true;
  bool WCharIsSigned = true;

  /// \returns the storage width of \p W on this target, in bits.
  unsigned bits(Width W) const;
  bool operator==(const DataModel &) const = default;
};

/// The name by which facts and messages call a width: "32", "long", "pointer".
llvm::StringRef name(Width W);

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_DATAMODEL_H

//===- DataModel.h - Widths that depend on the target -----------*- C++ -*-===//
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

/// The width of a scalar: a number of bits that is the same on every target, or
/// one of the C types. Some C types have the same width on all supported
/// targets. They are distinguished anyway, because targets differ in which of
/// them is int64_t.
enum class Width : uint8_t {
  W8,
  W16, ///< int16_t, and 16-bit types that are not integers
  W32,
  W64,
  W128,
  Short,      ///< 16 bits
  Int,        ///< 32 bits
  Long,       ///< 64 bits on LP64, 32 on LLP64 (Windows) and ILP32
  LongLong,   ///< 64 bits
  WChar,      ///< wchar_t: 16 bits on Windows, 32 elsewhere
  AutoChar,   ///< .NET's CharSet.Auto: 16 bits on Windows, 8 elsewhere
  Size,       ///< size_t, ptrdiff_t, ssize_t
  Pointer,    ///< intptr_t, uintptr_t, .NET's native int
  LongDouble, ///< long double: a value of 64, 80 or 128 bits
};

/// Whether a scalar is signed. For char and wchar_t, it depends on the target.
enum class Signedness : uint8_t { Signed, Unsigned, Target };

/// A data model in the usual sense (LP64, LLP64, ILP32): the widths that a
/// target uses for the C types without a fixed width, in bits.
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

/// Returns the name of a width in facts and messages: "32", "long", "pointer".
llvm::StringRef name(Width W);

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_DATAMODEL_H

//===- ABIClass.h - ABI classes of values -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All methods whose values are passed alike share a bridge function. Therefore
// the closure of an application consists of ABI classes and not of types: an
// enum is its underlying integer, a bool is a byte, and every reference is an
// Object. ABI classes are plain numbers; SharedTypes has the details of a
// struct.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_ABICLASS_H
#define ILBRIDGE_HYBRIDCLR_ABICLASS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace llvm {
class raw_ostream;
}

namespace ilbridge::hybridclr {

enum class Basic : uint8_t {
  Void,
  U1, ///< byte, bool
  I1,
  U2, ///< ushort, char
  I2,
  U4,
  I4,
  U8,
  I8,
  R4,
  R8,
  IntPtr,
  UIntPtr,
  Pointer, ///< an unmanaged pointer, a function pointer, or a `ref`
  TypedReference,
  Object, ///< any reference
};
inline constexpr unsigned NumBasics = 16;

/// A Basic, a struct of SharedTypes, or a type that was not found.
class ABIClass {
public:
  constexpr ABIClass() = default;
  constexpr ABIClass(Basic B) : Raw(static_cast<uint32_t>(B)) {}
  static constexpr ABIClass ofStruct(uint32_t Index) {
    return fromRaw(NumBasics + Index);
  }
  static constexpr ABIClass unresolved(uint32_t Index) {
    return fromRaw(UnresolvedBit | Index);
  }
  static constexpr ABIClass fromRaw(uint32_t Raw) {
    ABIClass V;
    V.Raw = Raw;
    return V;
  }

  constexpr uint32_t raw() const { return Raw; }
  constexpr bool isUnresolved() const { return Raw & UnresolvedBit; }
  constexpr bool isStruct() const { return !isUnresolved() && !isBasic(); }
  constexpr bool isBasic() const { return Raw < NumBasics; }
  constexpr bool is(Basic B) const { return Raw == static_cast<uint32_t>(B); }
  constexpr Basic basic() const { return static_cast<Basic>(Raw); }
  /// Returns the index of a struct or of an unresolved type.
  constexpr uint32_t index() const {
    return isUnresolved() ? Raw & ~UnresolvedBit : Raw - NumBasics;
  }
  constexpr bool operator==(const ABIClass &) const = default;

private:
  static constexpr uint32_t UnresolvedBit = 0x80000000;
  uint32_t Raw = 0;
};

inline llvm::hash_code hash_value(ABIClass V) {
  return llvm::hash_value(V.raw());
}

static_assert(sizeof(ABIClass) == sizeof(uint32_t),
              "ABI classes are hashed as bytes");

/// Returns the code of a basic ABI class in signatures: "u1", "i4", or "u" for
/// Object.
llvm::StringRef code(Basic B);

/// A list of ABI classes, represented by a number. Lists are equal if and only
/// if their numbers are.
enum class ABIClassList : uint32_t { None };

/// Returns the ABI class of a type argument: a pointer is a UIntPtr there.
constexpr ABIClass asTypeArgument(ABIClass V) {
  return V.is(Basic::Pointer) ? ABIClass(Basic::UIntPtr) : V;
}

/// The ABI classes of a signature's type parameters. Without a list, each of
/// them is an Object, as in the body that il2cpp shares.
struct TypeArguments {
  ABIClassList OfType = ABIClassList::None;
  ABIClassList OfMethod = ABIClassList::None;
};

} // namespace ilbridge::hybridclr

/// Hashes type arguments.
template <>
struct llvm::hashing::detail::is_hashable_data<ilbridge::hybridclr::ABIClass>
    : std::true_type {};

template <> struct llvm::DenseMapInfo<ilbridge::hybridclr::ABIClass> {
  using ABIClass = ilbridge::hybridclr::ABIClass;
  static ABIClass getEmptyKey() { return ABIClass::fromRaw(~0U); }
  static ABIClass getTombstoneKey() { return ABIClass::fromRaw(~0U - 1); }
  static unsigned getHashValue(ABIClass V) {
    return DenseMapInfo<uint32_t>::getHashValue(V.raw());
  }
  static bool isEqual(ABIClass A, ABIClass B) { return A == B; }
};

#endif // ILBRIDGE_HYBRIDCLR_ABICLASS_H

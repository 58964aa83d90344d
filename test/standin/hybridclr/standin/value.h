//===- value.h - A value during a call --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This class knows the representation of a value of a C++ type in each place:
// in the interpreter's slots, in a native parameter, and in the slots that a
// bridge fills for the interpreter.
//
// A driver spells the C++ types of a signature's codes. `sr`, the address of a
// struct that AAPCS64 passes by reference, is standin::StructRef.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VALUE_H
#define STANDIN_VALUE_H

#include "hybridclr/interpreter/MethodBridge.h"
#include "standin/memory.h"
#include "standin/version.h"
#include <type_traits>

namespace standin {

/// Returns the number of slots that \p Size bytes take.
constexpr std::size_t slotsOf(std::size_t Size) { return (Size + 7) / 8; }

/// The classic code `sr` denotes a struct of more than 16 bytes, which is
/// passed by its address.
struct StructRef {};

/// A value of type T. \p Seed selects its bytes.
template <typename T> class Value {
  static_assert(std::is_trivially_copyable<T>::value,
                "bridges copy values byte by byte");

public:
  /// The type in the bridge's signature.
  using Passed = T;
  static constexpr bool Small = std::is_integral<T>::value && sizeof(T) < 4;
  static constexpr std::size_t Size = sizeof(T);
  static constexpr std::size_t FrameSlots = slotsOf(sizeof(T));
  /// Up to 3.4, a bridge gives the interpreter one slot per argument, which has
  /// the address of a value that does not fit.
  static constexpr bool ByAddress = STANDIN_CLASSIC && sizeof(T) > 8;
  static constexpr std::size_t ArgumentSlots = ByAddress ? 1 : FrameSlots;

  explicit Value(unsigned Seed) { fillPattern(Bytes, sizeof(T), Seed); }

  /// Writes the value as the interpreter holds it: a small integer is an int32,
  /// and the bytes above it are not written.
  void putInFrame(unsigned char *Slot) const {
    std::int32_t Wide = 0;
    if (Small) {
      Wide = static_cast<std::int32_t>(asInteger());
      std::memcpy(Slot, &Wide, sizeof Wide);
    } else {
      std::memcpy(Slot, Bytes, sizeof(T));
    }
  }

  T pass() const { return load(Bytes); }
  /// Returns the value that equals this one after an adjustor thunk adds \p
  /// Offset.
  T passWithout(std::size_t Offset) const {
    static_assert(std::is_integral<T>::value, "an object's address");
    return static_cast<T>(static_cast<std::uint64_t>(asInteger()) - Offset);
  }

  void expectPassed(const T &Got, const Place &P) const {
    expectBytes(&Got, Bytes, ValueBits<T>::mask(), sizeof(T), P);
  }
  void expectBytesAt(const void *Got, const Place &P) const {
    expectBytes(Got, Bytes, ValueBits<T>::mask(), sizeof(T), P);
  }
  void expectInSlots(const unsigned char *Slots, const Place &P) const {
    if (ByAddress) {
      const void *Address;
      std::memcpy(&Address, Slots, sizeof Address);
      expectBytesAt(Address, P);
    } else if (Small) {
      auto Wide = static_cast<std::uint64_t>(asInteger());
      unsigned char Expected[8];
      std::memcpy(Expected, &Wide, 8);
      expectBytes(Slots, Expected, nullptr, 8, P, ", widened");
    } else {
      expectBytesAt(Slots, P);
    }
  }
  /// Writes the value as the interpreter returns it.
  void writeTo(void *At) const { std::memcpy(At, Bytes, sizeof(T)); }

private:
  static T load(const unsigned char *From) {
    union Box { // T may have no default constructor
      Box() : Empty() {}
      char Empty;
      T V;
    } B;
    std::memcpy(static_cast<void *>(&B), From, sizeof(T));
    return B.V;
  }
  template <typename U = T>
  typename std::enable_if<std::is_integral<U>::value, std::int64_t>::type
  asInteger() const {
    return static_cast<std::int64_t>(load(Bytes));
  }
  template <typename U = T>
  typename std::enable_if<!std::is_integral<U>::value, std::int64_t>::type
  asInteger() const {
    return 0;
  }

  alignas(T) unsigned char Bytes[sizeof(T)];
};

template <> class Value<void> {
public:
  using Passed = void;
  static constexpr std::size_t Size = 0;
  explicit Value(unsigned) {}
  void pass() const {}
  void expectBytesAt(const void *, const Place &) const {}
  void writeTo(void *) const {}
};

template <> class Value<StructRef> {
public:
  using Passed = std::uint64_t;
  enum : std::size_t { Size = 40 };
  static constexpr std::size_t FrameSlots = slotsOf(Size);
  static constexpr std::size_t ArgumentSlots = 1;

  explicit Value(unsigned Seed) { fillPattern(Bytes, Size, Seed); }
  void putInFrame(unsigned char *Slot) const {
    InFrame = Slot;
    std::memcpy(Slot, Bytes, Size);
  }
  std::uint64_t pass() const { return reinterpret_cast<std::uintptr_t>(Bytes); }
  void expectPassed(std::uint64_t Got, const Place &P) const {
    if (Got != reinterpret_cast<std::uintptr_t>(InFrame))
      fail(P, " is not the address of its slot");
  }
  void expectInSlots(const unsigned char *Slots, const Place &P) const {
    std::uint64_t Expected = pass();
    if (std::memcmp(Slots, &Expected, sizeof Expected) != 0)
      fail(P, " is not the address that the caller passed");
  }

private:
  unsigned char Bytes[Size];
  mutable const unsigned char *InFrame = nullptr;
};

} // namespace standin

#endif // STANDIN_VALUE_H

//===- pair.h - Callers and callees that may differ -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A caller has a function's type from C#, and a callee has it from C++. Each
// describes the values that it sends or receives as a list of scalars. A call
// is intact if both lists have the same values.
//
//===----------------------------------------------------------------------===//

#ifndef CONFORMANCE_PAIR_H
#define CONFORMANCE_PAIR_H

#include "support.h"
#include <cstring>

namespace conformance {

enum : unsigned { ResultPlace = 40 };

// The side that sends a value and the side that receives it each describe it
// with their own type.
void sends(unsigned Place, void *Value, const Type *T);
void gets(unsigned Place, const void *Value, const Type *T);
/// Receives a small integer as the callee reads it from its register.
void getsWidened(unsigned Place, int64_t Value, const Type *T);

/// Returns the address of a \p T for an argument.
void *sendsAddress(unsigned Place, const Type *T, unsigned Align);
void getsAddress(unsigned Place, void *Address, const Type *T, unsigned Align);
/// Receives the value that the callee wrote to that address.
void getsBack(unsigned Place, const Type *T);

void entered();
void expectStack(uintptr_t Before, uintptr_t After);

inline uintptr_t stackPointer() {
#ifdef __i386__
  uintptr_t Pointer;
  __asm__ volatile("movl %%esp, %0" : "=r"(Pointer));
  return Pointer;
#else
  return 0;
#endif
}

// A compiler may leave any bits above a value of at most 32 bits in a register
// of 64 bits.
template <typename T, bool Fits = sizeof(void *) == 8 && sizeof(T) <= 4>
struct Garbage {
  using Passed = T;
  static T of(T V) { return V; }
};
template <typename T> struct Garbage<T, true> {
  using Passed = uint64_t;
  static uint64_t of(T V) {
    return 0xcdcdcdcd00000000u | static_cast<uint32_t>(static_cast<int32_t>(V));
  }
};

/// Does the same for a struct of one small integer. No rule defines the rest of
/// its register or stack slot.
template <typename T> uintptr_t withGarbage(const T &V) {
  auto Register = static_cast<uintptr_t>(0xcdcdcdcdcdcdcdcd);
  memcpy(&Register, &V, sizeof(V));
  return Register;
}

struct Case {
  const char *Name;
  void (*Call)(Function);
  void (*CallWithGarbage)(Function);
  unsigned Callee; ///< an index in Callees
};
extern const Case Cases[];
extern const unsigned CaseCount;
/// Each case has a plain callee, and one that leaves garbage above its result.
extern const Function Callees[][2];

} // namespace conformance

#endif // CONFORMANCE_PAIR_H

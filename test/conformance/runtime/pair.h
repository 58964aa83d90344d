//===- pair.h - Two sides that may disagree ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A caller that has a function's type from C#, and a callee that has it from
// C++. Each describes what it sends or gets as a list of scalars; a call is
// intact when both lists are the same values.
//
//===----------------------------------------------------------------------===//

#ifndef CONFORMANCE_PAIR_H
#define CONFORMANCE_PAIR_H

#include "support.h"
#include <cstring>

namespace conformance {

enum : unsigned { ResultPlace = 40 };

// Whoever sends a value, and whoever gets it, in its own words.
void sends(unsigned Place, void *Value, const Type *T);
void gets(unsigned Place, const void *Value, const Type *T);
/// A small integer as the callee takes it from its register.
void getsWidened(unsigned Place, int64_t Value, const Type *T);

/// An argument that is the address of a \p T.
void *sendsAddress(unsigned Place, const Type *T, unsigned Align);
void getsAddress(unsigned Place, void *Address, const Type *T, unsigned Align);
/// What the callee wrote there.
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

// What a compiler may leave above a value of at most 32 bits, where a register
// has 64: anything.
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

/// The same for a struct of one small integer, of which nothing says how the
/// rest of a register or stack slot looks.
template <typename T> uintptr_t withGarbage(const T &V) {
  auto Register = static_cast<uintptr_t>(0xcdcdcdcdcdcdcdcd);
  memcpy(&Register, &V, sizeof(V));
  return Register;
}

struct Case {
  const char *Name;
  void (*Call)(Function);
  void (*CallWithGarbage)(Function);
  unsigned Callee; ///< in Callees
};
extern const Case Cases[];
extern const unsigned CaseCount;
/// Of each case a plain one, and one that leaves garbage above its result.
extern const Function Callees[][2];

} // namespace conformance

#endif // CONFORMANCE_PAIR_H

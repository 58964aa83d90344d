//===- pair.cpp - Calls of mismatched functions ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The program prints "OK name" or "DIFFERS name why" for each case. Its
// argument is the number of the first case: after a crash, the caller continues
// with the next case.
//
//===----------------------------------------------------------------------===//

#include "pair.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

using namespace conformance;

namespace {

enum : unsigned { Places = 41, Most = 80, Room = 1024 };

struct Sent {
  unsigned Count;
  struct Scalar {
    Kind K;
    unsigned Size;
    unsigned char Bytes[16];
  } Scalars[Most];
};

Sent Values[Places];
const Leaf AddressLeaf[] = {{0, sizeof(void *), Unsigned, ""}};
alignas(64) unsigned char Memory[Places][Room];
void *Addresses[Places];
unsigned Entered, Round;
bool Differs;
char Reason[200];

void differ(const char *Why, unsigned Place, unsigned Leaf) {
  if (Differs)
    return;
  Differs = true;
  std::snprintf(Reason, sizeof Reason, "%s %u, scalar %u: %s",
                Place == ResultPlace ? "result" : "parameter", Place, Leaf,
                Why);
}

/// The sign bit is set in half of the rounds. No value is a NaN.
unsigned char patternByte(unsigned Place, unsigned Leaf, unsigned I) {
  return static_cast<unsigned char>(
      (Round % 2 ? 0x80 : 0) |
      (1 + (Place * 29 + Leaf * 37 + I * 11 + Round) % 0x6d));
}

void fill(unsigned Place, void *Value, const Type &T) {
  auto *Bytes = static_cast<unsigned char *>(Value);
  std::memset(Bytes, 0xcd, T.Size); // padding
  for (unsigned L = 0; L != T.Count; ++L) {
    const Leaf &Each = T.Leaves[L];
    unsigned char *At = Bytes + Each.Offset;
    for (unsigned I = 0; I != Each.Size; ++I)
      At[I] = Each.K == Truth ? 0 : patternByte(Place, L, I);
    if (Each.K == Truth)
      *At = (Round + L) / 2 % 2 == 0;
  }
  Sent &S = Values[Place];
  S.Count = T.Count;
  for (unsigned L = 0; L != T.Count; ++L) {
    S.Scalars[L].K = T.Leaves[L].K;
    S.Scalars[L].Size = T.Leaves[L].Size;
    std::memcpy(S.Scalars[L].Bytes, Bytes + T.Leaves[L].Offset,
                T.Leaves[L].Size);
  }
}

int64_t number(const unsigned char *Bytes, unsigned Size, Kind K) {
  uint64_t Value = 0;
  for (unsigned I = 0; I != Size; ++I)
    Value |= static_cast<uint64_t>(Bytes[I]) << 8 * I;
  if (K == Signed && Size < 8 && (Value >> (8 * Size - 1) & 1))
    Value |= ~uint64_t(0) << 8 * Size;
  return static_cast<int64_t>(Value);
}

void compare(unsigned Place, const void *Value, const Type &T) {
  const Sent &S = Values[Place];
  if (S.Count != T.Count)
    return differ("another number of scalars", Place, 0);
  for (unsigned L = 0; L != T.Count; ++L) {
    const Leaf &Mine = T.Leaves[L];
    const Sent::Scalar &Theirs = S.Scalars[L];
    const auto *Bytes = static_cast<const unsigned char *>(Value) + Mine.Offset;
    if ((Mine.K == Float) != (Theirs.K == Float))
      return differ("a float and an integer", Place, L);
    bool IsSame = Mine.Size == Theirs.Size
                      ? std::memcmp(Bytes, Theirs.Bytes, Mine.Size) == 0
                      : Mine.K != Float &&
                            number(Bytes, Mine.Size, Mine.K) ==
                                number(Theirs.Bytes, Theirs.Size, Theirs.K);
    if (!IsSame)
      return differ(Mine.Size == Theirs.Size ? "other bytes"
                                             : "another number of bytes",
                    Place, L);
  }
}

void run(unsigned I) {
  const Case &C = Cases[I];
  std::printf("AT %u\n", I);
  std::fflush(stdout);
  Differs = false;
  for (Round = 0; Round != 4 && !Differs; ++Round)
    for (bool WithGarbage : {false, true}) {
      std::memset(Values, 0, sizeof Values);
      std::memset(Memory, 0xcd, sizeof Memory);
      std::memset(Addresses, 0, sizeof Addresses);
      Entered = 0;
      poisonStack();
      (WithGarbage ? C.CallWithGarbage
                   : C.Call)(Callees[C.Callee][WithGarbage]);
      if (Entered != 1)
        differ("not called once", ResultPlace, 0);
    }
  if (Differs)
    std::printf("DIFFERS %s %s\n", C.Name, Reason);
  else
    std::printf("OK %s\n", C.Name);
}

} // namespace

void conformance::sends(unsigned Place, void *Value, const Type *T) {
  fill(Place, Value, *T);
  poisonStack();
}
void conformance::gets(unsigned Place, const void *Value, const Type *T) {
  compare(Place, Value, *T);
}
void conformance::getsWidened(unsigned Place, int64_t Value, const Type *T) {
  // The callee relies on an extension by its own sign, whatever the caller's
  // sign is. gets() has already compared values of different widths.
  const Sent &S = Values[Place];
  if (S.Count == 1 && S.Scalars->Size == T->Size && T->Leaves->K != Truth &&
      S.Scalars->K != Float &&
      Value != number(S.Scalars->Bytes, T->Size, T->Leaves->K))
    differ("widened otherwise", Place, 0);
}

void *conformance::sendsAddress(unsigned Place, const Type *T, unsigned Align) {
  // The address has exactly the required alignment, and no larger one.
  Addresses[Place] = Memory[Place] + 64 + Align;
  fill(Place, Addresses[Place], *T);
  return Addresses[Place];
}
void conformance::getsAddress(unsigned Place, void *Address, const Type *T,
                              unsigned Align) {
  if (!Addresses[Place]) {
    // A number of the same width as an address may be an address. It is not
    // dereferenced here.
    const Type Number = {"", sizeof Address, 1, AddressLeaf};
    if (Values[Place].Scalars->Size != sizeof Address)
      differ("no address", Place, 0);
    return compare(Place, &Address, Number);
  }
  if (Address != Addresses[Place])
    return differ("another address", Place, 0);
  if (reinterpret_cast<uintptr_t>(Address) % Align != 0)
    differ("misaligned", Place, 0);
  compare(Place, Address, *T);
  ++Round;
  fill(Place, Address, *T);
  --Round;
}
void conformance::getsBack(unsigned Place, const Type *T) {
  compare(Place, Addresses[Place], *T);
}

void conformance::entered() { ++Entered; }
void conformance::expectStack(uintptr_t Before, uintptr_t After) {
  if (Before != After)
    differ("the stack is not where it was", ResultPlace, 0);
}
__attribute__((noinline)) void conformance::poisonStack() {
  volatile unsigned char Bytes[2048];
  for (volatile unsigned char &Byte : Bytes)
    Byte = 0xcd;
}

int main(int Argc, char **Argv) {
  unsigned First = Argc > 1 ? static_cast<unsigned>(std::atoi(Argv[1])) : 0;
  for (unsigned I = First; I < CaseCount; ++I)
    run(I);
  std::printf("DONE %u\n", CaseCount);
}

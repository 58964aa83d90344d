//===- support.cpp - Calls all signatures ---------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The program implements the calls of both runtimes with descriptions of types
// and without templates, so that thousands of signatures compile in little time
// and memory. It prints a line "FAIL name way: …" for each kind of call that
// does not arrive intact.
//
//===----------------------------------------------------------------------===//

#include "support.h"
#include "hybridclr/interpreter/Interpreter.h"
#include "hybridclr/interpreter/InterpreterModule.h"
#include "hybridclr/interpreter/MethodBridge.h"
#include "public/leanclr.hpp"
#include "vm/ScopedThreadAttacher.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

void RegisterNativeMethods();

using namespace conformance;
namespace hybrid = hybridclr::interpreter;

namespace {

enum : unsigned char { Stale = 0xcd };
enum : unsigned { Result = 40, SlotCount = 256 };

/// The current call.
struct {
  const Signature *S;
  const char *Way;
  unsigned Negative; ///< 1: all values have their sign bits set
  unsigned Arrivals;
  bool HasThis; ///< the interpreter passes an object first
  bool Failed;
} Now;

unsigned Failures = 0;

MethodInfo Method;
unsigned char Self;
std::vector<const MethodInfo *> Wrapped;
int Attachments = 0;

void report(const char *Text) {
  if (Now.Failed)
    return;
  Now.Failed = true;
  ++Failures;
  std::printf("FAIL %s %s: %s\n", Now.S->Name, Now.Way, Text);
}

unsigned char patternByte(unsigned Place, unsigned Offset) {
  // The exponent of a float never has all bits set: a NaN may change when it is
  // passed.
  return static_cast<unsigned char>((Now.Negative ? 0x80 : 0) |
                                    (1 + (Place * 29 + Offset * 11) % 0x6d));
}

void fill(void *Value, const Type &T, unsigned Place) {
  auto *Bytes = static_cast<unsigned char *>(Value);
  for (unsigned I = 0; I != T.Size; ++I)
    Bytes[I] = patternByte(Place, I);
  for (unsigned L = 0; L != T.Count; ++L)
    if (T.Leaves[L].K == Truth)
      Bytes[T.Leaves[L].Offset] =
          patternByte(Place, T.Leaves[L].Offset) / 2 % 2;
}

void expect(const void *Value, const Type &T, unsigned Place) {
  const auto *Bytes = static_cast<const unsigned char *>(Value);
  alignas(16) unsigned char Expected[256];
  fill(Expected, T, Place);
  for (unsigned L = 0; L != T.Count; ++L)
    for (unsigned I = 0; I != T.Leaves[L].Size; ++I) {
      unsigned At = T.Leaves[L].Offset + I;
      if (Bytes[At] == Expected[At])
        continue;
      char Text[300], What[32] = "the result";
      if (Place != Result)
        std::snprintf(What, sizeof What, "argument %u", Place);
      std::snprintf(Text, sizeof Text,
                    "%s, a %s of %u bytes: byte %u of '%s', at %u, is 0x%02x, "
                    "not 0x%02x",
                    What, T.Name, T.Size, I, T.Leaves[L].Name, At, Bytes[At],
                    Expected[At]);
      return report(Text);
    }
}

bool isSmall(const Type &T) {
  return T.Count == 1 && !*T.Leaves->Name && T.Size < 4 && T.Leaves->K != Float;
}

/// Returns the value of a small integer.
int64_t wide(const Type &T, unsigned Place) {
  unsigned char Bytes[8] = {};
  fill(Bytes, T, Place);
  int64_t Value = 0;
  for (unsigned I = 0; I != T.Size; ++I)
    Value |= static_cast<int64_t>(Bytes[I]) << 8 * I;
  bool IsNegative = T.Leaves->K == Signed && (Value >> (8 * T.Size - 1) & 1);
  return IsNegative ? Value - (int64_t(1) << 8 * T.Size) : Value;
}

unsigned slotsOf(const Type &T) { return (T.Size + 7) / 8; }

/// Writes a value as an interpreter holds it: a small integer has 32 bits.
void putInSlots(unsigned char *Slot, const Type &T, unsigned Place) {
  if (!isSmall(T))
    return fill(Slot, T, Place);
  auto Wide = static_cast<int32_t>(wide(T, Place));
  std::memcpy(Slot, &Wide, sizeof Wide);
}

void expectWide(const void *Slot, unsigned Bytes, const Type &T,
                unsigned Place) {
  int64_t Wide = wide(T, Place);
  if (std::memcmp(Slot, &Wide, Bytes) != 0) {
    char Text[100];
    std::snprintf(Text, sizeof Text,
                  "value %u, a %s, is not widened to %u "
                  "bytes",
                  Place, T.Name, Bytes);
    report(Text);
  }
}

/// The slots before a call.
struct Frame {
  explicit Frame(unsigned char Poison) {
    std::memset(Slots, Poison, sizeof Slots);
    std::memset(Ret, Poison, sizeof Ret);
  }
  unsigned char *at(unsigned Slot) { return Slots + Slot * 8; }

  alignas(8) unsigned char Slots[SlotCount * 8];
  alignas(8) unsigned char Ret[128];
};

void begin(const char *Way) {
  Now.Way = Way;
  Now.Arrivals = 0;
  Now.HasThis = false;
  Now.Failed = false;
}
void end() {
  if (Now.Arrivals != 1)
    report("the other end is not reached once");
}

void expectResult(const Frame &F) {
  if (const Type *T = Now.S->Types[0]) {
    expect(F.Ret, *T, Result);
    for (unsigned I = T->Size; I != sizeof F.Ret; ++I)
      if (F.Ret[I] != Stale)
        return report("more bytes than the result has are written");
  }
}

//===----------------------------------------------------------------------===//
// From managed to native code
//===----------------------------------------------------------------------===//

void callInvoker() {
  begin("invoker");
  const standin::Entry *E =
      standin::Registry::get().find(Now.S->Managed, standin::Import::PInvoke);
  if (!E)
    return report("nothing is registered");
  Frame F(standin::Poison);
  unsigned Slot = 0;
  for (unsigned I = 0; I != Now.S->Params; ++I) {
    const Type &T = *Now.S->Types[I + 1];
    putInSlots(F.at(Slot), T, I);
    Slot += slotsOf(T);
  }
  poisonStack();
  auto Error = standin::errorOf(
      E->Invoke(nullptr, nullptr,
                reinterpret_cast<leanclr::interp::RtStackObject *>(F.Slots),
                reinterpret_cast<leanclr::interp::RtStackObject *>(F.Ret)));
  end();
  if (Error != leanclr::RtErr::None)
    report("the call gives an error");
  if (const Type *T = Now.S->Types[0]) {
    if (isSmall(*T))
      expectWide(F.Ret, 4, *T, Result);
    else
      expect(F.Ret, *T, Result);
  }
}

/// Places the arguments in reverse order, with gaps between them.
void place(Frame &F, uint16_t *Indexes, bool HasThis) {
  unsigned Slot = SlotCount - 1;
  for (unsigned I = 0; I != Now.S->Params; ++I) {
    const Type &T = *Now.S->Types[I + 1];
    Slot -= slotsOf(T);
    putInSlots(F.at(Slot), T, I);
    Indexes[I + HasThis] = static_cast<uint16_t>(Slot--);
  }
  if (HasThis) {
    void *Object = &Self;
    std::memcpy(F.at(--Slot), &Object, sizeof Object);
    Indexes[0] = static_cast<uint16_t>(Slot);
  }
}

template <typename F, typename A>
void callFromInterpreter(F Bridge, A Function, bool HasThis) {
  Frame Caller(Stale);
  uint16_t Indexes[40];
  place(Caller, Indexes, HasThis);
  poisonStack();
  Bridge(Function, Indexes,
         reinterpret_cast<hybrid::StackObject *>(Caller.Slots),
         Now.S->Types[0] ? Caller.Ret : nullptr);
  end();
  expectResult(Caller);
}

template <typename Row> const char *key(const Row &R) { return R.signature; }
const char *key(const hybrid::ReversePInvokeMethodData &R) {
  return R.methodSig;
}
const char *key(const hybrid::Managed2NativeFunctionPointerCallData &R) {
  return R.methodSig;
}

template <typename Row>
const Row *find(const Row *Rows, const std::string &Key) {
  for (const Row *R = Rows; key(*R); ++R)
    if (Key == key(*R))
      return R;
  report(("no row has the key " + Key).c_str());
  return nullptr;
}

std::string codes(bool HasThis) {
  std::string Text = Now.S->Codes;
  return HasThis ? Text.insert(Now.S->ResultCode, "u") : Text;
}

void callFunctionPointer() {
  begin("M2NF");
  if (auto *R = find(hybrid::g_managed2NativeFunctionPointerCallStub,
                     "B" + codes(false)))
    callFromInterpreter(R->methodPointer, Now.S->Native, false);
}

void callMethod() {
  begin("M2N");
  Method.methodPointerCallByInterp = Now.S->NativeMethod;
  if (auto *R = find(hybrid::g_managed2nativeStub, codes(true)))
    callFromInterpreter(R->method, &Method, true);
}

//===----------------------------------------------------------------------===//
// From native to managed code
//===----------------------------------------------------------------------===//

void callManaged() {
  begin("N2M");
  Now.HasThis = true;
  if (auto *R = find(hybrid::g_native2managedStub, codes(true))) {
    Now.S->CallMethod(R->method, &Self, &Method);
    end();
  }
}

void callAdjusted() {
  begin("adjustor thunk");
  Now.HasThis = true;
  if (auto *R = find(hybrid::g_adjustThunkStub, codes(true))) {
    auto Object = reinterpret_cast<uintptr_t>(&Self) - sizeof(Il2CppObject);
    Now.S->CallMethod(R->method, reinterpret_cast<void *>(Object), &Method);
    end();
  }
}

void callWrapper() {
  begin("reverse wrapper");
  auto *Bridge = find(hybrid::g_native2managedStub, codes(false));
  auto *R = find(hybrid::g_reversePInvokeMethodStub, "B" + codes(false));
  if (!Bridge || !R)
    return;
  auto Row = static_cast<size_t>(R - hybrid::g_reversePInvokeMethodStub);
  Wrapped.resize(Row + 1);
  Wrapped[Row] = &Method;
  Method.methodPointerCallByInterp = Bridge->method;
  Now.S->CallNative(R->methodPointer);
  Wrapped[Row] = nullptr;
  end();
  if (Attachments != 0)
    report("the thread stays attached");
}

} // namespace

void standin::attachThread() { ++Attachments; }
void standin::detachThread() { --Attachments; }

const MethodInfo *
hybrid::InterpreterModule::GetMethodInfoByReversePInvokeWrapperIndex(
    int32_t Index) {
  auto Row = static_cast<size_t>(Index);
  if (Attachments != 1 || Row >= Wrapped.size() || !Wrapped[Row]) {
    report("a wrapper asks for a method that it does not have");
    return &Method;
  }
  return Wrapped[Row];
}

void hybrid::Interpreter::Execute(const MethodInfo *Got, StackObject *Args,
                                  void *Ret) {
  arrive();
  auto *Slot = reinterpret_cast<unsigned char *>(Args);
  if (Got != &Method)
    report("the method does not arrive");
  if (Now.HasThis) {
    void *Object;
    std::memcpy(&Object, Slot, sizeof Object);
    if (Object != &Self)
      report("the object does not arrive");
    Slot += 8;
  }
  for (unsigned I = 0; I != Now.S->Params; ++I) {
    const Type &T = *Now.S->Types[I + 1];
    if (isSmall(T))
      expectWide(Slot, 8, T, I);
    else
      expect(Slot, T, I);
    Slot += slotsOf(T) * 8;
  }
  poisonStack();
  if (const Type *T = Now.S->Types[0]) {
    if (Ret)
      fill(Ret, *T, Result);
    else
      report("there is no place for the result");
  }
}

void conformance::arrive() { ++Now.Arrivals; }
void conformance::expectThis(const void *Object, const void *Got) {
  if (Object != &Self)
    report("the object does not arrive");
  if (Got != &Method)
    report("the method does not arrive");
}
void conformance::argument(unsigned I, const void *Value, const Type *T) {
  expect(Value, *T, I);
}
void conformance::widened(unsigned I, int64_t Value) {
  expectWide(&Value, 8, *Now.S->Types[I + 1], I);
}
void conformance::sendResult(void *Value, const Type *T) {
  poisonStack();
  fill(Value, *T, Result);
}
void conformance::sendArgument(unsigned I, void *Value, const Type *T) {
  fill(Value, *T, I);
}
void conformance::result(const void *Value, const Type *T) {
  expect(Value, *T, Result);
}
__attribute__((noinline)) void conformance::poisonStack() {
  volatile unsigned char Bytes[2048];
  for (volatile unsigned char &Byte : Bytes)
    Byte = Stale;
}

int main() {
  RegisterNativeMethods();
  for (unsigned I = 0; I != SignatureCount; ++I) {
    Now.S = &Signatures[I];
    // Prints the current signature, in case that the call ends the program.
    std::printf("AT %s\n", Now.S->Name);
    std::fflush(stdout);
    for (unsigned Negative : {0, 1}) {
      Now.Negative = Negative;
      callInvoker();
      callFunctionPointer();
      callMethod();
      callManaged();
      callAdjusted();
      callWrapper();
    }
  }
  std::printf("DONE %u\n", SignatureCount);
  return Failures != 0;
}

//===- frame.h - The interpreter's frame ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This part of a trip does not depend on its types.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_FRAME_H
#define STANDIN_FRAME_H

#include "standin/machine.h"

namespace standin {

using hybridclr::interpreter::Managed2NativeCallMethod;
#if STANDIN_CALLS
using hybridclr::interpreter::FunctionPointer;
#else
typedef Il2CppMethodPointer FunctionPointer;
#endif
typedef void (*FunctionPointerCall)(FunctionPointer, uint16_t *, StackObject *,
                                    void *);

/// The interpreter's frame at a call of native code. Arguments lie in it from
/// the last to the first, and an unused slot precedes each of them.
class Frame {
public:
  __attribute__((noinline)) Frame(std::size_t Slots, std::size_t Arguments,
                                  std::size_t ResultSize)
      : Slots(Slots * 8), Indexes(Arguments * 2), Ret(ResultSize), At(Slots) {}

  /// Returns the place for argument \p I, which takes \p Count slots.
  unsigned char *place(std::size_t I, std::size_t Count) {
    At -= Count;
    const auto Index = static_cast<uint16_t>(At--);
    std::memcpy(Indexes.begin() + I * 2, &Index, sizeof Index);
    return Slots.begin() + Index * 8;
  }

  __attribute__((noinline)) void call(const std::string &Name,
                                      Managed2NativeCallMethod Bridge,
                                      const MethodInfo *Method) {
    const std::string Before = bytes();
    Bridge(Method, indexes(), base(), result());
    expectUnchanged(Name, Before);
  }
  __attribute__((noinline)) void call(const std::string &Name,
                                      FunctionPointerCall Bridge,
                                      FunctionPointer Function) {
    const std::string Before = bytes();
    Bridge(Function, indexes(), base(), result());
    expectUnchanged(Name, Before);
  }

  /// Returns exactly the bytes of the result, or null if there is no result.
  unsigned char *result() { return Ret.size() ? Ret.begin() : nullptr; }

private:
  uint16_t *indexes() { return reinterpret_cast<uint16_t *>(Indexes.begin()); }
  StackObject *base() { return reinterpret_cast<StackObject *>(Slots.begin()); }
  std::string bytes() {
    return std::string(Slots.begin(), Slots.begin() + Slots.size());
  }
  void expectUnchanged(const std::string &Name, const std::string &Before) {
    if (bytes() != Before)
      fail(Name + ": the bridge writes to the frame");
  }

  Block Slots, Indexes, Ret;
  std::size_t At;
};

class TripBase : public Interpreted {
protected:
  TripBase(const std::string &Name) : Name(Name), Method() {}
  ~TripBase() = default;

  Place argument(std::size_t I) const { return Place{Name.c_str(), I}; }
  Place result() const { return Place{Name.c_str(), Place::None}; }

  void arrive(const MethodInfo *Got) {
    if (Got != &Method)
      fail(Name + ": the method does not arrive");
  }
  void expectArrival() const {
    if (Arrivals != 1)
      fail(Name + ": the other end is not reached once");
  }

  /// Copies the arguments as the interpreter does: whole slots, whatever the
  /// arguments' sizes are.
  __attribute__((noinline)) void take(Block &Slots, const StackObject *From) {
    ++Arrivals;
    if (Slots.size())
      std::memcpy(Slots.begin(), From, Slots.size());
  }
  void expectPlaceForResult(const StackObject *Args, std::size_t Slots,
                            const void *Ret) const {
    if (!Ret)
      fail(Name + ": there is no place for the result");
    if (STANDIN_CLASSIC && Ret != Args + Slots)
      fail(Name + ": the result's slots do not follow the arguments'");
  }

  void enter(const MethodInfo *As) {
    Machine::get().Body = this;
    Machine::get().Method = As;
  }
  void leave() {
    Machine::get().Body = nullptr;
    expectArrival();
    if (Machine::get().Attachments != 0)
      fail(Name + ": the thread stays attached");
  }

  std::string Name;
  MethodInfo Method;
  unsigned Arrivals = 0;
};

} // namespace standin

#endif // STANDIN_FRAME_H

//===- trip.h - A call and its return ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Trip has arguments and a result for a signature whose C++ types are R and
// As. It calls a bridge with the arguments, checks at the other end that each
// arrived with all its bytes, sends the result, and checks that.
//
//   interpreter → native   managed2Native, functionPointer
//   native → interpreter   native2Managed, adjustorThunk, reverseWrapper
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_TRIP_H
#define STANDIN_TRIP_H

#include "codegen/il2cpp-codegen-common.h"
#include "standin/frame.h"
#include <tuple>

namespace standin {

// This is std::index_sequence, which C++11 does not have.
template <std::size_t... Is> struct Indices {};
template <std::size_t N, std::size_t... Is>
struct MakeIndices : MakeIndices<N - 1, N - 1, Is...> {};
template <std::size_t... Is> struct MakeIndices<0, Is...> {
  using Type = Indices<Is...>;
};

template <typename R, typename... As> class Trip : TripBase {
  template <typename T> using Passed = typename Value<T>::Passed;
  using Native = R (*)(Passed<As>..., const MethodInfo *);
  using Order = typename MakeIndices<sizeof...(As)>::Type;

public:
  /// \p Name is the bridge's name, for messages. Either all values have the
  /// sign bits set, or none has.
  Trip(const std::string &Name, bool Negative)
      : Trip(Name, Negative, Order()) {}

  void managed2Native(Managed2NativeCallMethod Bridge) {
    Method.methodPointerCallByInterp =
        reinterpret_cast<Il2CppMethodPointer>(&native);
    fromInterpreter(Bridge, &Method, Order());
  }

  /// \p Letter is the first letter of the key: the calling convention.
  void functionPointer(FunctionPointerCall Bridge, char Letter) {
    Il2CppMethodPointer Pointer = nullptr;
    switch (Letter) {
    case 'A':
      Pointer = reinterpret_cast<Il2CppMethodPointer>(&nativeDefault);
      break;
    case 'B':
      Pointer = reinterpret_cast<Il2CppMethodPointer>(&nativeCdecl);
      break;
    case 'C':
      Pointer = reinterpret_cast<Il2CppMethodPointer>(&nativeStdcall);
      break;
    case 'D':
      Pointer = reinterpret_cast<Il2CppMethodPointer>(&nativeThiscall);
      break;
    case 'E':
      Pointer = reinterpret_cast<Il2CppMethodPointer>(&nativeFastcall);
      break;
    default:
      fail(Name + ": the key's letter is no calling convention");
    }
    fromInterpreter(Bridge, reinterpret_cast<FunctionPointer>(Pointer),
                    Order());
  }

  void native2Managed(Il2CppMethodPointer Bridge) {
    enter(&Method);
    call(reinterpret_cast<Native>(Bridge), Order(), &Method);
    leave();
  }

  void adjustorThunk(Il2CppMethodPointer Bridge) {
    enter(&Method);
    callAdjusted(reinterpret_cast<Native>(Bridge), Order());
    leave();
  }

  /// Calls the wrapper \p Pointer, which was given to \p Wrapped. It calls the
  /// native to managed bridge \p Bridge.
  void reverseWrapper(Il2CppMethodPointer Pointer, MethodInfo &Wrapped,
                      Il2CppMethodPointer Bridge, char Letter) {
    Wrapped.methodPointerCallByInterp = Bridge;
    enter(&Wrapped);
    switch (Letter) {
    case 'B':
      call(reinterpret_cast<R(CDECL *)(Passed<As>...)>(Pointer), Order());
      break;
    case 'C':
      call(reinterpret_cast<R(STDCALL *)(Passed<As>...)>(Pointer), Order());
      break;
    case 'D':
      call(reinterpret_cast<R(THISCALL *)(Passed<As>...)>(Pointer), Order());
      break;
    case 'E':
      call(reinterpret_cast<R(FASTCALL *)(Passed<As>...)>(Pointer), Order());
      break;
    default: // A, and keys without a letter up to 3.4
      call(reinterpret_cast<R(DEFAULT_CALL *)(Passed<As>...)>(Pointer),
           Order());
    }
    leave();
  }

private:
  template <std::size_t... Is>
  Trip(const std::string &Name, bool Negative, Indices<Is...>)
      : TripBase(Name), Args(Value<As>(2 * Is + 2 + Negative)...),
        Result(Negative) {
    current() = this;
  }

  static Trip *&current() {
    static Trip *Only = nullptr;
    return Only;
  }

  // These are the native callees of a call from the interpreter.
  static R native(Passed<As>... Got, const MethodInfo *Method) {
    current()->arrive(Method);
    return current()->end(Order(), Got...);
  }
#define STANDIN_NATIVE(Name, Convention)                                       \
  static R Convention Name(Passed<As>... Got) {                                \
    return current()->end(Order(), Got...);                                    \
  }
  STANDIN_NATIVE(nativeDefault, DEFAULT_CALL)
  STANDIN_NATIVE(nativeCdecl, CDECL)
  STANDIN_NATIVE(nativeStdcall, STDCALL)
  STANDIN_NATIVE(nativeThiscall, THISCALL)
  STANDIN_NATIVE(nativeFastcall, FASTCALL)
#undef STANDIN_NATIVE

  template <std::size_t... Is, typename... Ts>
  R end(Indices<Is...>, const Ts &...Got) {
    ++Arrivals;
    const int Each[] = {
        0, (std::get<Is>(Args).expectPassed(Got, argument(Is)), 0)...};
    static_cast<void>(Each);
    return Result.pass();
  }

  template <typename F, typename G, std::size_t... Is>
  void fromInterpreter(F Bridge, G Function, Indices<Is...>) {
    const std::size_t Sizes[] = {0, 1 + Value<As>::FrameSlots...};
    std::size_t Slots = 0;
    for (std::size_t Size : Sizes)
      Slots += Size;
    Frame Caller(Slots, sizeof...(As), Value<R>::Size);
    const int Each[] = {0, (std::get<Is>(Args).putInFrame(
                                Caller.place(Is, Value<As>::FrameSlots)),
                            0)...};
    static_cast<void>(Each);
    Caller.call(Name, Bridge, Function);
    expectArrival();
    Result.expectBytesAt(Caller.result(), result());
  }

  void run(StackObject *Slots, void *Ret) override { run(Slots, Ret, Order()); }
  template <std::size_t... Is>
  void run(StackObject *Slots, void *Ret, Indices<Is...>) {
    std::size_t Count = 0;
    const std::size_t Ends[] = {0, (Count += Value<As>::ArgumentSlots)...};
    static_cast<void>(Ends);
    Block Taken(Count * 8);
    take(Taken, Slots);
    const int Each[] = {0, (std::get<Is>(Args).expectInSlots(
                                Taken.begin() + Ends[Is] * 8, argument(Is)),
                            0)...};
    static_cast<void>(Each);
    if (Value<R>::Size)
      expectPlaceForResult(Slots, Count, Ret);
    Result.writeTo(Ret);
  }

  template <typename F, std::size_t... Is, typename... Rest>
  void call(F Function, Indices<Is...>, Rest... More) {
    check(std::is_void<R>(), Function, std::get<Is>(Args).pass()..., More...);
  }
  template <std::size_t... Is>
  void callAdjusted(Native Function, Indices<0, Is...>) {
    check(std::is_void<R>(), Function,
          std::get<0>(Args).passWithout(sizeof(Il2CppObject)),
          std::get<Is>(Args).pass()..., &Method);
  }
  template <typename F, typename... Ts>
  void check(std::true_type, F Function, const Ts &...Passing) {
    Function(Passing...);
  }
  template <typename F, typename... Ts>
  void check(std::false_type, F Function, const Ts &...Passing) {
    Result.expectPassed(Function(Passing...), result());
  }

  std::tuple<Value<As>...> Args;
  Value<R> Result;
};

} // namespace standin

#endif // STANDIN_TRIP_H

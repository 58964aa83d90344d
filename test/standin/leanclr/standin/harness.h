//===- harness.h - A test plays the interpreter -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This harness executes registered functions as LeanCLR's interpreter does:
//
//   registerGameImports();                  // what was generated
//   standin::Call Add("[Game]Ns.Math::Add(System.Int32,System.Int32)");
//   assert(Add.i4(3).i4(4).invokeI4() == 7);
//
// A Call is one call site. Arguments are pushed in order under the names that
// CIL has for their types. Then one of the invoke functions makes the call, and
// reads the result as the type that the managed method declares. The arguments
// are kept for another invocation; clear() drops them. A wrong invoker yields a
// wrong value, or ends the program with a message. With the address and
// undefined-behaviour sanitizers, reads and writes past the slots end it too.
//
// Choose argument values that fill their type: 7 survives a read of the wrong
// width, 0x123456789abcdef0 does not.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_HARNESS_H
#define STANDIN_HARNESS_H

#include "public/leanclr.hpp"
#include "standin/heap.h"
#include <initializer_list>
#include <vector>

namespace standin {

/// Returns true if the runtime would find a function that is registered for
/// this method.
inline bool isRegistered(const std::string &Method,
                         Import How = Import::PInvoke) {
  return Registry::get().find(Method, How) != nullptr;
}

class Call {
public:
  /// \p Method is `[Module]Ns.Class::Method(T1,T2)`, without spaces.
  explicit Call(const std::string &Method, Import How = Import::PInvoke)
      : Method(Method), Found(Registry::get().find(Method, How)) {
    if (!Found)
      fail("nothing is registered for " + Method);
  }

  /// The name under which the function was registered, and its table.
  const char *registeredName() const { return Found->Name; }
  Table table() const { return Found->In; }

  // These functions push arguments. A value that is smaller than an int32
  // arrives as an int32.
  Call &boolean(bool V) { return i4(V); }
  Call &character(char16_t V) { return i4(V); }
  Call &i1(std::int8_t V) { return i4(V); }
  Call &u1(std::uint8_t V) { return i4(V); }
  Call &i2(std::int16_t V) { return i4(V); }
  Call &u2(std::uint16_t V) { return i4(V); }
  Call &i4(std::int32_t V) { return push(&V, sizeof V); }
  Call &u4(std::uint32_t V) { return push(&V, sizeof V); }
  Call &i8(std::int64_t V) { return push(&V, sizeof V); }
  Call &u8(std::uint64_t V) { return push(&V, sizeof V); }
  Call &r4(float V) { return push(&V, sizeof V); }
  Call &r8(double V) { return push(&V, sizeof V); }
  Call &nativeInt(std::intptr_t V) { return push(&V, sizeof V); }
  Call &nativeUInt(std::uintptr_t V) { return push(&V, sizeof V); }
  /// Pushes a pointer, a `ref` or `out` argument, or an object.
  Call &ptr(const volatile void *V) { return push(&V, sizeof V); }
  Call &null() { return ptr(nullptr); }
  /// Pushes a managed string with this UTF-8 or UTF-16 text.
  Call &str(const std::string &Utf8) {
    return ptr(Heap::get().newStringUtf8(
        Utf8.data(), static_cast<std::int32_t>(Utf8.size())));
  }
  Call &str(const std::u16string &Utf16) {
    return ptr(Heap::get().newString(Utf16.data(),
                                     static_cast<std::int32_t>(Utf16.size())));
  }
  template <typename T> Call &array(const std::vector<T> &Elements) {
    return ptr(Heap::get().newArray(Elements.data(),
                                    static_cast<std::int32_t>(Elements.size()),
                                    sizeof(T)));
  }
  template <typename T> Call &array(std::initializer_list<T> Elements) {
    return array(std::vector<T>(Elements));
  }
  /// Pushes a delegate of a method that was or was not compiled ahead of time.
  template <typename Function> Call &delegate(Function *Compiled) {
    return ptr(Heap::get().newDelegate(
        reinterpret_cast<leanclr::metadata::RtNativeMethodPointer>(Compiled)));
  }
  /// Pushes a struct by value. T has the managed layout.
  template <typename T> Call &value(const T &V) { return push(&V, sizeof V); }

  Call &clear() {
    Arguments.clear();
    return *this;
  }

  // These functions make the call and return its result.
  void invokeVoid() { expectSuccess(run(nullptr, 0)); }
  bool invokeBool() { return narrow<bool>("bool"); }
  char16_t invokeChar() { return narrow<char16_t>("char"); }
  std::int8_t invokeI1() { return narrow<std::int8_t>("sbyte"); }
  std::uint8_t invokeU1() { return narrow<std::uint8_t>("byte"); }
  std::int16_t invokeI2() { return narrow<std::int16_t>("short"); }
  std::uint16_t invokeU2() { return narrow<std::uint16_t>("ushort"); }
  std::int32_t invokeI4() { return invokeValue<std::int32_t>(); }
  std::uint32_t invokeU4() { return invokeValue<std::uint32_t>(); }
  std::int64_t invokeI8() { return invokeValue<std::int64_t>(); }
  std::uint64_t invokeU8() { return invokeValue<std::uint64_t>(); }
  float invokeR4() { return invokeValue<float>(); }
  double invokeR8() { return invokeValue<double>(); }
  std::intptr_t invokeNativeInt() { return invokeValue<std::intptr_t>(); }
  std::uintptr_t invokeNativeUInt() { return invokeValue<std::uintptr_t>(); }
  template <typename T = void> T *invokePtr() { return invokeValue<T *>(); }

  /// Returns a result of the size of \p T: a struct, or any other type without
  /// rules of its own.
  template <typename T> T invokeValue() {
    static_assert(std::is_trivially_copyable<T>::value,
                  "the interpreter copies results byte by byte");
    union Box { // T may have no default constructor
      Box() : Empty() {}
      char Empty;
      T V;
    } Result;
    expectSuccess(run(&Result.V, sizeof(T)));
    return Result.V;
  }

  /// Returns the text of a string result, which must not be null.
  std::u16string invokeUtf16() {
    auto *S = static_cast<leanclr::vm::RtString *>(invokePtr());
    if (!Heap::get().isString(S))
      fail(Method + (S ? ": the result is no managed string"
                       : ": the result is a null string"));
    std::u16string Text(static_cast<std::size_t>(S->length), u'\0');
    if (S->length)
      std::memcpy(&Text[0], &S->first_char, Text.size() * 2);
    return Text;
  }
  std::string invokeString() { return Heap::utf8(invokeUtf16()); }

  /// Returns the elements of an array result, which must not be null.
  template <typename T> std::vector<T> invokeArray() {
    auto *A = static_cast<leanclr::vm::RtArray *>(invokePtr());
    if (!Heap::get().isArray(A))
      fail(Method + (A ? ": the result is no managed array"
                       : ": the result is a null array"));
    std::vector<T> Elements(static_cast<std::size_t>(A->length));
    if (A->length)
      std::memcpy(Elements.data(), &A->first_data, Elements.size() * sizeof(T));
    return Elements;
  }

  /// Makes the call and returns its error, which is RtErr::None if it
  /// succeeded. It does not check the result, for which there are slots of \p
  /// ResultSize bytes.
  leanclr::RtErr invokeError(std::size_t ResultSize = 8) {
    std::vector<unsigned char> Ignored(ResultSize);
    return run(Ignored.data(), ResultSize);
  }

  /// Returns the number of managed objects that the last invocation created: a
  /// string that it returned, and any unnecessary ones.
  std::size_t objectsMade() const { return Made; }

private:
  using Slot = leanclr::interp::RtStackObject;

  /// The runtime passes the registered function to every invoker. This one,
  /// which is passed instead, reports an error if it is called.
  static void notTheFunction() {
    fail("an invoker calls the method pointer that it is given: that is not "
         "the registered function");
  }

  Call &push(const void *Value, std::size_t Size) {
    std::size_t At = Arguments.size();
    Arguments.resize(At + (Size + 7) / 8 * 8, Poison);
    std::memcpy(&Arguments[At], Value, Size);
    return *this;
  }

  /// Returns the result as the interpreter uses it: only its 32 bits, whatever
  /// was written to the slot.
  template <typename T> T narrow(const char *Type) {
    std::int32_t Wide = invokeI4();
    if (static_cast<std::int32_t>(static_cast<T>(Wide)) != Wide) {
      char Hex[16];
      std::snprintf(Hex, sizeof Hex, "0x%08x", static_cast<unsigned>(Wide));
      fail(Method + ": a result of type " + Type + " reads " + Hex +
           ": it was not written as an int32");
    }
    return static_cast<T>(Wide);
  }

  /// Makes one call. It fills \p Result, unless there is an error, which it
  /// returns.
  leanclr::RtErr run(void *Result, std::size_t Size) {
    const std::size_t ResultBytes = (Size + 7) / 8 * 8;
    const std::size_t Used = Arguments.size();
    const std::size_t Bytes = Used > ResultBytes ? Used : ResultBytes;
    // Slots are aligned to 8 bytes and no more. The block ends with the last
    // slot, so that sanitizers detect accesses past it.
    auto *Block = static_cast<unsigned char *>(std::malloc(Bytes + 8));
    if (!Block)
      fail("out of memory");
    unsigned char *Slots = Block + 8;
    std::memset(Block, Poison, Bytes + 8);
    if (Used)
      std::memcpy(Slots, Arguments.data(), Used);

    std::size_t Before = Heap::get().count();
    auto *Frame = reinterpret_cast<Slot *>(Slots);
    leanclr::RtErr Error = errorOf(
        Found->Invoke(&notTheFunction,
                      reinterpret_cast<leanclr::metadata::RtMethodInfo *>(this),
                      Frame, Frame));
    Made = Heap::get().count() - Before;
    if (Error == leanclr::RtErr::FileNotFound ||
        Error == leanclr::RtErr::InvalidOperation)
      fail(Method + ": the error " + name(Error) +
           " has no exception: debug builds of the runtime stop here");

    if (Used > ResultBytes &&
        std::memcmp(Slots + ResultBytes, &Arguments[ResultBytes],
                    Used - ResultBytes) != 0)
      fail(Method + ": the invoker wrote past its result's slots");
    if (Error == leanclr::RtErr::None && Size)
      std::memcpy(Result, Slots, Size);
    std::free(Block);
    return Error;
  }

  void expectSuccess(leanclr::RtErr Error) const {
    if (Error != leanclr::RtErr::None)
      fail(Method + ": the call gives the error " + name(Error));
  }

  std::string Method;
  const Entry *Found;
  std::vector<unsigned char> Arguments;
  std::size_t Made = 0;
};

} // namespace standin

#endif // STANDIN_HARNESS_H

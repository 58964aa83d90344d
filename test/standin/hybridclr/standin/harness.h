//===- harness.h - A test plays both sides of the bridges -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This harness executes the rows of generated tables as HybridCLR's runtime
// does. A driver includes the generated file, so that it can spell its types,
// and states the C++ types of each signature:
//
//   #include "MethodBridge.cpp"
//   #include "standin/harness.h"
//
//   int main() {
//     standin::roundTrip<int32_t, float, __struct_12__>("i4r4s12");
//     standin::reverseWrappers<int32_t, intptr_t>("Ai4i", 10);
//     standin::functionPointer<int32_t, intptr_t>("Ci4i");
//     standin::finish();
//   }
//
// A wrong bridge ends the program with a message. With the address and
// undefined-behaviour sanitizers, reads and writes past slots, results and
// indexes end it too. finish() fails when a row was not called, so that an
// addition to a table does not go unnoticed. For long tables, calls.py writes
// the calls.
//
// Compile with -ftrivial-auto-var-init=pattern. Without that option, slots that
// a bridge does not write may be zero by chance, and a value that was not
// widened looks as if it were.
//
// Include it in one source only. The two generations of HybridCLR differ in the
// headers that are found, and in the contents of their tables.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_HARNESS_H
#define STANDIN_HARNESS_H

#include <cstring>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

// Bridges are optimised, as in a game. The templates below are not: there are
// many of them, and optimising them would take most of the compile time.
#if defined(__clang__)
#pragma clang optimize off
#elif defined(__GNUC__)
#pragma GCC push_options
#pragma GCC optimize("O0")
#endif

#include "standin/signature.h"
#include "standin/tables.h"
#include "standin/trip.h"

namespace standin {

/// Lets \p Action call one bridge twice: with patterns that have the sign bits
/// set, and with patterns that do not.
template <typename R, typename... As, typename F>
void travel(const std::string &Name, F Action) {
  for (bool Negative : {true, false}) {
    Trip<R, As...> T(Name, Negative);
    Action(T);
  }
}

template <typename R, typename... As>
void managed2Native(const std::string &Signature,
                    Managed2NativeCallMethod Bridge) {
  expectTypes<R, As...>(Signature);
  travel<R, As...>("M2N " + Signature,
                   [=](Trip<R, As...> &T) { T.managed2Native(Bridge); });
}

template <typename R, typename... As>
void native2Managed(const std::string &Signature, Il2CppMethodPointer Bridge) {
  expectTypes<R, As...>(Signature);
  travel<R, As...>("N2M " + Signature,
                   [=](Trip<R, As...> &T) { T.native2Managed(Bridge); });
}

namespace detail {
/// Only a function whose first parameter is an address has an adjustor thunk.
template <typename... As> struct HasThis : std::false_type {};
template <typename A, typename... As>
struct HasThis<A, As...> : std::is_integral<A> {};

template <typename R, typename... As>
void adjustorThunk(const std::string &Signature, Il2CppMethodPointer Bridge,
                   std::true_type) {
  travel<R, As...>("adjustor thunk " + Signature,
                   [=](Trip<R, As...> &T) { T.adjustorThunk(Bridge); });
}
template <typename R, typename... As>
void adjustorThunk(const std::string &Signature, Il2CppMethodPointer,
                   std::false_type) {
  fail("the adjustor thunk " + Signature + " has no object to adjust");
}
} // namespace detail

template <typename R, typename... As>
void adjustorThunk(const std::string &Signature, Il2CppMethodPointer Bridge) {
  expectTypes<R, As...>(Signature);
  detail::adjustorThunk<R, As...>(Signature, Bridge, detail::HasThis<As...>());
}

/// Calls the bridges of \p Signature in each of the three tables that has it.
/// At least one table must have it.
template <typename R, typename... As>
void roundTrip(const std::string &Signature) {
  expectTypes<R, As...>(Signature);
  Tables &All = Tables::get();
  bool Found = false;
  if (auto *Row = All.Managed2Native.find(Signature)) {
    managed2Native<R, As...>(Signature, Row->method);
    Found = true;
  }
  if (auto *Row = All.Native2Managed.find(Signature)) {
    native2Managed<R, As...>(Signature, Row->method);
    Found = true;
  }
  if (auto *Row = All.AdjustThunks.find(Signature)) {
    adjustorThunk<R, As...>(Signature, Row->method);
    Found = true;
  }
  if (!Found)
    fail("no table has the signature " + Signature);
}

/// Returns the letter of the calling convention that a key begins with. Keys up
/// to 5.3 have no such letter.
inline char letterOf(const std::string &Key) {
  return !STANDIN_LETTERS || Key.empty() ? 0 : Key[0];
}
inline std::string signatureOf(const std::string &Key) {
  return !STANDIN_LETTERS || Key.empty() ? Key : Key.substr(1);
}

/// Gives the wrappers of \p Key in \p Rows to \p Count methods, and calls each.
/// There must be exactly as many wrappers as methods. Native code calls the
/// methods through \p Bridge.
template <typename R, typename... As>
void reverseWrappers(const std::string &Key, std::size_t Count,
                     const ReversePInvokeMethodData *Rows,
                     Il2CppMethodPointer Bridge) {
  expectTypes<R, As...>(signatureOf(Key));
  Wrappers All(Rows);
  std::vector<MethodInfo> Methods(Count + 1);
  std::vector<std::size_t> Given;
  for (MethodInfo &M : Methods)
    Given.push_back(All.give(Key, &M));
  for (std::size_t I = 0; I != Count; ++I)
    if (Given[I] == All.size())
      fail("only " + std::to_string(I) +
           " reverse wrappers together have the "
           "key " +
           Key + ", not " + std::to_string(Count));
  if (Given[Count] != All.size())
    fail("more than " + std::to_string(Count) +
         " reverse wrappers have the "
         "key " +
         Key);
  for (std::size_t I = 0; I != Count; ++I)
    travel<R, As...>("reverse wrapper " + std::to_string(Given[I]) + " " + Key,
                     [&](Trip<R, As...> &T) {
                       T.reverseWrapper(Rows[Given[I]].methodPointer,
                                        Methods[I], Bridge, letterOf(Key));
                     });
}

/// Does the same with the generated rows. The native to managed bridge of the
/// methods' signature calls them, and must exist.
template <typename R, typename... As>
void reverseWrappers(const std::string &Key, std::size_t Count) {
  Tables &All = Tables::get();
  auto *Row = All.Native2Managed.find(signatureOf(Key));
  if (!Row)
    fail("no native to managed bridge has the signature of the reverse "
         "wrappers " +
         Key);
  All.Reverse.cover(Key);
  reverseWrappers<R, As...>(Key, Count, generatedReverseRows(), Row->method);
}

#if STANDIN_CALLS
template <typename R, typename... As>
void functionPointer(const std::string &Key, FunctionPointerCall Bridge) {
  expectTypes<R, As...>(signatureOf(Key));
  travel<R, As...>("M2NF " + Key, [=](Trip<R, As...> &T) {
    T.functionPointer(Bridge, letterOf(Key));
  });
}

/// Calls the function pointer bridge of \p Key.
template <typename R, typename... As>
void functionPointer(const std::string &Key) {
  auto *Row = Tables::get().FunctionPointers.find(Key);
  if (!Row)
    fail("no function pointer call has the key " + Key);
  functionPointer<R, As...>(Key, Row->methodPointer);
}
#endif

#if !STANDIN_CLASSIC
/// Returns the code of the struct with this name, as the runtime looks it up.
inline std::string structCode(const std::string &FullName) {
  auto *Row = Tables::get().FullNames.find(FullName);
  return Row ? Row->signature : "$";
}
#endif

/// Fails if the tables break a rule or have a row that was not called.
inline void finish() { Tables::get().finish(); }

} // namespace standin

#if defined(__clang__)
#pragma clang optimize on
#elif defined(__GNUC__)
#pragma GCC pop_options
#endif

#endif // STANDIN_HARNESS_H

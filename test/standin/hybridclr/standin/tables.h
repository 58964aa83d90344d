//===- tables.h - The generated tables --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This class finds rows by key, records which ones were called, and checks the
// rules that all rows obey.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_TABLES_H
#define STANDIN_TABLES_H

#include "standin/machine.h"
#include "standin/signature.h"
#include <map>
#include <set>

namespace standin {

// These functions return a row's key and value, whose names differ from table
// to table.
template <typename Row> auto keyOf(const Row &R) -> decltype(R.methodSig) {
  return R.methodSig;
}
template <typename Row>
auto keyOf(const Row &R) ->
    typename std::enable_if<sizeof(R.method) != 0, const char *>::type {
  return R.signature;
}
template <typename Row> auto keyOf(const Row &R) -> decltype(R.fullName) {
  return R.fullName;
}
template <typename Row> bool hasValue(const Row &R) {
  // Every row is two pointers.
  const void *Pointers[2];
  static_assert(sizeof R == sizeof Pointers, "a row is two pointers");
  std::memcpy(Pointers, &R, sizeof R);
  return Pointers[1] != nullptr;
}

template <typename Row> class Table {
public:
  Table(const char *Name, const Row *Rows) : Name(Name) {
    for (const Row *R = Rows; keyOf(*R); ++R) {
      if (!hasValue(*R))
        fail(at(keyOf(*R)) + " is null");
      All.push_back(R);
      ByKey.insert({keyOf(*R), R});
    }
  }

  /// Returns the row with this key and marks it as called, or returns null.
  const Row *find(const std::string &Key) {
    auto Found = ByKey.find(Key);
    if (Found == ByKey.end())
      return nullptr;
    cover(Key);
    return Found->second;
  }
  void cover(const std::string &Key) { Called.insert(Key); }

  bool has(const std::string &Key) const { return ByKey.count(Key) != 0; }
  const std::vector<const Row *> &rows() const { return All; }

  void expectUnique() const {
    std::set<std::string> Seen;
    for (const Row *R : All)
      if (!Seen.insert(keyOf(*R)).second)
        fail(at(keyOf(*R)) + " is there twice");
  }
  void expectCalled() const {
    for (const Row *R : All)
      if (!Called.count(keyOf(*R)))
        fail(at(keyOf(*R)) + " was never called");
  }
  /// The runtime builds keys in a buffer of this size.
  void expectShorter(std::size_t Size) const {
    for (const Row *R : All)
      if (std::strlen(keyOf(*R)) >= Size)
        fail(at(keyOf(*R)) + " is longer than the runtime's buffer");
  }

private:
  std::string at(const std::string &Key) const {
    return std::string(Name) + ": the row " + Key;
  }

  const char *Name;
  std::vector<const Row *> All;
  std::map<std::string, const Row *> ByKey;
  std::set<std::string> Called;
};

inline const ReversePInvokeMethodData *generatedReverseRows() {
#if STANDIN_REVERSE_FILE
  return hybridclr::metadata::g_reversePInvokeMethodStub;
#else
  return hybridclr::interpreter::g_reversePInvokeMethodStub;
#endif
}

struct Tables {
  static Tables &get() {
    static Tables Only;
    return Only;
  }

  Table<hybridclr::interpreter::Managed2NativeMethodInfo> Managed2Native{
      "g_managed2nativeStub", hybridclr::interpreter::g_managed2nativeStub};
  Table<hybridclr::interpreter::Native2ManagedMethodInfo> Native2Managed{
      "g_native2managedStub", hybridclr::interpreter::g_native2managedStub};
  Table<hybridclr::interpreter::NativeAdjustThunkMethodInfo> AdjustThunks{
      "g_adjustThunkStub", hybridclr::interpreter::g_adjustThunkStub};
  Table<ReversePInvokeMethodData> Reverse{"g_reversePInvokeMethodStub",
                                          generatedReverseRows()};
#if !STANDIN_CLASSIC
  Table<hybridclr::interpreter::FullName2Signature> FullNames{
      "g_fullName2SignatureStub",
      hybridclr::interpreter::g_fullName2SignatureStub};
#endif
#if STANDIN_CALLS
  Table<hybridclr::interpreter::Managed2NativeFunctionPointerCallData>
      FunctionPointers{
          "g_managed2NativeFunctionPointerCallStub",
          hybridclr::interpreter::g_managed2NativeFunctionPointerCallStub};
#endif

  void finish() const {
    Managed2Native.expectUnique();
    Native2Managed.expectUnique();
    AdjustThunks.expectUnique();
    Wrappers(generatedReverseRows()).expectAdjacent();
    const std::size_t Longest = STANDIN_VERSION < 805 ? 1000 : 4096;
    Managed2Native.expectShorter(Longest);
    Native2Managed.expectShorter(Longest);
    AdjustThunks.expectShorter(Longest);
    Reverse.expectShorter(Longest);
    Managed2Native.expectCalled();
    Native2Managed.expectCalled();
    AdjustThunks.expectCalled();
    Reverse.expectCalled();
#if STANDIN_CALLS
    FunctionPointers.expectUnique();
    FunctionPointers.expectShorter(Longest);
    FunctionPointers.expectCalled();
    expectNamed(FunctionPointers, 1);
#endif
#if !STANDIN_CLASSIC
    FullNames.expectUnique();
    FullNames.expectShorter(1024);
    expectNamed(Managed2Native, 0);
    expectNamed(Native2Managed, 0);
    expectNamed(AdjustThunks, 0);
    expectNamed(Reverse, STANDIN_LETTERS);
#endif
  }

private:
  Tables() {}

#if !STANDIN_CLASSIC
  /// The runtime can find a struct's code by its name only.
  template <typename Row>
  void expectNamed(const Table<Row> &T, std::size_t Skip) const {
    std::set<std::string> Known;
    for (auto *R : FullNames.rows())
      Known.insert(R->signature);
    for (const Row *R : T.rows())
      for (const std::string &Code : codesOf(keyOf(*R) + Skip))
        if (Code[0] == 's' && !Known.count(Code))
          fail(std::string(keyOf(*R)) + ": no name leads to " + Code);
  }
#endif
};

} // namespace standin

#endif // STANDIN_TABLES_H

//===- main.cpp - Measures one registration -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The program prints nanoseconds and the number of registrations. As at the
// start of a program, no code has run and no memory has been accessed before.
// Run the program again for another measurement.
//
//===----------------------------------------------------------------------===//

#include "standin/registry.h"
#include <chrono>
#include <cstdio>
#include <string_view>
#include <unordered_map>

void RegisterNativeMethods(); // the measured function

namespace {

struct Hash {
  std::size_t operator()(const char *Name) const {
    return std::hash<std::string_view>()(Name);
  }
};
struct Equal {
  bool operator()(const char *A, const char *B) const {
    return std::string_view(A) == B;
  }
};
struct Row {
  standin::Function Func;
  standin::Invoker Invoke;
};

std::unordered_map<const char *, Row, Hash, Equal> PInvokes;

} // namespace

void standin::Registry::add(Table, const char *Name, Function F, Invoker I) {
  PInvokes[Name] = Row{F, I};
}

std::size_t standin::Registry::size() const { return PInvokes.size(); }

int main() {
  using namespace std::chrono;
  steady_clock::time_point Begin = steady_clock::now();
  RegisterNativeMethods();
  steady_clock::time_point End = steady_clock::now();
  std::printf("%lld %zu\n",
              static_cast<long long>(
                  duration_cast<nanoseconds>(End - Begin).count()),
              standin::Registry::get().size());
}

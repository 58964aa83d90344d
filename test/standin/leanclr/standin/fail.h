//===- fail.h - How the stand-in reports a mistake --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mistake that the runtime would let pass, or would crash on somewhere else,
// ends the program here with one line that names it.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_FAIL_H
#define STANDIN_FAIL_H

#include <cstdio>
#include <cstdlib>
#include <string>

namespace standin {

/// With STANDIN_UNCHECKED, what only finds mistakes is left out: a call costs
/// what it costs in a release build of the runtime.
#ifdef STANDIN_UNCHECKED
const bool IsChecking = false;
#else
const bool IsChecking = true;
#endif

[[noreturn]] inline void fail(const std::string &Message) {
  std::fprintf(stderr, "stand-in: %s\n", Message.c_str());
  std::abort();
}

} // namespace standin

#endif // STANDIN_FAIL_H

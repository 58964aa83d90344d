//===- fail.h - Error reports of the stand-in -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// If code makes a mistake that the runtime would not detect, or would only
// crash on later, the program ends here with one line that names it.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_FAIL_H
#define STANDIN_FAIL_H

#include <cstdio>
#include <cstdlib>
#include <string>

namespace standin {

/// With STANDIN_UNCHECKED, code that only finds mistakes is left out, so that a
/// call takes as long as in a release build of the runtime.
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

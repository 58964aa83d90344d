//===- Clang.h - A build with Clang, or without -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that needs Clang is in libraries of its own, ilbridge_abi_clang
// and ilbridge_scan. A program without Clang links ilbridge_without_clang in
// their place, where the same functions return noClang().
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ABI_CLANG_H
#define ILBRIDGE_ABI_CLANG_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

namespace ilbridge::abi {

/// The version of this program's Clang, "19.1.7"; empty: it has none.
llvm::StringRef clangVersion();
inline bool hasClang() { return !clangVersion().empty(); }

/// The Error of everything that needs Clang in a program without it. \p What
/// says what cannot be done: "C++ cannot be read".
inline llvm::Error noClang(const llvm::Twine &What) {
  return llvm::createStringError("this build of ilbridge has no Clang: " +
                                 What);
}

/// Whether Clang has the target \p Triple. An Error without Clang.
llvm::Expected<bool> isKnownToClang(llvm::StringRef Triple);

/// Call it at the beginning of main(): Clang continues deep recursion on
/// another stack before this one ends.
void noteBottomOfStack();

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_CLANG_H

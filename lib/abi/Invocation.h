//===- Invocation.h - How Clang compiles for a target -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_INVOCATION_H
#define ILBRIDGE_LIB_ABI_INVOCATION_H

#include "clang/Frontend/CompilerInvocation.h"

namespace ilbridge::abi {

/// Returns a copy of the invocation that Clang's driver creates for compiling
/// the text file \p File for a target. The language is C (GNU C17) or C++ (GNU
/// C++20); there are no flags and no libraries. The driver determines what the
/// triple alone does not state: whether char is signed, which floating-point
/// registers the system uses, and which compiler Clang emulates. Returns null
/// if Clang does not support the target.
std::shared_ptr<clang::CompilerInvocation>
invocationFor(llvm::StringRef Triple, bool IsC, llvm::StringRef File);

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_INVOCATION_H

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

/// Returns a copy of what Clang's driver makes of a compile of the text file \p
/// File, which is C (GNU C17) or C++ (GNU C++20), for a target, without flags
/// and without a library. The driver knows what is not the target's alone:
/// whether char has a sign, which floating-point registers a system uses, for
/// which compiler Clang stands in. Null: Clang knows no such target.
std::shared_ptr<clang::CompilerInvocation>
invocationFor(llvm::StringRef Triple, bool IsC, llvm::StringRef File);

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_INVOCATION_H

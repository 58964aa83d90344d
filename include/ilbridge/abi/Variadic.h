//===- Variadic.h - Calls of variadic functions without "..." --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ABI_VARIADIC_H
#define ILBRIDGE_ABI_VARIADIC_H

#include "ilbridge/type/Type.h"
#include "llvm/ADT/ArrayRef.h"

namespace ilbridge::abi {

/// Why a variadic function does not receive the arguments of a caller that
/// calls it with fixed parameters; empty: it does. \p Variable are the types of
/// the variable arguments.
///
/// Clang's CodeGen does not provide this: for most targets, variable arguments
/// are assigned only in LLVM's back ends. The rules are those of "Writing ARM64
/// code for Apple platforms", the WebAssembly tool conventions (BasicCABI.md),
/// the psABI of x86-64 (3.5.7), "x64 calling convention" and "Overview of ARM64
/// ABI conventions" of Microsoft, AAPCS32 (6.4.1), the RISC-V and LoongArch
/// calling conventions.
std::string variadicProblem(llvm::StringRef Triple,
                            llvm::ArrayRef<const Type *> Variable);

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_VARIADIC_H

//===- HybridCLRShim.h - Functions that marshal for HybridCLR ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// HybridCLR calls a P/Invoke through a bridge function, which passes the
// managed representation of values, and looks its function up by library and
// entry point. A shim takes the place of that function:
//
//   interpreter ─▶ bridge function ─▶ shim ─▶ C++ function
//                  objects             text, elements, function pointers
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_HYBRIDCLRSHIM_H
#define ILBRIDGE_LIB_EMIT_HYBRIDCLRSHIM_H

#include "HybridCLRFields.h"

namespace ilbridge::emit {

/// Prints the #include lines and macros that the shims of \p Bindings need.
void printShimHeaders(Printer &P,
                      llvm::ArrayRef<const match::Binding *> Bindings,
                      const ConvertedStructs &Structs);

/// Prints the functions that the shims of \p Bindings call.
void printShimHelpers(Printer &P,
                      llvm::ArrayRef<const match::Binding *> Bindings,
                      const ConvertedStructs &Structs);

/// Prints the shim of \p B as the function \p Name.
void printShim(Printer &P, const match::Binding &B, const std::string &Name,
               const ConvertedStructs &Structs);

/// Returns true if one shim can take the place of both functions.
bool haveSameShim(const match::Binding &A, const match::Binding &B);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_HYBRIDCLRSHIM_H

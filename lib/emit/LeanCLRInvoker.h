//===- LeanCLRInvoker.h - One invoker ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_LEANCLRINVOKER_H
#define ILBRIDGE_LIB_EMIT_LEANCLRINVOKER_H

#include "Printer.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::emit {

/// Prints the function that reads \p B's arguments from the evaluation stack,
/// calls the native function, and writes its result to the stack.
void printLeanCLRInvoker(Printer &P, const match::Binding &B,
                         const std::string &Name);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_LEANCLRINVOKER_H

//===- LeanCLRCalls.h - Managed methods of LeanCLR --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RuntimeApi::invoke_with_buffer takes the arguments of a method in slots, and
// writes its result into others. The generated functions put values into slots
// as the interpreter does: a bool or a small integer fills an int32, a struct
// as many slots as it needs.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_LEANCLRCALLS_H
#define ILBRIDGE_LIB_EMIT_LEANCLRCALLS_H

#include "ManagedCalls.h"

namespace ilbridge::emit {

/// Prints what connects \p Called, outside of all namespaces. \p Function is
/// the name of the function that registers, which may be qualified: the one
/// that finds the methods is called like it, with "_managed" behind.
void printLeanCLRCalls(Printer &P, llvm::ArrayRef<match::ManagedCall> Called,
                       llvm::StringRef Function);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_LEANCLRCALLS_H

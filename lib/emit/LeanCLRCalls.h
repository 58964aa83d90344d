//===- LeanCLRCalls.h - Managed methods of LeanCLR --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RuntimeApi::invoke_with_buffer takes the arguments of a method in slots, and
// writes its result to other slots. The generated functions put values into
// slots as the interpreter does: a bool or a small integer fills an int32, and
// a struct takes as many slots as it needs.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_LEANCLRCALLS_H
#define ILBRIDGE_LIB_EMIT_LEANCLRCALLS_H

#include "ManagedCalls.h"

namespace ilbridge::emit {

/// Prints the code that connects \p Called, outside of all namespaces. \p
/// Function is the name of the registration function, which may be qualified.
/// The name of the function that finds the methods has the suffix "_managed".
void printLeanCLRCalls(Printer &P, llvm::ArrayRef<match::ManagedCall> Called,
                       llvm::StringRef Function);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_LEANCLRCALLS_H

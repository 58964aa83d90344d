//===- InvokerReader.h - Reads hand-written invokers ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_INVOKERREADER_H
#define ILBRIDGE_LIB_NATIVE_INVOKERREADER_H

#include "TypeLowering.h"
#include "ilbridge/native/Export.h"

namespace ilbridge::native {

/// The names of the functions with which invokers of any runtime read arguments
/// and write results.
llvm::ArrayRef<llvm::StringRef> invokerWords();

/// Describes the invoker \p D. It is read if its body is known, and reads all
/// arguments and writes the result through the functions of the runtime, in one
/// sequence without conditions.
Invoker readInvoker(const clang::FunctionDecl &D, TypeLowering &Types);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_INVOKERREADER_H

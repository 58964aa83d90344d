//===- Interpreter.h - The way in -------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The function that bridges from native code call.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_INTERPRETER_H
#define HYBRIDCLR_INTERPRETER_INTERPRETER_H

#include "InterpreterDefs.h"

namespace hybridclr {
namespace interpreter {

class Interpreter {
public:
  /// Takes whole slots from \p Args, and writes as many bytes to \p Ret as the
  /// method's result has. standin/machine.h plays it.
  static void Execute(const MethodInfo *Method, StackObject *Args, void *Ret);
};

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_INTERPRETER_H

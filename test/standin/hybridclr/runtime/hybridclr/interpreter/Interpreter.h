//===- Interpreter.h - Entry of the interpreter -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bridges from native code call the function that is declared here.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_INTERPRETER_H
#define HYBRIDCLR_INTERPRETER_INTERPRETER_H

#include "InterpreterDefs.h"

namespace hybridclr {
namespace interpreter {

class Interpreter {
public:
  /// Reads whole slots from \p Args, and writes as many bytes to \p Ret as the
  /// method's result has. standin/machine.h implements it.
  static void Execute(const MethodInfo *Method, StackObject *Args, void *Ret);
};

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_INTERPRETER_H

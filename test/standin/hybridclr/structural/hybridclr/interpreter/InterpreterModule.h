//===- InterpreterModule.h - Reverse wrappers -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which method stands behind a reverse wrapper.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_INTERPRETERMODULE_H
#define HYBRIDCLR_INTERPRETER_INTERPRETERMODULE_H

#include "MethodBridge.h"

namespace hybridclr {
namespace interpreter {

class InterpreterModule {
public:
  /// The method to which the wrapper of this row was given.
  static const MethodInfo *
  GetMethodInfoByReversePInvokeWrapperIndex(int32_t Index);
};

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_INTERPRETERMODULE_H

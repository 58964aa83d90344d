//===- MemoryUtil.h - Included but not used ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime declares its functions that copy slots here. Generated code does
// not use them: it copies with std::memcpy.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_MEMORYUTIL_H
#define HYBRIDCLR_INTERPRETER_MEMORYUTIL_H

#include "InterpreterDefs.h"

#endif // HYBRIDCLR_INTERPRETER_MEMORYUTIL_H

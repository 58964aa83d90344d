//===- MemoryUtil.h - Included, not used ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime's own copying of slots. Generated code copies with std::memcpy.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_MEMORYUTIL_H
#define HYBRIDCLR_INTERPRETER_MEMORYUTIL_H

#include "InterpreterDefs.h"

#endif // HYBRIDCLR_INTERPRETER_MEMORYUTIL_H

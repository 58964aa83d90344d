//===- il2cpp-codegen-common.h - What generated code includes ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From 6.0 on, generated code includes this header, as the output of the
// runtime's own generator does, and uses the calling convention that it
// defines.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CODEGEN_COMMON_H
#define IL2CPP_CODEGEN_COMMON_H

#include "il2cpp-config.h"

/// This is the platform's default calling convention.
#define DEFAULT_CALL

#endif // IL2CPP_CODEGEN_COMMON_H

//===- il2cpp-codegen-common.h - What generated code includes ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code includes this header as the runtime's own generator has it,
// from 6.0 on, and uses the calling convention that it defines.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CODEGEN_COMMON_H
#define IL2CPP_CODEGEN_COMMON_H

#include "il2cpp-config.h"

/// The platform's own calling convention.
#define DEFAULT_CALL

#endif // IL2CPP_CODEGEN_COMMON_H

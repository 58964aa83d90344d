//===- il2cpp-codegen.h - For one Unity version -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This header defines the calling conventions as Unity 2023 and later do.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CODEGEN_H
#define IL2CPP_CODEGEN_H

#include "codegen/il2cpp-codegen-common.h"

#endif // IL2CPP_CODEGEN_H

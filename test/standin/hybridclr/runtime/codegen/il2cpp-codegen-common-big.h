//===- il2cpp-codegen-common-big.h - For one Unity version ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This header defines the calling conventions as Unity 2020 and 2021 do.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CODEGEN_COMMON_BIG_H
#define IL2CPP_CODEGEN_COMMON_BIG_H

#include "codegen/il2cpp-codegen-common.h"

#endif // IL2CPP_CODEGEN_COMMON_BIG_H

//===- il2cpp-codegen-metadata.h - Types of compiled code -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every generated file includes this header first.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_CODEGEN_METADATA_H
#define IL2CPP_CODEGEN_METADATA_H

#include "il2cpp-class-internals.h"
#include "il2cpp-object-internals.h"

#endif // IL2CPP_CODEGEN_METADATA_H

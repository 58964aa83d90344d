//===- CommonDef.h - What every header includes -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The standard headers on which generated code may rely.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_COMMONDEF_H
#define HYBRIDCLR_COMMONDEF_H

#include "il2cpp-class-internals.h"
#include "il2cpp-object-internals.h"
#include <cstring>
#include <memory>
#include <stdint.h>

#endif // HYBRIDCLR_COMMONDEF_H

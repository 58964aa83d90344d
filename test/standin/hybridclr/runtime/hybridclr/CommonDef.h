//===- CommonDef.h - Common standard headers --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code may rely on the standard headers that are included here.
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

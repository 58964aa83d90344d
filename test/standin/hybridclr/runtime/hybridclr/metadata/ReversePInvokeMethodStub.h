//===- ReversePInvokeMethodStub.h - The table, up to 5.4 --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A generated ReversePInvokeMethodStub_{abi}.cpp lies in hybridclr/generated
// and begins with these includes:
//
//   "../metadata/ReversePInvokeMethodStub.h"
//   "../metadata/MetadataModule.h"
//
// From 5.3 on, it also includes "vm/ScopedThreadAttacher.h". The generated
// region is in the namespace hybridclr::metadata and, up to 3.4, inside the #if
// of its ABI's macro. Since 4.0 the file is called
// ReversePInvokeMethodStub.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_METADATA_REVERSEPINVOKEMETHODSTUB_H
#define HYBRIDCLR_METADATA_REVERSEPINVOKEMETHODSTUB_H

#include "../CommonDef.h"
#include "standin/version.h"

namespace hybridclr {
namespace metadata {

struct ReversePInvokeMethodData {
  const char *methodSig;
  Il2CppMethodPointer methodPointer;
};

extern ReversePInvokeMethodData g_reversePInvokeMethodStub[];

} // namespace metadata
} // namespace hybridclr

#endif // HYBRIDCLR_METADATA_REVERSEPINVOKEMETHODSTUB_H

//===- Sharing.h - One function for many bridge rows ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On one target, the functions of many signatures have the same machine code:
// an int, a uint and a struct of an int each take one register. The rows
// remain, because the runtime looks up their names, but they can refer to one
// function. Clang's own lowering of the calls for the target determines which
// rows can.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_SHARING_H
#define ILBRIDGE_HYBRIDCLR_SHARING_H

#include "ilbridge/abi/Target.h"
#include "ilbridge/hybridclr/Structural.h"

namespace ilbridge::hybridclr {

/// Sets FunctionRow::SharedWith if one function works for several rows on all
/// of these targets. The error says that Clang does not know one of the
/// targets.
llvm::Error shareFunctions(StructuralTables &Tables, const SharedTypes &Types,
                           llvm::ArrayRef<abi::Target> Targets);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_SHARING_H

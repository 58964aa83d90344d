//===- Sharing.h - One function for many bridge rows ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On one target many signatures are the same machine code: an int and a uint
// take one register each, and so does a struct of an int. The rows stay, since
// the runtime looks their names up, but they can name one function. Which do is
// asked from Clang's own lowering of the calls, for that target.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_SHARING_H
#define ILBRIDGE_HYBRIDCLR_SHARING_H

#include "ilbridge/abi/Target.h"
#include "ilbridge/hybridclr/Structural.h"

namespace ilbridge::hybridclr {

/// Sets FunctionRow::SharedWith where one function serves on all of these
/// targets. The Error says that Clang does not know one of them.
llvm::Error shareFunctions(StructuralTables &Tables, const SharedTypes &Types,
                           llvm::ArrayRef<abi::Target> Targets);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_SHARING_H

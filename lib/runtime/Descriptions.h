//===- Descriptions.h - Descriptions of runtimes ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each file of this folder describes one runtime and lists its versions, newest
// first. A new version is a new entry in such a list.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_RUNTIME_DESCRIPTIONS_H
#define ILBRIDGE_LIB_RUNTIME_DESCRIPTIONS_H

#include "ilbridge/runtime/Runtime.h"

namespace ilbridge::runtime {

llvm::ArrayRef<const Runtime *> leanclr();
llvm::ArrayRef<const Runtime *> mono();
llvm::ArrayRef<const Runtime *> coreclr();
llvm::ArrayRef<const Runtime *> il2cpp();
llvm::ArrayRef<const Runtime *> hybridclr();

} // namespace ilbridge::runtime

#endif // ILBRIDGE_LIB_RUNTIME_DESCRIPTIONS_H

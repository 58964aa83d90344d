//===- WithoutClang.cpp - What a program without Clang has in its place ---===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Clang.h"
#include "ilbridge/abi/Lowering.h"
#include "ilbridge/abi/PredefinedMacros.h"

namespace ilbridge::abi {

llvm::StringRef clangVersion() { return ""; }

void noteBottomOfStack() {}

llvm::Expected<bool> isKnownToClang(llvm::StringRef Triple) {
  return noClang("nothing is known about the target '" + Triple + "'");
}

llvm::Expected<ABIInfo> ABIQuery::runClang(const Target &T) const {
  return noClang("nothing is known about the target " + T.Name);
}

llvm::Expected<PredefinedMacros::Shared>
PredefinedMacros::of(llvm::StringRef Triple, bool) {
  return noClang("nothing is known about the macros of the target '" + Triple +
                 "'");
}

} // namespace ilbridge::abi

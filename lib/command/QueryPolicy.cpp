//===- QueryPolicy.cpp - Which compilers may be run -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/QueryPolicy.h"
#include "llvm/Support/GlobPattern.h"

namespace ilbridge::command {

llvm::Error checkGlob(llvm::StringRef Glob) {
  return llvm::GlobPattern::create(Glob).takeError();
}

} // namespace ilbridge::command

//===- Identity.cpp - The identity of the program -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "ilbridge/abi/Clang.h"
#include "ilbridge/system/Process.h"

namespace ilbridge::tool {

std::string toolIdentity() {
  return ("ilbridge " ILBRIDGE_VERSION " Clang " + abi::clangVersion() + " " +
          system::programIdentity())
      .str();
}

} // namespace ilbridge::tool

//===- WithoutClang.cpp - What a program without Clang has in its place ---===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "ilbridge/abi/Clang.h"

namespace ilbridge::driver {

static llvm::Error cannotRead() {
  return abi::noClang(
      "C and C++ cannot be read; run 'ilbridge scan' of a build "
      "with Clang, and name what it writes with --facts");
}

llvm::Expected<std::vector<native::ScanResult>> NativeSide::scan(Console &) {
  return cannotRead();
}

llvm::Expected<std::vector<std::pair<std::string, std::string>>>
NativeSide::explain(Console &) {
  return cannotRead();
}

llvm::Expected<std::vector<std::string>> sourceFiles(const Project &) {
  return cannotRead();
}

ExitStatus database(Session &S, const DatabaseOptions &, Console &C) {
  Run R(S, C);
  R.fail(abi::noClang("compile commands cannot be read"));
  return R.finishData();
}

} // namespace ilbridge::driver

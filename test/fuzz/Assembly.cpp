//===- Assembly.cpp - Hostile assemblies ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any bytes, all parts of a module can be queried.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "Walker.h"
#include "llvm/Support/raw_ostream.h"

using namespace ilbridge::ecma335;

static void ignore(llvm::Error E) {
  llvm::raw_null_ostream Null;
  llvm::logAllUnhandledErrors(std::move(E), Null);
}

void ilbridge::fuzz::assembly(llvm::StringRef Input) {
  auto M = Module::create(llvm::MemoryBufferRef(Input, "fuzz.dll"));
  if (!M)
    return ignore(M.takeError());
  test::EnumTable Enums;
  Enums.add(**M);
  test::walk(**M, Enums, ignore);
}

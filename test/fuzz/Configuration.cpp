//===- Configuration.cpp - Untrusted configurations -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is rejected at a location in the text, or results in a project.
//
//===----------------------------------------------------------------------===//

#include "MemoryFile.h"
#include "Targets.h"
#include "ilbridge/driver/Project.h"

using namespace ilbridge;

void fuzz::configuration(llvm::StringRef Input) {
  MemoryFile File(Input);
  driver::Project P;
  llvm::consumeError(driver::readConfiguration(File.path(), P));
}

//===- Manifest.cpp - Untrusted manifests ---------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is rejected, or results in a model.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Manifest.h"
#include "ModelCheck.h"
#include "Targets.h"

using namespace ilbridge;

void fuzz::manifest(llvm::StringRef Input) {
  managed::Model M;
  if (llvm::Error E = managed::readManifest({Input, "fuzz"}, M))
    return llvm::consumeError(std::move(E));
  checkModel(M);
}

//===- Imports.cpp - Imports of assemblies from anywhere ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the metadata says: what can be read of it makes a model, and what
// cannot is a finding.
//
//===----------------------------------------------------------------------===//

#include "MemoryFile.h"
#include "ModelCheck.h"
#include "Targets.h"
#include "ilbridge/managed/Importer.h"

using namespace ilbridge;

void fuzz::imports(llvm::StringRef Input) {
  MemoryFile File(Input);
  managed::Model M;
  managed::AssemblySet Set(M.Types, {});
  llvm::Expected<managed::Assembly *> A = Set.load(File.path());
  if (!A)
    return llvm::consumeError(A.takeError());
  DiagnosticList Findings;
  managed::importAssembly(Set, **A, M, Findings);
  Findings.finish();
  checkModel(M);
}

//===- Imports.cpp - Imports of untrusted assemblies ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any metadata, the readable parts result in a model, and the others in
// findings. Native code can name any method or function pointer.
//
//===----------------------------------------------------------------------===//

#include "MemoryFile.h"
#include "ModelCheck.h"
#include "Targets.h"
#include "ilbridge/managed/Importer.h"

using namespace ilbridge;
using namespace ilbridge::ecma335;

/// Returns the names of methods and fields, as annotations spell them.
static std::vector<managed::MethodName> names(managed::AssemblySet &Set,
                                              managed::Assembly &A) {
  constexpr size_t Most = 60;
  std::vector<managed::MethodName> Names;
  auto Add = [&](const managed::TypeDef &D, auto Rows) {
    if (!Rows)
      return llvm::consumeError(Rows.takeError());
    for (auto R : *Rows) {
      auto Row = A->row(R);
      if (!Row) {
        llvm::consumeError(Row.takeError());
        continue;
      }
      if (llvm::Expected<llvm::StringRef> Name = A->string(Row->Name))
        Names.push_back({"", D.fullName(), Name->str(), std::nullopt});
      else
        llvm::consumeError(Name.takeError());
    }
  };
  for (TypeDefRid R : A->rows<TypeDefRow>()) {
    if (Names.size() > Most)
      break;
    llvm::Expected<managed::TypeDef *> D = Set.definition(A, R);
    if (!D) {
      llvm::consumeError(D.takeError());
      continue;
    }
    Add(**D, A->fields(R));
    Add(**D, A->methods(R));
  }
  if (Names.size() > Most)
    Names.resize(Most);
  return Names;
}

void fuzz::imports(llvm::StringRef Input) {
  MemoryFile File(Input);
  managed::Model M;
  managed::AssemblySet Set(M.Types, {});
  llvm::Expected<managed::Assembly *> A = Set.load(File.path());
  if (!A)
    return llvm::consumeError(A.takeError());
  DiagnosticList Findings;
  managed::importAssembly(Set, **A, M, Findings);
  managed::importMethods(Set, names(Set, **A), M, Findings);
  Findings.finish();
  checkModel(M);
}

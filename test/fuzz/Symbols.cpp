//===- Symbols.cpp - Debug information of any assembly --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any file, each reader returns an error, or information that is
// consistent. The id that a file states is accepted as the expected one.
// Sources that the information contains are inflated up to a size.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/ecma335/DebugInfo.h"
#include "llvm/ADT/StringExtras.h"
#include <cstdlib>

using namespace ilbridge::ecma335;

static void check(llvm::Expected<DebugInfo> Info) {
  if (!Info)
    return llvm::consumeError(Info.takeError());
  for (const std::optional<DebugInfo::Point> &P : Info->Methods)
    if (P && (P->Document >= Info->Documents.size() || !P->Line || !P->Column))
      std::abort();
  for (auto [Type, Document] : Info->TypeDocuments)
    if (Document >= Info->Documents.size())
      std::abort();
  if (Info->pointOf(MethodDefRid(0)))
    std::abort();
  constexpr uint64_t MaxSource = 1 << 16;
  for (const auto &[Document, Text] : Info->Sources) {
    auto Source = inflateSource(Text, MaxSource);
    if (Document >= Info->Documents.size() ||
        (Source && Source->getBufferSize() > MaxSource))
      std::abort();
  }
}

void ilbridge::fuzz::symbols(llvm::StringRef Input) {
  llvm::MemoryBufferRef Buffer(Input, "input");
  check(readPortablePdb(Buffer, std::nullopt));
  Guid Mvid;
  if (Input.size() >= 32)
    llvm::copy(Input.substr(16, 16).bytes(), Mvid.Bytes.begin());
  check(readMonoSymbols(Buffer, Mvid));
}

/// Symbols that are embedded in an assembly.
void ilbridge::fuzz::embedded(llvm::StringRef Input) {
  auto M = Module::create(llvm::MemoryBufferRef(Input, "input"));
  if (!M)
    return llvm::consumeError(M.takeError());
  DebugDirectory Directory = readDebugDirectory(**M);
  auto Pdb = inflateEmbeddedPdb(**M, Directory.Embedded);
  if (!Pdb)
    return llvm::consumeError(Pdb.takeError());
  check(readPortablePdb(**Pdb, Directory.PdbID));
}

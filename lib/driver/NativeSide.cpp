//===- NativeSide.cpp - The facts of a run --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NativeSide.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/native/ObjectFacts.h"

using llvm::Error;

namespace ilbridge::driver {

static llvm::Expected<std::vector<native::Facts>>
readFactsFile(const std::string &File, llvm::vfs::FileSystem &Files,
              llvm::ThreadPoolInterface *Threads) {
  auto Buffer = Files.getBufferForFile(File);
  if (!Buffer)
    return inputError({File, {}, {}}, Buffer.getError().message());
  return native::readAnyFacts((*Buffer)->getMemBufferRef(), Threads);
}

void NativeSide::startReadingFacts() {
  if (!ReadFacts.empty())
    return;
  ReadFacts.resize(P.Facts.size());
  // The parts of a single file are read in parallel.
  llvm::ThreadPoolInterface *ForParts =
      P.Facts.size() == 1 ? &S.threads() : nullptr;
  for (size_t I = 0; I != P.Facts.size(); ++I)
    FactsGroup.async([this, I, ForParts] {
      ReadFacts[I].emplace(readFactsFile(P.Facts[I], *P.Files, ForParts));
    });
}

llvm::Expected<std::vector<native::Facts>> NativeSide::facts() {
  startReadingFacts();
  FactsGroup.wait();
  Error Problems = Error::success();
  std::vector<native::Facts> All;
  for (auto &File : ReadFacts)
    if (*File)
      llvm::move(**File, std::back_inserter(All));
    else
      Problems = llvm::joinErrors(std::move(Problems), File->takeError());
  ReadFacts.clear();
  if (Problems)
    return Problems;
  return All;
}

} // namespace ilbridge::driver

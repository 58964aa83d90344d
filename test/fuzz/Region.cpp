//===- Region.cpp - Regions in any file -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any file, replacing a region twice has the same result as replacing it
// once, text outside of the region is unchanged, and a diff can be computed.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/rewrite/Rewrite.h"
#include <cstdlib>

using namespace ilbridge::rewrite;

void ilbridge::fuzz::region(llvm::StringRef File) {
  Markers M = regionMarkers("x");
  auto Once = replaceRegion({File, "fuzz"}, M, "one\ntwo\n");
  if (!Once) {
    llvm::consumeError(Once.takeError());
    return;
  }
  auto Twice = replaceRegion({*Once, "fuzz"}, M, "one\ntwo\n");
  if (!Twice || *Twice != *Once)
    std::abort();
  size_t Begin = File.find(M.Begin), End = File.rfind(M.End);
  if (!llvm::StringRef(*Once).starts_with(File.take_front(Begin)) ||
      !llvm::StringRef(*Once).ends_with(File.drop_front(End)))
    std::abort();
  (void)unifiedDiff(File, *Once, "a", "b");
}

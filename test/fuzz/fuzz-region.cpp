//===- fuzz-region.cpp - Regions in any file ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the file holds: a region that is replaced twice is as if it had been
// replaced once, what is outside of it is kept, and a diff can be made.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/rewrite/Rewrite.h"
#include <cstdlib>

using namespace ilbridge::rewrite;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::StringRef File(reinterpret_cast<const char *>(Data), Size);
  Markers M = regionMarkers("x");
  auto Once = replaceRegion({File, "fuzz"}, M, "one\ntwo\n");
  if (!Once) {
    llvm::consumeError(Once.takeError());
    return 0;
  }
  auto Twice = replaceRegion({*Once, "fuzz"}, M, "one\ntwo\n");
  if (!Twice || *Twice != *Once)
    std::abort();
  size_t Begin = File.find(M.Begin), End = File.rfind(M.End);
  if (!llvm::StringRef(*Once).starts_with(File.take_front(Begin)) ||
      !llvm::StringRef(*Once).ends_with(File.drop_front(End)))
    std::abort();
  (void)unifiedDiff(File, *Once, "a", "b");
  return 0;
}

//===- UpdateRegions.cpp - Writes regions of a file -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/rewrite/Files.h"
#include "ilbridge/rewrite/Rewrite.h"

namespace ilbridge::rewrite {

llvm::Expected<bool> updateRegions(llvm::StringRef Path,
                                   llvm::ArrayRef<Region> Regions) {
  auto Edited = [&](const std::optional<std::string> &Old)
      -> llvm::Expected<std::string> {
    std::string Whole = Old.value_or("");
    for (const Region &R : Regions) {
      llvm::Expected<std::string> Next =
          replaceRegion(llvm::MemoryBufferRef(Whole, Path), R.Around, R.Text);
      if (!Next)
        return Next;
      Whole = std::move(*Next);
    }
    return Whole;
  };
  return updateFile(Path, Edited);
}

} // namespace ilbridge::rewrite

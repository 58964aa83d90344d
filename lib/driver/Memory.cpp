//===- Memory.cpp - The cache of results of earlier runs ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

/// File times are valid on this machine only, so they are not stored in a
/// shared folder.
static std::string fileStates(const Project &P) {
  if (P.CacheFolder.empty())
    return "";
  llvm::SmallString<256> Path = StringRef(P.LocalCacheFolder);
  llvm::sys::path::append(Path, "files");
  return Path.str().str();
}

Memory::Memory(const Project &P)
    : P(P), Store(P.CacheFolder), Files(fileStates(P)),
      Results(Store, Files, P.Root) {}

cache::Hasher Memory::key(StringRef Kind) const {
  cache::Hasher H;
  H.add(P.ToolIdentity).add(Kind);
  return H;
}

void Memory::save() {
  Files.save();
  Store.prune(P.CacheBytes);
}

} // namespace ilbridge::driver

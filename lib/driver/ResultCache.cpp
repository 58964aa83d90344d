//===- ResultCache.cpp - The cache of results of earlier runs -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResultCache.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

/// File times are valid on this machine only, so they are not stored in a
/// shared folder.
static std::string fileStates(const Project &P) {
  if (P.Cache.Folder.empty())
    return "";
  llvm::SmallString<256> Path = StringRef(P.Cache.LocalFolder);
  llvm::sys::path::append(Path, "files");
  return Path.str().str();
}

ResultCache::ResultCache(const Project &P)
    : P(P), Store(P.Cache.Folder), Files(fileStates(P)),
      Results(Store, Files, P.Root) {}

cache::Hasher ResultCache::key(StringRef Kind) const {
  cache::Hasher H;
  H.add(P.Cache.ProgramDigest).add(Kind);
  return H;
}

void ResultCache::save() {
  Files.save();
  Store.prune(P.Cache.MaxBytes);
}

} // namespace ilbridge::driver

//===- Store.cpp - Texts that outlive a run -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Store.h"
#include "Replace.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::cache {

// LLVM's pruning looks at files of this name only.
static constexpr llvm::StringLiteral NamePrefix = "llvmcache-ilbridge-";

std::string Store::path(const Digest &Key) const {
  llvm::SmallString<256> Path = StringRef(Folder);
  llvm::sys::path::append(Path, NamePrefix + Key);
  return Path.str().str();
}

std::optional<std::string> Store::get(const Digest &Key) const {
  if (Folder.empty())
    return std::nullopt;
  auto Buffer = llvm::MemoryBuffer::getFile(path(Key), /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return std::nullopt;
  // After a power cut, a file may be there and its content not.
  auto [Sum, Text] = (*Buffer)->getBuffer().split('\n');
  if (Sum != digest(Text))
    return std::nullopt;
  return Text.str();
}

void Store::put(const Digest &Key, StringRef Text) const {
  if (!Folder.empty())
    replaceFile(path(Key), digest(Text) + "\n", Text);
}

void Store::prune(uint64_t MaxBytes) const {
  if (Folder.empty() || !llvm::sys::fs::is_directory(Folder))
    return;
  llvm::CachePruningPolicy Policy;
  Policy.MaxSizeBytes = MaxBytes;
  Policy.MaxSizePercentageOfAvailableSpace = 0;
  Policy.Expiration = std::chrono::hours(24 * 30);
  llvm::pruneCache(Folder, Policy);
}

} // namespace ilbridge::cache

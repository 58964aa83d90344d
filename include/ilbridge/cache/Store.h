//===- Store.h - A folder of texts that persist between runs ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each entry of the folder is a text with a key. Several processes may use the
// folder at the same time, and several machines may share it. Entries are
// optional: one that is missing, truncated or unreadable is treated as absent.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_STORE_H
#define ILBRIDGE_CACHE_STORE_H

#include "ilbridge/cache/Digest.h"
#include <optional>

namespace ilbridge::cache {

class Store {
public:
  /// \p Folder is created with the first entry. If it is empty, nothing is
  /// stored.
  explicit Store(std::string Folder) : Folder(std::move(Folder)) {}

  /// \returns the text that was last stored for \p Key.
  std::optional<std::string> get(const Digest &Key) const;

  /// Stores an entry. Readers see it completely or not at all. Failure to write
  /// is not an error.
  void put(const Digest &Key, llvm::StringRef Text) const;

  /// Removes the least recently used entries until the folder takes at most \p
  /// MaxBytes, and the incomplete files that killed runs have left. It checks
  /// the folder at most once in several minutes.
  void prune(uint64_t MaxBytes) const;

  llvm::StringRef folder() const { return Folder; }

private:
  std::string path(const Digest &Key) const;

  std::string Folder;
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_STORE_H

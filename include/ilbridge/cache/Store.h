//===- Store.h - Texts that outlive a run -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A folder of entries, each a text under a key. Several processes may use it at
// a time, and several machines may share it. It is never needed: an entry that
// is gone, cut short or not readable is one that is not there.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_STORE_H
#define ILBRIDGE_CACHE_STORE_H

#include "ilbridge/cache/Digest.h"
#include <optional>

namespace ilbridge::cache {

class Store {
public:
  /// \p Folder is made when the first entry is. Empty: nothing is kept.
  explicit Store(std::string Folder) : Folder(std::move(Folder)) {}

  /// \returns the text that put() was given last for \p Key.
  std::optional<std::string> get(const Digest &Key) const;

  /// An entry appears as a whole or not at all. That it cannot be written is
  /// no error.
  void put(const Digest &Key, llvm::StringRef Text) const;

  /// Removes what was not used for longest until the folder takes at most
  /// \p MaxBytes, looking once in some minutes only, and what runs that were
  /// killed did not write to the end.
  void prune(uint64_t MaxBytes) const;

  llvm::StringRef folder() const { return Folder; }

private:
  std::string path(const Digest &Key) const;

  std::string Folder;
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_STORE_H

//===- ResultCache.h - The cache of results of earlier runs -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs store their results, the sources that they chose, the facts of each
// source, and preambles. Each is stored with the queries that computing it
// required (cache::Results), and is reused as long as the queries have the same
// results.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RESULTCACHE_H
#define ILBRIDGE_LIB_DRIVER_RESULTCACHE_H

#include "ilbridge/cache/Results.h"
#include "ilbridge/driver/Project.h"

namespace ilbridge::driver {

class ResultCache {
public:
  explicit ResultCache(const Project &P);

  cache::FileStates &files() { return Files; }
  cache::Store &store() { return Store; }
  cache::Results &results() { return Results; }
  /// \returns a hasher for a key of results of the kind \p Kind. Every key
  /// begins with the identity of the tool, because another version of the tool
  /// may compute another result.
  cache::Hasher key(llvm::StringRef Kind) const;

  /// Writes the cache; called at the end of a run.
  void save();

private:
  const Project &P;
  cache::Store Store;
  cache::FileStates Files;
  cache::Results Results;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RESULTCACHE_H

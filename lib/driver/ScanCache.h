//===- ScanCache.h - Cached results of scans --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_SCANCACHE_H
#define ILBRIDGE_LIB_DRIVER_SCANCACHE_H

#include "ResultCache.h"
#include "ilbridge/command/Compilers.h"
#include "ilbridge/native/Preambles.h"
#include "ilbridge/native/Scanner.h"
#include "ilbridge/select/Selection.h"

namespace ilbridge::driver {

/// Selects and scans sources, unless \p Cache has the result of an earlier run.
class ScanCache : private native::PreambleStore,
                  private command::CompilerStore {
public:
  ScanCache(const Project &P, ResultCache &Cache) : P(P), Cache(Cache) {}

  /// Returns the result of select::selectSources(), from the cache if all of
  /// its inputs are unchanged.
  select::Selection select(llvm::ArrayRef<command::SourceCommand> Inputs,
                           const select::SelectionOptions &Options);

  /// Returns the result of native::scan(), from the cache if all inputs are
  /// unchanged. Only scans without messages are cached. May be called from any
  /// thread.
  native::ScanResult scan(const native::ScanInput &Input,
                          const native::ScanOptions &Options);

  /// Caches query results of compilers, and preambles. Null if nothing is
  /// cached.
  command::CompilerStore *compilers() {
    return Cache.store().folder().empty() ? nullptr : this;
  }
  native::PreambleStore *preambles() {
    return Cache.store().folder().empty() ? nullptr : this;
  }

private:
  // Implements native::PreambleStore.
  std::shared_ptr<const native::Preamble> get(llvm::StringRef Name) override;
  void put(llvm::StringRef Name, const native::Preamble &P) override;

  // Implements command::CompilerStore.
  std::optional<std::string> get(llvm::StringRef Program,
                                 llvm::StringRef Question,
                                 cache::Inputs &Asked) override;
  void put(llvm::StringRef Program, llvm::StringRef Question,
           const cache::Inputs &Asked, llvm::StringRef Answer) override;

  std::string withoutRoot(llvm::StringRef Text) const;
  cache::Digest sourceKey(const native::ScanInput &Input,
                          const native::ScanOptions &Options) const;
  bool recall(const cache::Digest &Key, llvm::ArrayRef<std::string> Registrars,
              select::Selection &S);
  void remember(const cache::Digest &Key, const select::Selection &S);

  const Project &P;
  ResultCache &Cache;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_SCANCACHE_H

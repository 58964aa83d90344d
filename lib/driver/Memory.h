//===- Memory.h - The cache of results of earlier runs ---------*- C++ -*-===//
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

#ifndef ILBRIDGE_LIB_DRIVER_MEMORY_H
#define ILBRIDGE_LIB_DRIVER_MEMORY_H

#include "ilbridge/cache/Results.h"
#include "ilbridge/driver/Project.h"
#include "ilbridge/native/Compilers.h"
#include "ilbridge/native/Preambles.h"
#include "ilbridge/native/Scanner.h"
#include "ilbridge/native/Selection.h"

namespace ilbridge::driver {

class Memory : private native::PreambleStore, private native::CompilerStore {
public:
  explicit Memory(const Project &P);

  cache::FileStates &files() { return Files; }
  cache::Results &results() { return Results; }
  /// \returns a hasher for a key of results of the kind \p Kind. Every key
  /// begins with the identity of the tool, because another version of the tool
  /// may compute another result.
  cache::Hasher key(llvm::StringRef Kind) const;

  /// Returns the result of native::select(), from the cache if all of its
  /// inputs are unchanged.
  native::Selection select(llvm::ArrayRef<native::ScanInput> Inputs,
                           const native::ScanOptions &Options);

  /// Returns the result of native::scan(), from the cache if all inputs are
  /// unchanged. Only scans without messages are cached. May be called from any
  /// thread.
  native::ScanResult scan(const native::ScanInput &Input,
                          const native::ScanOptions &Options);

  /// Caches query results of compilers, and preambles. Null if nothing is
  /// cached.
  native::CompilerStore *compilers() {
    return Store.folder().empty() ? nullptr : this;
  }
  native::PreambleStore *preambles() {
    return Store.folder().empty() ? nullptr : this;
  }

  /// Writes the cache; called at the end of a run.
  void save();

private:
  // Implements native::PreambleStore.
  std::shared_ptr<const native::Preamble> get(llvm::StringRef Name) override;
  void put(llvm::StringRef Name, const native::Preamble &P) override;

  // Implements native::CompilerStore.
  std::optional<std::string> get(llvm::StringRef Program,
                                 llvm::StringRef Question,
                                 cache::Inputs &Asked) override;
  void put(llvm::StringRef Program, llvm::StringRef Question,
           const cache::Inputs &Asked, llvm::StringRef Answer) override;

  std::string withoutRoot(llvm::StringRef Text) const;
  cache::Digest sourceKey(const native::ScanInput &Input,
                          const native::ScanOptions &Options) const;
  bool recall(const cache::Digest &Key,
              llvm::ArrayRef<native::Registrar> Registrars,
              native::Selection &S);
  void remember(const cache::Digest &Key, const native::Selection &S);

  const Project &P;
  cache::Store Store;
  cache::FileStates Files;
  cache::Results Results;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MEMORY_H

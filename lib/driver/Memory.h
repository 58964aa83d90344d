//===- Memory.h - What runs remember of earlier ones ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs remember their results, the sources that they chose, the facts of each
// source, and preambles. Each of these is kept with the questions that were
// asked to compute it (cache::Results), and is found again as long as the
// questions get the same answers.
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
  /// begins with the identity of the tool, because another tool may compute
  /// another result.
  cache::Hasher key(llvm::StringRef Kind) const;

  /// native::select(), or what it said when all that it looks at was the same.
  native::Selection select(llvm::ArrayRef<native::ScanInput> Inputs,
                           const native::ScanOptions &Options);

  /// native::scan(), or what it said when everything was the same. Only scans
  /// that had nothing to complain about are remembered. From any thread.
  native::ScanResult scan(const native::ScanInput &Input,
                          const native::ScanOptions &Options);

  /// Keeps the answers of compilers, and preambles; null: nothing does.
  native::CompilerStore *compilers() {
    return Store.folder().empty() ? nullptr : this;
  }
  native::PreambleStore *preambles() {
    return Store.folder().empty() ? nullptr : this;
  }

  /// Once all is done.
  void save();

private:
  // native::PreambleStore
  std::shared_ptr<const native::Preamble> get(llvm::StringRef Name) override;
  void put(llvm::StringRef Name, const native::Preamble &P) override;

  // native::CompilerStore
  std::optional<std::string> get(llvm::StringRef Program,
                                 llvm::StringRef Question,
                                 cache::Inputs &Asked) override;
  void put(llvm::StringRef Program, llvm::StringRef Question,
           const cache::Inputs &Asked, llvm::StringRef Answer) override;

  std::string withoutRoot(llvm::StringRef Text) const;
  cache::Digest sourceKey(const native::ScanInput &Input,
                          const native::ScanOptions &Options) const;
  bool recall(const cache::Digest &Key, native::Selection &S);
  void remember(const cache::Digest &Key, const native::Selection &S);

  const Project &P;
  cache::Store Store;
  cache::FileStates Files;
  cache::Results Results;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MEMORY_H

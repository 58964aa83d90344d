//===- Memory.h - What runs remember of earlier ones ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   key of a source = tool, command, root-relative path, environment
//     └▶ the headers that it read, as an entry that sources share
//          └▶ key of its facts = key of the source, contents of all these
//
// Paths below the root are relative to it, so that another checkout, or
// another machine, finds the same entries.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_MEMORY_H
#define ILBRIDGE_LIB_DRIVER_MEMORY_H

#include "ilbridge/cache/FileStates.h"
#include "ilbridge/cache/Store.h"
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
  const cache::Store &store() const { return Store; }
  /// What every key begins with: another tool, or another environment, may
  /// come to something else.
  cache::Hasher key(llvm::StringRef Kind) const;

  /// native::select(), or what it said when all that it looks at was the same.
  native::Selection select(llvm::ArrayRef<native::ScanInput> Inputs,
                           const native::ScanOptions &Options);

  /// native::scan(), or what it said when everything was the same. Only scans
  /// that had nothing to complain about are remembered. From any thread.
  native::ScanResult scan(const native::ScanInput &Input,
                          const native::ScanOptions &Options);

  /// Where answers of compilers and preambles are kept; null: nowhere.
  native::CompilerStore *compilers() {
    return Store.folder().empty() ? nullptr : this;
  }
  native::PreambleStore *preambles() {
    return Store.folder().empty() ? nullptr : this;
  }

  /// Once all is done.
  void save();

private:
  /// Headers that sources have read.
  struct HeaderSet {
    std::vector<std::string> Paths; ///< as facts name them
    cache::Digest Contents;         ///< of all; empty: one is not there
  };

  // native::PreambleStore
  std::shared_ptr<const native::Preamble> get(llvm::StringRef Name) override;
  void put(llvm::StringRef Name, const native::Preamble &P) override;

  // native::CompilerStore
  std::optional<std::string> get(llvm::StringRef Program,
                                 llvm::StringRef Question) override;
  void put(llvm::StringRef Program, llvm::StringRef Question,
           llvm::StringRef Answer) override;

  std::optional<std::pair<std::string, cache::Digest>>
  headers(llvm::ArrayRef<std::string> Reads, llvm::StringRef Source);
  cache::Digest preambleName(llvm::StringRef Name) const;
  static std::string sourcePath(const native::ScanInput &Input);
  cache::Digest ownContent(const native::ScanInput &Input);
  std::string withoutRoot(llvm::StringRef Text) const;
  std::string absolute(llvm::StringRef Path) const;
  cache::Digest sourceKey(const native::ScanInput &Input,
                          const native::ScanOptions &Options) const;
  const HeaderSet *headerSet(const cache::Digest &Id);
  std::optional<native::ScanResult> recall(const native::ScanInput &Input,
                                           const cache::Digest &Key);
  void remember(const native::ScanInput &Input, const cache::Digest &Key,
                const native::ScanResult &Result);
  bool recall(const cache::Digest &Key, native::Selection &S);
  void remember(const cache::Digest &Key, const native::Selection &S);

  const Project &P;
  cache::Store Store;
  cache::FileStates Files;
  cache::Digest Headers; ///< that the selection has found
  std::mutex Lock;
  llvm::StringMap<std::unique_ptr<HeaderSet>> HeaderSets; ///< by id
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MEMORY_H

//===- Results.h - Cached results of tasks ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   work ─▶ lists of questions that it asked, one for each time it went
//           another way ─▶ the results that they get now ─▶ what it came to
//
// Lists are entries of their own: work that reads the same headers shares them.
// Paths below the root are relative to it, so that another checkout, or another
// machine, finds the same entries.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_RESULTS_H
#define ILBRIDGE_CACHE_RESULTS_H

#include "ilbridge/cache/FileStates.h"
#include "ilbridge/cache/Store.h"
#include "llvm/ADT/DenseMap.h"

namespace ilbridge::cache {

/// All members may be called from several threads.
class Results {
public:
  /// Both outlive it. \p Root is an absolute path.
  Results(const Store &TheStore, FileStates &Files, std::string Root)
      : TheStore(TheStore), Files(Files), Root(std::move(Root)) {}

  /// \returns the cached result of the task with the key \p Work, if its
  /// queries have the same results now; otherwise nullopt. The inputs of the
  /// result become a part of \p Asked. \p Own is the path of a file that only
  /// this task reads, or empty.
  std::optional<std::string> find(const Digest &Work, llvm::StringRef Own,
                                  Inputs &Asked);

  /// Stores \p Result for find(), unless the inputs do not determine it.
  void keep(const Digest &Work, llvm::StringRef Own, const Inputs &Asked,
            llvm::StringRef Result);

private:
  /// Queries with their results, in the form in which they are stored.
  struct List {
    Digest ID;           ///< digest of the queries
    Digest QueryResults; ///< results, except which files are the same
    /// The files that were opened, by key.
    std::vector<std::pair<std::string, llvm::sys::fs::UniqueID>> Opened;
    std::vector<const List *> Parts;
    std::shared_ptr<const Inputs> Asked;
    std::string Text; ///< the queries, one per line
  };

  class ListMaker;

  const List *stored(const Digest &ID, unsigned Depth);
  const List *listOf(const std::shared_ptr<const Inputs> &Part);
  std::unique_ptr<List> makeList(const Inputs::Items &Own,
                                 std::vector<const List *> Parts) const;
  Digest resultKey(const Digest &Work, llvm::StringRef Own, const List &L,
                   const QueryResult &OwnResult) const;

  const Store &TheStore;
  FileStates &Files;
  std::string Root;
  std::mutex Lock;
  llvm::StringMap<std::unique_ptr<List>> Stored; ///< by ID; null: none
  llvm::DenseMap<const Inputs *, std::unique_ptr<List>> OfParts;
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_RESULTS_H

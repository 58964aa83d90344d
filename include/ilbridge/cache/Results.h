//===- Results.h - What work came to ----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   work ─▶ lists of questions that it asked, one for each time it went
//           another way ─▶ the answers that they get now ─▶ what it came to
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

  /// \returns the result that was kept for the work with the key \p Work, if
  /// the questions of the work would get the same answers now; otherwise
  /// nullopt. The inputs of a result become a part of \p Asked. \p Own is the
  /// path of a file that this work alone reads, or empty.
  std::optional<std::string> find(const Digest &Work, llvm::StringRef Own,
                                  Inputs &Asked);

  /// Keeps \p Result for find(), unless the inputs cannot stand for the work.
  void keep(const Digest &Work, llvm::StringRef Own, const Inputs &Asked,
            llvm::StringRef Result);

private:
  /// Questions with their answers, in the form that is kept.
  struct List {
    Digest ID;      ///< of the questions
    Digest Answers; ///< but for which files are one and the same
    /// The files that were opened, by key.
    std::vector<std::pair<std::string, llvm::sys::fs::UniqueID>> Opened;
    std::vector<const List *> Parts;
    std::shared_ptr<const Inputs> Asked;
    std::string Text; ///< the questions, one a line
  };

  class ListMaker;

  const List *stored(const Digest &ID, unsigned Depth);
  const List *listOf(const std::shared_ptr<const Inputs> &Part);
  std::unique_ptr<List> makeList(const Inputs::Items &Own,
                                 std::vector<const List *> Parts) const;
  Digest resultKey(const Digest &Work, llvm::StringRef Own, const List &L,
                   const Answer &OwnAnswer) const;

  const Store &TheStore;
  FileStates &Files;
  std::string Root;
  std::mutex Lock;
  llvm::StringMap<std::unique_ptr<List>> Stored; ///< by ID; null: none
  llvm::DenseMap<const Inputs *, std::unique_ptr<List>> OfParts;
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_RESULTS_H

//===- FileStates.h - What files contain ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a file changed: its time and size decide, and its content only where
// those moved since a run that has seen the content.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_FILESTATES_H
#define ILBRIDGE_CACHE_FILESTATES_H

#include "ilbridge/cache/Digest.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Chrono.h"
#include <mutex>

namespace ilbridge::cache {

/// The contents of files by digest, each looked at once. All members may be
/// called from several threads.
class FileStates {
public:
  /// \p Table is where save() keeps what was found, for this machine only;
  /// empty: nowhere.
  explicit FileStates(std::string Table);

  /// Of the file \p Path, an absolute path; of a folder, of the names in it.
  /// Empty where it cannot be read.
  Digest of(llvm::StringRef Path);

  /// Whether \p Path, of which of() was asked, was last changed before this run
  /// began: then whatever has read it in this run has read the same.
  bool isSettled(llvm::StringRef Path);

  /// Forgets what was found about a file that this run has written.
  void forget(llvm::StringRef Path);

  /// Keeps what was found for later runs. That it cannot be written is no
  /// error.
  void save();

private:
  struct State {
    int64_t Time = 0; ///< of its last change, nanoseconds
    uint64_t Size = 0;
    Digest Content;
    bool IsFresh = false; ///< looked at in this run
    /// A change within the clock's tick of the last one would leave its time
    /// as it is.
    bool IsSettled = true;
  };
  void load();
  State look(llvm::StringRef Path, const State &Known) const;

  std::string Table;
  llvm::sys::TimePoint<> Begin;
  std::mutex Lock;
  llvm::StringMap<State> States;
  bool HasChanged = false;
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_FILESTATES_H

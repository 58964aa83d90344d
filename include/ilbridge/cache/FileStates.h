//===- FileStates.h - Current states of files ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The content of a file is read again only if its time, its size or its
// identity has changed since an earlier run read it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_FILESTATES_H
#define ILBRIDGE_CACHE_FILESTATES_H

#include "ilbridge/cache/Inputs.h"
#include "llvm/Support/Chrono.h"

namespace ilbridge::cache {

/// The metadata that a system call returns for a path, without its content.
struct FileStamp {
  FileKind Kind = FileKind::None;
  llvm::sys::fs::UniqueID ID = {};
  uint64_t Size = 0; ///< bytes
  /// The times of the last change of the content, which programs can set, and
  /// of the inode, which they cannot. Both are nanoseconds since the epoch. On
  /// a system without inode times, Changed equals Modified.
  int64_t Modified = 0, Changed = 0;

  bool operator==(const FileStamp &) const = default;
};
FileStamp stampOf(llvm::StringRef Path);

/// Whether a change of the file at \p Now or later certainly changes the
/// stamp \p S. The time resolution of file systems is milliseconds or
/// seconds.
bool isSettled(const FileStamp &S, llvm::sys::TimePoint<> Now);

/// The result of Query::Executable.
QueryResult executable(llvm::StringRef Path);

/// Caches the results of queries to the file system during this run. All
/// members may be called from several threads.
class FileStates {
public:
  /// \p Table is the file to which save() writes the states, for this machine
  /// only; empty: none.
  explicit FileStates(std::string Table);

  QueryResult query(Query Asked, llvm::StringRef Subject);

  /// Adds the results of queries that were made elsewhere in this run, so that
  /// the files are not read again.
  void learn(const Inputs::Items &Known);

  /// Writes the states for later runs. Failure to write is not an
  /// error.
  void save();

private:
  struct State {
    FileStamp Stamp;
    Digest Content;
    bool HasStamp = false;   ///< of this run
    bool HasContent = false; ///< of the stamp
    /// isSettled() of the stamp when the content was read.
    bool IsSettled = true;
  };
  void load();

  std::string Table;
  llvm::sys::TimePoint<> Begin = std::chrono::system_clock::now();
  std::mutex Lock;
  llvm::StringMap<State> States;
  bool HasChanged = false;
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_FILESTATES_H

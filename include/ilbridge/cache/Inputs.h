//===- Inputs.h - The inputs of a task -------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task that makes the same queries to the file system and the environment and
// gets the same results is equivalent. The absence of a file is a result like
// any other, so a new header that an #include finds earlier requires no special
// rule.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_INPUTS_H
#define ILBRIDGE_CACHE_INPUTS_H

#include "ilbridge/cache/Digest.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem/UniqueID.h"
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace ilbridge::cache {

/// A kind of query to the system. For queries about a path, each enumerator
/// implies the earlier ones.
enum class Query : uint8_t {
  Kind,       ///< the kind of object with this path
  Opened,     ///< the same, by code that may read the file
  Output,     ///< the bytes of a file that the task writes
  Content,    ///< the bytes of the file, or the names in the folder
  RealPath,   ///< the path without symbolic links
  Executable, ///< whether it is a program that can be run
  Variable,   ///< the value of the environment variable
};

/// The kind of object that a path leads to.
enum class FileKind : uint8_t {
  None, ///< nothing, or nothing that can be reached
  File, ///< a regular file
  Folder,
  Other, ///< a pipe or a device: each read gives different bytes
};

struct QueryResult {
  FileKind Kind = FileKind::None; ///< of a path
  /// The identity of a file. Compilers treat two paths with the same ID as one
  /// file.
  llvm::sys::fs::UniqueID ID = {};
  /// The digest of the content, the real path or the value; any digest for a
  /// program that can be run. It is empty if it was not queried or does not
  /// exist.
  Digest Text = {};
};

/// Queries with their results. All members may be called from several
/// threads.
class Inputs {
public:
  struct Item {
    Query Asked;
    QueryResult Got;
    bool IsWritten = false; ///< the task wrote this content
  };
  /// By the key of the query's subject: key().
  using Items = llvm::StringMap<Item>;

  Inputs() = default;
  /// Takes the queries \p Own, whose results were determined at the same time.
  explicit Inputs(Items Own) : Own(std::move(Own)) {}

  /// \returns the key of an item about \p Subject, an absolute path or the name
  /// of an environment variable.
  static std::string key(Query Asked, llvm::StringRef Subject);
  /// \returns the subject from which key() made \p Key.
  static llvm::StringRef subject(Query Asked, llvm::StringRef Key);

  void add(Query Asked, llvm::StringRef Subject, const QueryResult &Got);
  /// Records that the task has written the file \p Path itself, so its earlier
  /// content does not matter.
  void addWritten(llvm::StringRef Path, const QueryResult &Left);
  /// Adds the inputs of another task that was a part of this one. \p Part must
  /// not change any more.
  void add(std::shared_ptr<const Inputs> Part);

  /// Records that the task depends on something that cannot be queried again.
  void addUnknown();

  Items own() const;
  std::vector<std::shared_ptr<const Inputs>> parts() const;
  /// Returns the task's own queries and those of all its parts. Returns nullopt
  /// if they do not determine the task's result: a query result changed during
  /// the task, a pipe was read, or the task depends on something unknown.
  std::optional<Items> all() const;

  /// Returns the sorted paths of the files that were opened, except those that
  /// the task only writes. A build has to watch these files.
  std::vector<std::string> files() const;

private:
  bool collect(Items &To, llvm::DenseSet<const Inputs *> &Seen) const;

  mutable std::mutex Lock;
  Items Own;
  std::vector<std::shared_ptr<const Inputs>> Parts;
  llvm::DenseSet<const Inputs *> HasPart;
  bool IsConsistent = true; ///< the own ones determine the result of the task
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_INPUTS_H

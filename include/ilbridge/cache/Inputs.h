//===- Inputs.h - What a piece of work has asked ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Work that asks the file system and the environment the same questions and
// gets the same answers comes to the same result. That a file is not there is
// an answer like any other, so a header that appears where an #include looks
// first needs no rule of its own.
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

/// A kind of question to the system. Among the questions about a path, each
/// enumerator implies the earlier ones.
enum class Question : uint8_t {
  Kind,       ///< what has this path
  Opened,     ///< the same, asked by somebody who could have read the file
  Output,     ///< the bytes of a file that the work writes, or would
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
  Other, ///< a pipe or a device: to read it twice gives different bytes
};

struct Answer {
  FileKind Kind = FileKind::None; ///< of a path
  /// The identity of a file. A compiler takes two paths with the same ID for
  /// one file.
  llvm::sys::fs::UniqueID ID = {};
  /// The digest of the content, the real path or the value; any digest for a
  /// program that can be run. It is empty if that was not asked, or if there is
  /// none.
  Digest Text = {};
};

/// Questions with their answers. All members may be called from several
/// threads.
class Inputs {
public:
  struct Item {
    Question Asked;
    Answer Got;
    bool IsWritten = false; ///< the work left the file like this
  };
  /// By the question's subject, which key() makes.
  using Items = llvm::StringMap<Item>;

  Inputs() = default;
  /// The questions \p Own, with answers of one time.
  explicit Inputs(Items Own) : Own(std::move(Own)) {}

  /// \returns the key of an item about \p Subject, an absolute path or the name
  /// of an environment variable.
  static std::string key(Question Asked, llvm::StringRef Subject);
  /// \returns the subject from which key() made \p Key.
  static llvm::StringRef subject(Question Asked, llvm::StringRef Key);

  void add(Question Asked, llvm::StringRef Subject, const Answer &Got);
  /// The work has written the file \p Path itself, so its earlier content does
  /// not matter.
  void addWritten(llvm::StringRef Path, const Answer &Left);
  /// Another piece of work was a part of this one. \p Part must not change any
  /// more.
  void add(std::shared_ptr<const Inputs> Part);

  /// The work depends on something that cannot be asked again.
  void addUnknown();

  Items own() const;
  std::vector<std::shared_ptr<const Inputs>> parts() const;
  /// Own ones and those of all parts. None where they cannot stand for the
  /// work: an answer changed while it went on, a pipe was read, or the work
  /// depends on something unknown.
  std::optional<Items> all() const;

  /// The files that were opened and that the work does not only write, sorted:
  /// what a build has to watch.
  std::vector<std::string> files() const;

private:
  bool collect(Items &To, llvm::DenseSet<const Inputs *> &Seen) const;

  mutable std::mutex Lock;
  Items Own;
  std::vector<std::shared_ptr<const Inputs>> Parts;
  llvm::DenseSet<const Inputs *> HasPart;
  bool IsConsistent = true; ///< the own ones stand for the work
};

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_INPUTS_H

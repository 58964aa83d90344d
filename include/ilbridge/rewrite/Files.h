//===- Files.h - Write files without losing data ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every file that the program writes is written here.
//
//   path ─▶ symbolic links ─┬▶ pipe, device, open descriptor: a stream
//           are followed    ├▶ a temporary file, fsync, rename
//                           └▶ a file that a rename would replace by another
//                              one (hard links, an owner or attributes that
//                              cannot be given away): a backup, then in place
//
// If a write fails, or if the process is killed at any time, a file has its old
// or its new content. Only a file that is written in place can be left with
// neither. In that case, the next run restores the old content from the backup.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_REWRITE_FILES_H
#define ILBRIDGE_REWRITE_FILES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>

namespace llvm {
class raw_fd_ostream;
} // namespace llvm

namespace ilbridge::rewrite {

/// Whether \p Path refers to the standard output of this process: it is "-", or
/// a path such as /dev/stdout that leads to descriptor 1.
bool isStandardOutput(llvm::StringRef Path);

/// Whether \p Path refers to an object that does not store its content: the
/// standard output, another open descriptor, a pipe, a socket or a device.
bool isStream(llvm::StringRef Path);

/// Returns the content of the file at \p Path; nullopt if there is no file, or
/// if it is a stream. Returns an Error if it cannot be read, or if a killed run
/// has left it half written; recover() repairs that.
llvm::Expected<std::optional<std::string>> readFile(llvm::StringRef Path);

/// Computes the new content of a file from its old content, which is nullopt if
/// there is no such file.
using Edit = llvm::function_ref<llvm::Expected<std::string>(
    const std::optional<std::string> &Old)>;

/// Replaces the content of the file at \p Path with the result of \p New,
/// unless both are equal. No other run writes the file between the reading and
/// the writing. A new file gets the mode that the umask permits. An existing
/// file keeps its mode, owner, attributes, and hard and symbolic links. A
/// missing folder is created. A stream is written at its current position; it
/// is an Error if a pipe is not opened for reading within ten seconds. \returns
/// whether the file has changed.
llvm::Expected<bool> updateFile(llvm::StringRef Path, Edit New);

/// Calls updateFile() with \p Text as the new content.
llvm::Expected<bool> writeIfChanged(llvm::StringRef Path, llvm::StringRef Text);

/// Sets the modification time of \p Path to the current time, or creates an
/// empty file. After an Error the file does not exist, so that it cannot be
/// taken for an up-to-date one.
llvm::Error touch(llvm::StringRef Path);

/// Removes what a run that was killed while writing \p Path has left: temporary
/// files in its folder, and half of a new content. Returns an Error if the file
/// was also changed by another program, so that its backup cannot be used.
llvm::Error recover(llvm::StringRef Path);

/// Writes a file that is not essential, such as an entry of a cache. Readers
/// see it completely or not at all, but it is not flushed to the disk.
/// Temporary files are in the folder "partial" next to \p Path.
llvm::Error writeEntry(llvm::StringRef Path, llvm::StringRef Text);

/// Removes the temporary files that writeEntry() of a killed run has left next
/// to the entries in \p Folder.
void removePartialEntries(llvm::StringRef Folder);

/// Flushes \p OS. Returns the first error of any write to it, and reports each
/// error once.
llvm::Error flush(llvm::raw_fd_ostream &OS, llvm::StringRef Name);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_REWRITE_FILES_H

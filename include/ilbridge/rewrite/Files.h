//===- Files.h - Write files, and lose nothing ------------------*- C++ -*-===//
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
// Whatever fails, and whenever the process is killed, a file has its old
// content or its new one; only a file that is written in place can be left with
// neither, and then its backup brings the old content back at the next run.
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

/// Whether text for \p Path belongs to the standard output of this process: it
/// is "-", or leads to descriptor 1 as /dev/stdout does.
bool isStandardOutput(llvm::StringRef Path);

/// Whether \p Path names something that keeps no content: the standard output,
/// another open descriptor, a pipe, a socket, a device.
bool isStream(llvm::StringRef Path);

/// The content of the file at \p Path; nothing if there is no file, or if it is
/// a stream. An Error if it cannot be read, or if a run that was killed has
/// left it half written; recover() repairs that.
llvm::Expected<std::optional<std::string>> readFile(llvm::StringRef Path);

/// Makes the new content of a file from its old one, which is nothing if there
/// is no such file.
using Edit = llvm::function_ref<llvm::Expected<std::string>(
    const std::optional<std::string> &Old)>;

/// Replaces the content of the file at \p Path by what \p New makes of it, and
/// does not touch it if both are equal. Between the reading and the writing, no
/// other run writes it. A new file gets the mode that the umask allows, an
/// existing one keeps its mode, owner, attributes, hard and symbolic links. The
/// folder is created if it is missing. A stream is written from its current
/// position; a pipe that nobody opens for reading within ten seconds is an
/// Error. \returns whether the file changed.
llvm::Expected<bool> updateFile(llvm::StringRef Path, Edit New);

/// updateFile() with \p Text as the new content.
llvm::Expected<bool> writeIfChanged(llvm::StringRef Path, llvm::StringRef Text);

/// Makes the current time the modification time of \p Path, and creates an
/// empty file if there is none. On an Error there is no such file, so that
/// nobody takes it for a new one.
llvm::Error touch(llvm::StringRef Path);

/// Undoes what a run that was killed while it wrote \p Path has left:
/// temporary files in its folder, and half of a new content. An Error if the
/// file was also changed by somebody else, so that its backup cannot be used.
llvm::Error recover(llvm::StringRef Path);

/// Writes a file that the program can do without, such as an entry of a cache:
/// readers see all of it or nothing, but it is not flushed to the disk.
/// Temporary files are in the folder "partial" beside \p Path.
llvm::Error writeEntry(llvm::StringRef Path, llvm::StringRef Text);

/// Removes the temporary files that writeEntry() of a run that was killed has
/// left beside the entries in \p Folder.
void removePartialEntries(llvm::StringRef Folder);

/// Writes out what \p OS has buffered. The Error is the first that any write to
/// it had; it is reported once.
llvm::Error flush(llvm::raw_fd_ostream &OS, llvm::StringRef Name);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_REWRITE_FILES_H

//===- Files.h - Files, as the operating system has them --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// System calls as functions that return every error: LLVM's streams report some
// only when they are destroyed, and LLVM has neither fsync nor access control
// lists. lib/system/Posix.cpp and lib/system/Windows.cpp implement these
// functions; nothing else in the program includes a header of a system.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_SYSTEM_FILES_H
#define ILBRIDGE_SYSTEM_FILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/ErrorOr.h"
#include "llvm/Support/FileSystem/UniqueID.h"
#include <chrono>
#include <string>
#include <utility>

namespace ilbridge::system {

//===----------------------------------------------------------------------===//
// Open files
//===----------------------------------------------------------------------===//

inline constexpr int StandardOutput = 1; ///< its descriptor

enum class Access : uint8_t {
  Read,
  Write,
  ReadWrite,
  Create, ///< Write; a missing file is created with the mode that umask allows
};

/// Owns a descriptor and closes it.
class Descriptor {
public:
  Descriptor() = default;
  explicit Descriptor(int FD) : FD(FD) {}
  Descriptor(Descriptor &&Other) noexcept : FD(std::exchange(Other.FD, -1)) {}
  Descriptor &operator=(Descriptor &&Other) noexcept {
    std::swap(FD, Other.FD);
    return *this;
  }
  ~Descriptor() { (void)close(); }

  /// Opens a file that is no symbolic link. Does not wait if it is a pipe that
  /// nobody has opened. Programs that are started do not inherit the
  /// descriptor.
  static llvm::ErrorOr<Descriptor> open(llvm::StringRef Path, Access How);
  /// Opens a device or a socket for writing.
  static llvm::ErrorOr<Descriptor> openDevice(llvm::StringRef Path);
  /// Opens a pipe for writing. The error is no_such_device_or_address if nobody
  /// reads from it.
  static llvm::ErrorOr<Descriptor> openPipe(llvm::StringRef Path);

  int get() const { return FD; }
  /// Closes it before the destructor does. File systems of networks report
  /// failed writes here.
  std::error_code close();

private:
  int FD = -1;
};

/// Another descriptor of the same open file.
llvm::ErrorOr<Descriptor> duplicate(int FD);

/// Writes all of \p Text at the current position.
std::error_code writeAll(int FD, llvm::StringRef Text);

/// Makes \p Text the whole content of a file.
std::error_code overwrite(int FD, llvm::StringRef Text);

/// The whole content of a file.
llvm::ErrorOr<std::string> readAll(int FD);

/// Flushes the file to the disk. It is not an error if the file system does not
/// support this.
std::error_code sync(int FD);

/// The same for the names in a folder.
std::error_code syncFolder(llvm::StringRef Folder);

/// How long lock() waits.
inline constexpr std::chrono::seconds LockTimeout{60};

/// Locks a file against other processes that lock it, and waits for them. The
/// result is std::errc::timed_out after LockTimeout. It is not an error if the
/// file system has no locks.
std::error_code lock(int FD, bool IsShared = false);

/// The same without waiting. \returns whether the file is locked now.
bool tryLock(int FD);

/// Makes the current time the modification time of a file.
std::error_code setCurrentTime(int FD);

/// Gives the open file \p To the owner, the group, the mode and the extended
/// attributes (among them access control lists) of \p From. \returns false if
/// one of them cannot be given.
bool copyAttributes(int From, int To);

//===----------------------------------------------------------------------===//
// Names of files
//===----------------------------------------------------------------------===//

/// The absolute form of \p Path, which can be relative to \p Folder: without
/// "." and "..", and with "/" between folders on every system.
std::string absolute(llvm::StringRef Path, llvm::StringRef Folder);

struct Status {
  enum Kind : uint8_t {
    File, ///< a regular one
    Folder,
    Link, ///< a symbolic one
    Pipe,
    Device, ///< or a socket
  } TheKind = File;
  llvm::sys::fs::UniqueID ID;
  uint64_t Size = 0;                 ///< in bytes
  uint64_t Links = 0;                ///< names of the file
  int64_t Modified = 0, Changed = 0; ///< nanoseconds since 1970
};
llvm::ErrorOr<Status> status(int FD);
/// The status of what \p Path leads to.
llvm::ErrorOr<Status> status(llvm::StringRef Path);
/// The status of \p Path itself, which may be a symbolic link.
llvm::ErrorOr<Status> statusOfName(llvm::StringRef Path);

/// Whether \p Path itself still names the open file \p FD.
bool isNamed(int FD, llvm::StringRef Path);

/// The target of the symbolic link \p Path, as it is stored.
llvm::ErrorOr<std::string> readLink(llvm::StringRef Path);

/// Gives the file \p From the name \p To, whatever had it before. An error if
/// that would need a copy.
std::error_code rename(llvm::StringRef From, llvm::StringRef To);

/// Removes a name of a file.
std::error_code remove(llvm::StringRef Path);

/// The name of a file that is always empty.
llvm::StringRef emptyFile();

/// A folder that is always there, with a separator at its end.
llvm::StringRef rootFolder();

} // namespace ilbridge::system

#endif // ILBRIDGE_SYSTEM_FILES_H

//===- Descriptor.h - An open file ------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// POSIX calls as functions that return every error. LLVM's streams report some
// errors only when they are destroyed, and have neither fsync nor flock.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_DESCRIPTOR_H
#define ILBRIDGE_LIB_REWRITE_DESCRIPTOR_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/ErrorOr.h"
#include <string>
#include <utility>

namespace ilbridge::rewrite {

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

  /// Calls open(2) with O_CLOEXEC.
  static llvm::ErrorOr<Descriptor> open(llvm::StringRef Path, int Flags,
                                        unsigned Mode = 0);

  int get() const { return FD; }
  /// Closes the descriptor before the destructor does. Network file systems
  /// report failed writes here.
  std::error_code close();

private:
  int FD = -1;
};

/// Writes all of \p Text at the current position.
std::error_code writeAll(int FD, llvm::StringRef Text);

/// Reads the whole content of a file.
llvm::ErrorOr<std::string> readAll(int FD);

/// Flushes the file to the disk. It is not an error if the file system does not
/// support this.
std::error_code sync(int FD);

/// Flushes the names in a folder.
std::error_code syncFolder(llvm::StringRef Folder);

/// Locks a file (flock(2)) against other processes that lock it; waits ten
/// seconds for them. It is not an error if the file system has no locks.
std::error_code lock(int FD, bool IsShared = false);

/// Locks a file without waiting. \returns whether it is locked now.
bool tryLock(int FD);

/// Whether \p Path still names the open file \p FD.
bool isNamed(int FD, llvm::StringRef Path);

/// The error of the last call.
inline std::error_code lastError() {
  return std::error_code(errno, std::generic_category());
}

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_DESCRIPTOR_H

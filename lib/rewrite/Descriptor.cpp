//===- Descriptor.cpp - An open file --------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descriptor.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Errno.h"
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using llvm::StringRef;

namespace ilbridge::rewrite {

llvm::ErrorOr<Descriptor> Descriptor::open(StringRef Path, int Flags,
                                           unsigned Mode) {
  std::string Name = Path.str();
  int FD = llvm::sys::RetryAfterSignal(-1, ::open, Name.c_str(),
                                       Flags | O_CLOEXEC, Mode);
  if (FD == -1)
    return lastError();
  return Descriptor(FD);
}

std::error_code Descriptor::close() {
  int Closing = std::exchange(FD, -1);
  // The descriptor is closed even after EINTR.
  if (Closing == -1 || ::close(Closing) == 0 || errno == EINTR)
    return {};
  return lastError();
}

std::error_code writeAll(int FD, StringRef Text) {
  // Every system can write this size in one call.
  constexpr size_t MaxSize = 1 << 30;
  while (!Text.empty()) {
    ssize_t Written = llvm::sys::RetryAfterSignal(
        -1, ::write, FD, Text.data(), std::min(Text.size(), MaxSize));
    if (Written == -1)
      return lastError();
    Text = Text.drop_front(Written);
  }
  return {};
}

llvm::ErrorOr<std::string> readAll(int FD) {
  std::string Text;
  char Buffer[1 << 14];
  while (true) {
    ssize_t Read = llvm::sys::RetryAfterSignal(-1, ::pread, FD, &Buffer[0],
                                               sizeof(Buffer), Text.size());
    if (Read == -1)
      return lastError();
    if (Read == 0)
      return Text;
    Text.append(Buffer, Read);
  }
}

std::error_code sync(int FD) {
  if (llvm::sys::RetryAfterSignal(-1, ::fsync, FD) == 0 || errno == EINVAL ||
      errno == ENOTSUP || errno == ENOSYS)
    return {};
  return lastError();
}

std::error_code syncFolder(StringRef Folder) {
  auto FD =
      Descriptor::open(Folder.empty() ? "." : Folder, O_RDONLY | O_DIRECTORY);
  return FD ? sync(FD->get()) : FD.getError();
}

std::error_code lock(int FD, bool IsShared) {
  using namespace std::chrono;
  auto End = steady_clock::now() + seconds(10);
  while (llvm::sys::RetryAfterSignal(
             -1, ::flock, FD, (IsShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return {};
    if (steady_clock::now() > End)
      return std::make_error_code(std::errc::timed_out);
    std::this_thread::sleep_for(milliseconds(2));
  }
  return {};
}

bool isNamed(int FD, StringRef Path) {
  struct stat Opened, Named;
  return fstat(FD, &Opened) == 0 && lstat(Path.str().c_str(), &Named) == 0 &&
         Opened.st_dev == Named.st_dev && Opened.st_ino == Named.st_ino;
}

bool tryLock(int FD) {
  return llvm::sys::RetryAfterSignal(-1, ::flock, FD, LOCK_EX | LOCK_NB) == 0;
}

} // namespace ilbridge::rewrite

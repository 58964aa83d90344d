//===- Destination.cpp - The target of a path -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Destination.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <chrono>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using llvm::StringRef;

namespace ilbridge::rewrite {

/// The maximum number of links, as on Linux.
static constexpr unsigned MaxLinks = 40;

/// Returns the descriptor of this process to which \p Path refers, or -1. Such
/// a path must not be opened again: that would create a new position in the
/// file, and would truncate a file to which a shell appends.
static int descriptorOf(StringRef Path) {
  if (Path == "-")
    return STDOUT_FILENO;
  std::string OfProcess = "/proc/" + llvm::utostr(getpid()) + "/fd/";
  unsigned FD;
  if ((Path.consume_front("/dev/fd/") || Path.consume_front("/proc/self/fd/") ||
       Path.consume_front(OfProcess)) &&
      !Path.getAsInteger(10, FD) && FD <= INT_MAX)
    return FD;
  return -1;
}

/// \returns the target of the symbolic link \p Path.
static llvm::ErrorOr<std::string> readLink(StringRef Path) {
  char Target[PATH_MAX];
  ssize_t Size = readlink(Path.str().c_str(), Target, sizeof(Target));
  if (Size == -1)
    return lastError();
  StringRef Name(Target, Size);
  if (llvm::sys::path::is_absolute(Name))
    return Name.str();
  llvm::SmallString<256> Full = llvm::sys::path::parent_path(Path);
  llvm::sys::path::append(Full, Name);
  return Full.str().str();
}

llvm::ErrorOr<Destination> Destination::of(StringRef Path) {
  std::string Name = Path.str();
  for (unsigned Links = 0; Links != MaxLinks; ++Links) {
    if (int FD = descriptorOf(Name); FD != -1)
      return Destination{Open, std::move(Name), FD};
    struct stat Status;
    if (lstat(Name.c_str(), &Status) != 0) {
      if (errno == ENOENT)
        return Destination{Missing, std::move(Name)};
      return lastError();
    }
    switch (Status.st_mode & S_IFMT) {
    case S_IFLNK: {
      llvm::ErrorOr<std::string> Next = readLink(Name);
      if (!Next)
        return Next.getError();
      Name = std::move(*Next);
      continue;
    }
    case S_IFREG:
      return Destination{File, std::move(Name)};
    case S_IFDIR:
      return std::make_error_code(std::errc::is_a_directory);
    case S_IFIFO:
      return Destination{Pipe, std::move(Name)};
    default:
      return Destination{Device, std::move(Name)};
    }
  }
  return std::make_error_code(std::errc::too_many_symbolic_link_levels);
}

/// Opens a stream for writing. The other end of a pipe may be opened a little
/// later, by a command that is started at the same time.
static llvm::ErrorOr<Descriptor> openStream(const Destination &To) {
  using namespace std::chrono;
  if (To.TheKind != Destination::Pipe)
    return Descriptor::open(To.Path, O_WRONLY | O_NOCTTY);
  auto End = steady_clock::now() + seconds(10);
  while (true) {
    auto FD = Descriptor::open(To.Path, O_WRONLY | O_NONBLOCK);
    if (FD || FD.getError() != std::errc::no_such_device_or_address ||
        steady_clock::now() > End) {
      // From now on, writes wait if the pipe is full.
      if (FD && fcntl(FD->get(), F_SETFL, 0) == -1)
        return lastError();
      return FD;
    }
    std::this_thread::sleep_for(milliseconds(10));
  }
}

std::error_code writeStream(const Destination &To, StringRef Text) {
  if (To.TheKind == Destination::Open)
    return writeAll(To.FD, Text);
  auto FD = openStream(To);
  if (!FD)
    return FD.getError();
  if (std::error_code EC = writeAll(FD->get(), Text))
    return EC;
  return FD->close();
}

} // namespace ilbridge::rewrite

//===- Temporary.cpp - Temporary files ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Temporary.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using llvm::StringRef;
namespace fs = llvm::sys::fs;

namespace ilbridge::rewrite {

static constexpr llvm::StringLiteral NamePrefix = ".ilbridge-";
static constexpr llvm::StringLiteral NameSuffix = ".tmp";

llvm::ErrorOr<Temporary> Temporary::create(StringRef Folder, unsigned Mode) {
  llvm::SmallString<256> Model = Folder;
  llvm::sys::path::append(Model, NamePrefix + "%%%%%%%%" + NameSuffix);
  while (true) {
    int FD;
    llvm::SmallString<256> Path;
    if (std::error_code EC =
            fs::createUniqueFile(Model, FD, Path, fs::OF_None, Mode))
      return EC;
    Temporary Made(Path.str().str(), Descriptor(FD));
    if (std::error_code EC = lock(FD))
      return EC;
    // Another run may have found and removed the file before it was locked.
    struct stat Status;
    if (fstat(FD, &Status) != 0)
      return lastError();
    if (Status.st_nlink != 0)
      return std::move(Made);
  }
}

Temporary::~Temporary() {
  if (!Path.empty())
    (void)::unlink(Path.c_str());
}

std::error_code Temporary::fill(StringRef Text, bool IsDurable) {
  if (std::error_code EC = writeAll(FD.get(), Text))
    return EC;
  if (IsDurable)
    if (std::error_code EC = sync(FD.get()))
      return EC;
  int Copy = fcntl(FD.get(), F_DUPFD_CLOEXEC, 0);
  if (Copy == -1)
    return lastError();
  Lock = Descriptor(Copy);
  return FD.close();
}

std::error_code Temporary::rename(StringRef To) {
  // llvm::sys::fs::TempFile::keep() would copy the file if this fails.
  if (::rename(Path.c_str(), To.str().c_str()) != 0)
    return lastError();
  Path.clear();
  return {};
}

void removeTemporaries(StringRef Folder) {
  std::error_code EC;
  for (fs::directory_iterator It(Folder.empty() ? "." : Folder, EC,
                                 /*follow_symlinks=*/false),
       End;
       !EC && It != End; It.increment(EC)) {
    StringRef Name = llvm::sys::path::filename(It->path());
    if (!Name.starts_with(NamePrefix) || !Name.ends_with(NameSuffix))
      continue;
    // NFS only locks files that are open for writing.
    auto FD = Descriptor::open(It->path(), O_RDWR | O_NOFOLLOW | O_NONBLOCK);
    if (FD && tryLock(FD->get()) && isNamed(FD->get(), It->path()))
      (void)::unlink(It->path().c_str());
  }
}

} // namespace ilbridge::rewrite

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

using ilbridge::system::Descriptor;
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
    if (std::error_code EC = system::lock(FD))
      return EC;
    // Another run may have found and removed the file before it was locked.
    llvm::ErrorOr<system::Status> Status = system::status(FD);
    if (!Status)
      return Status.getError();
    if (Status->Links != 0)
      return Made;
  }
}

Temporary::~Temporary() {
  if (!Path.empty())
    (void)system::remove(Path);
}

std::error_code Temporary::fill(StringRef Text, bool IsDurable) {
  if (std::error_code EC = system::writeAll(FD.get(), Text))
    return EC;
  if (IsDurable)
    if (std::error_code EC = system::sync(FD.get()))
      return EC;
  llvm::ErrorOr<Descriptor> Copy = system::duplicate(FD.get());
  if (!Copy)
    return Copy.getError();
  Lock = std::move(*Copy);
  return FD.close();
}

std::error_code Temporary::rename(StringRef To) {
  if (std::error_code EC = system::rename(Path, To))
    return EC;
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
    auto FD = Descriptor::open(It->path(), system::Access::ReadWrite);
    if (FD && system::tryLock(FD->get()) &&
        system::isNamed(FD->get(), It->path()))
      (void)system::remove(It->path());
  }
}

} // namespace ilbridge::rewrite

//===- Store.cpp - A folder of texts that persist between runs ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Store.h"
#include "ilbridge/rewrite/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;
namespace fs = llvm::sys::fs;

namespace ilbridge::cache {

// Only files with this prefix are pruned.
static constexpr llvm::StringLiteral NamePrefix = "llvmcache-ilbridge-";

std::string Store::path(const Digest &Key) const {
  llvm::SmallString<256> Path = StringRef(Folder);
  llvm::sys::path::append(Path, NamePrefix + Key);
  return Path.str().str();
}

std::optional<std::string> Store::get(const Digest &Key) const {
  if (Folder.empty())
    return std::nullopt;
  auto Buffer = llvm::MemoryBuffer::getFile(path(Key), /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return std::nullopt;
  // After a power failure, a file may exist without its content.
  auto [Sum, Text] = (*Buffer)->getBuffer().split('\n');
  if (Sum != digest(Text))
    return std::nullopt;
  return Text.str();
}

void Store::put(const Digest &Key, StringRef Text) const {
  if (!Folder.empty())
    // Without the entry, a later run computes the text again.
    llvm::consumeError(
        rewrite::writeEntry(path(Key), (digest(Text) + "\n" + Text).str()));
}

/// Whether it is time to prune: no run has done it recently.
static bool isDue(StringRef Folder) {
  llvm::SmallString<256> Stamp = Folder;
  llvm::sys::path::append(Stamp, "llvmcache.timestamp");
  fs::file_status Status;
  auto Now = std::chrono::system_clock::now();
  if (!fs::status(Stamp, Status) &&
      Now - Status.getLastModificationTime() < std::chrono::minutes(20))
    return false;
  llvm::Error Failed = rewrite::touch(Stamp);
  bool IsDue = !Failed;
  // A folder that cannot be written is not pruned.
  llvm::consumeError(std::move(Failed));
  return IsDue;
}

/// llvm::pruneCache() does the same, but it ends the process if its timestamp
/// file cannot be closed.
void Store::prune(uint64_t MaxBytes) const {
  if (Folder.empty() || !fs::is_directory(Folder))
    return;
  rewrite::removePartialEntries(Folder);
  if (!isDue(Folder))
    return;
  struct Entry {
    llvm::sys::TimePoint<> Used;
    uint64_t Size;
    std::string Path;
  };
  std::vector<Entry> Entries;
  uint64_t Bytes = 0;
  std::error_code EC;
  for (fs::directory_iterator It(Folder, EC), End; !EC && It != End;
       It.increment(EC)) {
    if (!llvm::sys::path::filename(It->path()).starts_with(NamePrefix))
      continue;
    llvm::ErrorOr<fs::basic_file_status> Status = It->status();
    if (!Status)
      continue;
    Entries.push_back(
        {Status->getLastAccessedTime(), Status->getSize(), It->path()});
    Bytes += Status->getSize();
  }
  llvm::sort(Entries, [](const Entry &A, const Entry &B) {
    return std::tie(A.Used, A.Path) < std::tie(B.Used, B.Path);
  });
  auto Oldest = std::chrono::system_clock::now() - std::chrono::hours(24 * 30);
  for (const Entry &E : Entries) {
    if (E.Used >= Oldest && (MaxBytes == 0 || Bytes <= MaxBytes))
      return;
    fs::remove(E.Path);
    Bytes -= E.Size;
  }
}

} // namespace ilbridge::cache

//===- Files.cpp - Write files without losing data ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/rewrite/Files.h"
#include "Backup.h"
#include "Destination.h"
#include "Temporary.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using ilbridge::system::Access;
using ilbridge::system::Descriptor;
using llvm::StringRef;

namespace ilbridge::rewrite {

static llvm::Error cannotWrite(StringRef Path, const llvm::Twine &Why) {
  return inputError({Path.str(), {}, {}}, "cannot be written: " + Why);
}

static llvm::Error cannotWrite(StringRef Path, llvm::Error Why) {
  return cannotWrite(Path, llvm::toString(std::move(Why)));
}

bool isStandardOutput(StringRef Path) {
  auto To = Destination::of(Path);
  return To && To->FD == system::StandardOutput;
}

bool isStream(StringRef Path) {
  auto To = Destination::of(Path);
  return To && To->isStream();
}

/// Opens the file \p Path for reading and locks it. Returns an empty descriptor
/// if there is no file.
static llvm::ErrorOr<Descriptor> openLocked(StringRef Path, bool IsShared) {
  while (true) {
    auto FD = Descriptor::open(Path, Access::Read);
    if (!FD && FD.getError() == std::errc::no_such_file_or_directory)
      return Descriptor();
    if (!FD)
      return FD;
    if (std::error_code EC = system::lock(FD->get(), IsShared))
      return EC;
    // While this run waited for the lock, another run may have renamed a new
    // file to this name.
    if (system::isNamed(FD->get(), Path))
      return FD;
  }
}

/// Returns the reason for which openLocked() failed.
static std::string reason(std::error_code EC) {
  return EC == std::errc::timed_out
             ? "another process has kept the file locked for a minute"
             : EC.message();
}

llvm::Expected<std::optional<std::string>> readFile(StringRef Path) {
  auto Fail = [&](const llvm::Twine &Why) {
    return inputError({Path.str(), {}, {}}, Why);
  };
  auto From = Destination::of(Path);
  if (!From)
    return Fail(From.getError().message());
  if (From->TheKind != Destination::File)
    return std::nullopt;
  auto FD = openLocked(From->Path, /*IsShared=*/true);
  if (!FD)
    return Fail(reason(FD.getError()));
  if (FD->get() == -1)
    return std::nullopt;
  if (hasBackup(From->Path))
    return Fail("is half written, because a run was killed; 'ilbridge "
                "generate' restores it from its backup");
  llvm::ErrorOr<std::string> Text = system::readAll(FD->get());
  if (!Text)
    return Fail(Text.getError().message());
  return std::optional(std::move(*Text));
}

/// Replaces \p Old, the content of the file \p Path. \p FD is the open file if
/// it exists.
static llvm::Error replace(StringRef Path, int FD, StringRef Old,
                           StringRef New) {
  bool Exists = FD != -1;
  if (Exists) {
    llvm::ErrorOr<system::Status> Status = system::status(FD);
    if (!Status)
      return llvm::errorCodeToError(Status.getError());
    if (Status->Links > 1)
      return writeInPlace(Path, Old, New);
  }
  // A private file must not be readable for others while it is a temporary
  // file.
  auto File = Temporary::create(llvm::sys::path::parent_path(Path),
                                Exists ? 0600 : 0666);
  if (!File)
    return llvm::errorCodeToError(File.getError());
  if (Exists && !system::copyAttributes(FD, File->descriptor()))
    return writeInPlace(Path, Old, New);
  if (std::error_code EC = File->fill(New, /*IsDurable=*/true))
    return llvm::errorCodeToError(EC);
  std::error_code EC = File->rename(Path);
  // A file that is a mount point, as in containers, cannot be replaced.
  if (Exists && EC == std::errc::device_or_resource_busy)
    return writeInPlace(Path, Old, New);
  return llvm::errorCodeToError(EC);
}

/// Implements updateFile() for a text that the caller owns.
static llvm::Expected<bool> update(StringRef Path,
                                   llvm::function_ref<llvm::Expected<StringRef>(
                                       const std::optional<std::string> &Old)>
                                       New) {
  auto To = Destination::of(Path);
  if (!To)
    return cannotWrite(Path, To.getError().message());
  if (To->isStream()) {
    llvm::Expected<StringRef> Text = New(std::nullopt);
    if (!Text)
      return Text.takeError();
    std::error_code EC = writeStream(*To, *Text);
    if (To->TheKind == Destination::Pipe &&
        EC == std::errc::no_such_device_or_address)
      return cannotWrite(Path, "nothing reads from this pipe");
    if (EC)
      return cannotWrite(Path, EC.message());
    return true;
  }

  StringRef Folder = llvm::sys::path::parent_path(To->Path);
  if (!Folder.empty())
    if (std::error_code EC = llvm::sys::fs::create_directories(Folder))
      return cannotWrite(Path, EC.message());
  removeTemporaries(Folder);
  auto FD = openLocked(To->Path, /*IsShared=*/false);
  if (!FD)
    return cannotWrite(Path, reason(FD.getError()));
  if (llvm::Error E = restoreBackup(To->Path, FD->get()))
    return cannotWrite(Path, std::move(E));
  std::optional<std::string> Old;
  if (FD->get() != -1) {
    llvm::ErrorOr<std::string> Content = system::readAll(FD->get());
    if (!Content)
      return cannotWrite(Path, Content.getError().message());
    Old = std::move(*Content);
  }
  llvm::Expected<StringRef> Text = New(Old);
  if (!Text)
    return Text.takeError();
  if (Old && *Old == *Text)
    return false;
  if (llvm::Error E = replace(To->Path, FD->get(), Old.value_or(""), *Text))
    return cannotWrite(Path, std::move(E));
  return true;
}

llvm::Expected<bool> updateFile(StringRef Path, Edit New) {
  std::string Kept;
  return update(Path, [&](const auto &Old) -> llvm::Expected<StringRef> {
    if (llvm::Error E = New(Old).moveInto(Kept))
      return E;
    return Kept;
  });
}

llvm::Expected<bool> writeIfChanged(StringRef Path, StringRef Text) {
  return update(Path, [&](const auto &) { return Text; });
}

llvm::Error touch(StringRef Path) {
  auto To = Destination::of(Path);
  if (!To)
    return cannotWrite(Path, To.getError().message());
  if (To->isStream())
    return llvm::Error::success();
  StringRef Folder = llvm::sys::path::parent_path(To->Path);
  if (!Folder.empty())
    if (std::error_code EC = llvm::sys::fs::create_directories(Folder))
      return cannotWrite(Path, EC.message());
  auto FD = Descriptor::open(To->Path, Access::Create);
  if (!FD)
    return cannotWrite(Path, FD.getError().message());
  std::error_code EC = system::setCurrentTime(FD->get());
  if (std::error_code Closing = FD->close(); Closing && !EC)
    EC = Closing;
  if (!EC)
    return llvm::Error::success();
  (void)system::remove(To->Path);
  return cannotWrite(Path, EC.message());
}

llvm::Error recover(StringRef Path) {
  auto To = Destination::of(Path);
  if (!To || To->isStream())
    return llvm::Error::success();
  removeTemporaries(llvm::sys::path::parent_path(To->Path));
  if (!hasBackup(To->Path))
    return llvm::Error::success();
  auto FD = openLocked(To->Path, /*IsShared=*/false);
  if (!FD)
    return cannotWrite(Path, reason(FD.getError()));
  if (llvm::Error E = restoreBackup(To->Path, FD->get()))
    return cannotWrite(Path, std::move(E));
  return llvm::Error::success();
}

static constexpr llvm::StringLiteral PartialFolder = "partial";

llvm::Error writeEntry(StringRef Path, StringRef Text) {
  llvm::SmallString<256> Folder = llvm::sys::path::parent_path(Path);
  llvm::sys::path::append(Folder, PartialFolder);
  auto File = Temporary::create(Folder, 0666);
  if (!File && File.getError() == std::errc::no_such_file_or_directory) {
    if (std::error_code EC = llvm::sys::fs::create_directories(Folder))
      return cannotWrite(Path, EC.message());
    File = Temporary::create(Folder, 0666);
  }
  if (!File)
    return cannotWrite(Path, File.getError().message());
  if (std::error_code EC = File->fill(Text, /*IsDurable=*/false))
    return cannotWrite(Path, EC.message());
  if (std::error_code EC = File->rename(Path))
    return cannotWrite(Path, EC.message());
  return llvm::Error::success();
}

void removePartialEntries(StringRef Folder) {
  llvm::SmallString<256> Partial = Folder;
  llvm::sys::path::append(Partial, PartialFolder);
  removeTemporaries(Partial);
}

llvm::Error flush(llvm::raw_fd_ostream &OS, StringRef Name) {
  OS.flush();
  std::error_code EC = OS.error();
  if (!EC)
    return llvm::Error::success();
  OS.clear_error();
  return llvm::createStringError(Name + " cannot be written: " + EC.message());
}

} // namespace ilbridge::rewrite

//===- Backup.cpp - Write a file in place --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Backup.h"
#include "Temporary.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <optional>

using ilbridge::system::Access;
using ilbridge::system::Descriptor;
using llvm::StringRef;

namespace ilbridge::rewrite {

static constexpr llvm::StringLiteral Header = "ilbridge backup 1 ";

std::string backupPath(StringRef Path) {
  llvm::SmallString<256> Result = llvm::sys::path::parent_path(Path);
  llvm::sys::path::append(Result, "." + llvm::sys::path::filename(Path) +
                                      ".ilbridge-backup");
  return Result.str().str();
}

bool hasBackup(StringRef Path) {
  return !!system::statusOfName(backupPath(Path));
}

static llvm::Error failed(const llvm::Twine &What, std::error_code Why) {
  return llvm::createStringError(What + Why.message());
}

/// Writes both contents to the disk. The backup is not readable for users who
/// cannot read the file.
static std::error_code makeBackup(StringRef Path, StringRef Old,
                                  StringRef New) {
  std::string Text = (Header + llvm::utostr(Old.size()) + " " +
                      llvm::utostr(New.size()) + "\n" + Old + New)
                         .str();
  StringRef Folder = llvm::sys::path::parent_path(Path);
  auto File = Temporary::create(Folder, 0600);
  if (!File)
    return File.getError();
  if (std::error_code EC = File->fill(Text, /*IsDurable=*/true))
    return EC;
  if (std::error_code EC = File->rename(backupPath(Path)))
    return EC;
  std::error_code EC = system::syncFolder(Folder);
  if (EC)
    (void)system::remove(backupPath(Path));
  return EC;
}

static std::error_code overwrite(int FD, StringRef Text) {
  if (std::error_code EC = system::overwrite(FD, Text))
    return EC;
  return system::sync(FD);
}

llvm::Error writeInPlace(StringRef Path, StringRef Old, StringRef New) {
  auto FD = Descriptor::open(Path, Access::Write);
  if (!FD)
    return failed("", FD.getError());
  if (std::error_code EC = makeBackup(Path, Old, New))
    return failed("its backup: ", EC);
  std::string Backup = backupPath(Path);
  if (std::error_code EC = overwrite(FD->get(), New)) {
    if (std::error_code Again = overwrite(FD->get(), Old))
      return failed("its old content is in '" + Backup +
                        "', from where the next run restores it: ",
                    EC);
    (void)system::remove(Backup);
    return failed("", EC);
  }
  // A backup that is not removed is harmless, because the file has its new
  // content.
  (void)system::remove(Backup);
  return llvm::Error::success();
}

namespace {
struct Contents {
  StringRef Old, New;
};
} // namespace

static std::optional<Contents> parse(StringRef Text) {
  size_t OldSize, NewSize;
  if (!Text.consume_front(Header) || Text.consumeInteger(10, OldSize) ||
      !Text.consume_front(" ") || Text.consumeInteger(10, NewSize) ||
      !Text.consume_front("\n") || OldSize > Text.size() ||
      NewSize != Text.size() - OldSize)
    return std::nullopt;
  return Contents{Text.take_front(OldSize), Text.drop_front(OldSize)};
}

/// Whether \p Now can be the result of an interrupted write: each byte is the
/// old one or the new one, or is missing if the file has grown and its end was
/// not written to the disk.
static bool isHalfWritten(StringRef Now, const Contents &C) {
  if (Now.size() > std::max(C.Old.size(), C.New.size()) ||
      Now.size() < std::min(C.Old.size(), C.New.size()))
    return false;
  for (size_t I = 0; I != Now.size(); ++I) {
    bool IsOld = I < C.Old.size() && Now[I] == C.Old[I];
    bool IsNew = I < C.New.size() && Now[I] == C.New[I];
    if (!IsOld && !IsNew && Now[I] != '\0')
      return false;
  }
  return true;
}

llvm::Error restoreBackup(StringRef Path, int FD) {
  std::string Backup = backupPath(Path);
  auto File = Descriptor::open(Backup, Access::Read);
  if (!File && File.getError() == std::errc::no_such_file_or_directory)
    return llvm::Error::success();
  auto Text = File ? system::readAll(File->get()) : File.getError();
  if (!Text)
    return failed("its backup '" + Backup + "': ", Text.getError());
  std::optional<Contents> Both = parse(*Text);
  llvm::ErrorOr<std::string> Now =
      FD == -1 ? std::make_error_code(std::errc::no_such_file_or_directory)
               : system::readAll(FD);
  if (FD != -1 && !Now)
    return failed("", Now.getError());
  bool IsWhole = Both && Now && (*Now == Both->Old || *Now == Both->New);
  if (!IsWhole && (!Both || !Now || !isHalfWritten(*Now, *Both)))
    return llvm::createStringError(
        "a run was killed while it wrote this file, and the file was changed "
        "since; take what you need from '" +
        Backup + "', and remove that");
  if (!IsWhole) {
    auto Out = Descriptor::open(Path, Access::Write);
    std::error_code EC =
        Out ? overwrite(Out->get(), Both->Old) : Out.getError();
    if (EC)
      return failed("its old content, which is in '" + Backup +
                        "', cannot be restored: ",
                    EC);
  }
  if (std::error_code EC = system::remove(Backup);
      EC && EC != std::errc::no_such_file_or_directory)
    return failed("its backup '" + Backup + "' cannot be removed: ", EC);
  return llvm::Error::success();
}

} // namespace ilbridge::rewrite

//===- Files.cpp - Write what changed, and nothing else -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::rewrite {

llvm::Expected<std::optional<std::string>> readFile(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (Buffer)
    return (*Buffer)->getBuffer().str();
  if (Buffer.getError() == std::errc::no_such_file_or_directory)
    return std::nullopt;
  return inputError({Path.str(), {}, {}}, Buffer.getError().message());
}

llvm::Expected<bool> writeIfChanged(llvm::StringRef Path,
                                    llvm::StringRef Text) {
  llvm::Expected<std::optional<std::string>> Old = readFile(Path);
  if (!Old)
    return Old.takeError();
  if (*Old && **Old == Text)
    return false;

  // A rename would put a file in the place of a symbolic link.
  llvm::SmallString<256> Real;
  if (!*Old || llvm::sys::fs::real_path(Path, Real))
    Real = Path;
  auto Fail = [&](std::error_code Why) {
    return inputError({Path.str(), {}, {}},
                      "cannot be written: " + Why.message());
  };
  llvm::StringRef Folder = llvm::sys::path::parent_path(Real);
  if (!Folder.empty())
    if (std::error_code EC = llvm::sys::fs::create_directories(Folder))
      return Fail(EC);
  llvm::Error Failed = llvm::writeToOutput(Real, [&](llvm::raw_ostream &OS) {
    OS << Text;
    return llvm::Error::success();
  });
  if (Failed)
    return Fail(llvm::errorToErrorCode(std::move(Failed)));
  return true;
}

/// Make's quoting, as ninja and GNU make read it.
static std::string escaped(llvm::StringRef Path) {
  std::string Result;
  for (char C : Path) {
    if (C == ' ' || C == '#' || C == '\\')
      Result += '\\';
    else if (C == '$')
      Result += '$';
    Result += C;
  }
  return Result;
}

std::string depfile(llvm::ArrayRef<std::string> Targets,
                    llvm::ArrayRef<std::string> Inputs) {
  std::string Text;
  for (const std::string &Target : Targets)
    Text += (Text.empty() ? "" : " ") + escaped(Target);
  Text += ':';
  for (const std::string &Input : Inputs)
    Text += " \\\n  " + escaped(Input);
  return Text + "\n";
}

} // namespace ilbridge::rewrite

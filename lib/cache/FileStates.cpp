//===- FileStates.cpp - What files contain --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/FileStates.h"
#include "ilbridge/rewrite/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using llvm::StringRef;
namespace fs = llvm::sys::fs;

namespace ilbridge::cache {

static constexpr llvm::StringLiteral TableHeader = "ilbridge file states 1";

/// More than a project has; a table that outgrew it is begun anew.
static constexpr unsigned MaxStates = 1'000'000;

FileStates::FileStates(std::string Table)
    : Table(std::move(Table)), Begin(std::chrono::system_clock::now()) {
  load();
}

/// A line is "<content> <time> <size> <path>".
void FileStates::load() {
  if (Table.empty())
    return;
  auto Buffer = llvm::MemoryBuffer::getFile(Table, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return;
  auto [Sum, Text] = (*Buffer)->getBuffer().split('\n');
  auto [Header, Lines] = Text.split('\n');
  if (Sum != digest(Text) || Header != TableHeader)
    return;
  while (!Lines.empty()) {
    StringRef Line, Word;
    std::tie(Line, Lines) = Lines.split('\n');
    State S;
    std::tie(Word, Line) = Line.split(' ');
    S.Content = Word.str();
    std::tie(Word, Line) = Line.split(' ');
    bool IsBad = Word.getAsInteger(10, S.Time);
    std::tie(Word, Line) = Line.split(' ');
    if (!IsBad && !Word.getAsInteger(10, S.Size))
      States[Line] = std::move(S);
  }
}

/// Of what is in a folder.
static Digest digestOfNames(StringRef Folder) {
  std::set<std::string> Names;
  std::error_code EC;
  for (fs::directory_iterator It(Folder, EC), End; !EC && It != End;
       It.increment(EC))
    Names.insert(llvm::sys::path::filename(It->path()).str());
  Hasher H;
  for (const std::string &Name : Names)
    H.add(Name);
  return H.finish();
}

FileStates::State FileStates::look(StringRef Path, const State &Known) const {
  State S;
  S.IsFresh = true;
  fs::file_status Status;
  if (fs::status(Path, Status))
    return S;
  auto Changed = Status.getLastModificationTime();
  S.Time = Changed.time_since_epoch().count();
  S.Size = Status.getSize();
  // Some file systems count in whole seconds, and even in two of them.
  bool CountsSeconds = S.Time % 1'000'000'000 == 0;
  S.IsSettled =
      Changed + std::chrono::milliseconds(CountsSeconds ? 2000 : 50) < Begin;
  if (!Known.Content.empty() && Known.Time == S.Time && Known.Size == S.Size) {
    S.Content = Known.Content;
    return S;
  }
  if (fs::is_directory(Status)) {
    S.Content = digestOfNames(Path);
    return S;
  }
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (Buffer)
    S.Content = digest((*Buffer)->getBuffer());
  return S;
}

Digest FileStates::of(StringRef Path) {
  State Known;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    if (auto Found = States.find(Path); Found != States.end()) {
      if (Found->second.IsFresh)
        return Found->second.Content;
      Known = Found->second;
    }
  }
  State Now = look(Path, Known);
  std::lock_guard<std::mutex> Guard(Lock);
  if (Now.Content != Known.Content || Now.Time != Known.Time)
    HasChanged = true;
  return (States[Path] = std::move(Now)).Content;
}

bool FileStates::isSettled(StringRef Path) {
  std::lock_guard<std::mutex> Guard(Lock);
  auto Found = States.find(Path);
  return Found != States.end() && Found->second.IsSettled;
}

void FileStates::forget(StringRef Path) {
  std::lock_guard<std::mutex> Guard(Lock);
  States.erase(Path);
}

void FileStates::save() {
  std::lock_guard<std::mutex> Guard(Lock);
  if (Table.empty())
    return;
  rewrite::removePartialEntries(llvm::sys::path::parent_path(Table));
  if (!HasChanged)
    return;
  bool IsFull = States.size() > MaxStates;
  std::string Text = (TableHeader + "\n").str();
  llvm::raw_string_ostream OS(Text);
  for (const auto &[Path, S] : States)
    if (!S.Content.empty() && S.IsSettled && (S.IsFresh || !IsFull) &&
        !Path.contains('\n'))
      OS << S.Content << ' ' << S.Time << ' ' << S.Size << ' ' << Path << '\n';
  llvm::consumeError(rewrite::writeEntry(Table, digest(Text) + "\n" + Text));
  HasChanged = false;
}

} // namespace ilbridge::cache

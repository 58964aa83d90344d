//===- FileStates.cpp - Current states of files ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/FileStates.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/system/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using llvm::StringRef;
namespace fs = llvm::sys::fs;

namespace ilbridge::cache {

static constexpr llvm::StringLiteral TableHeader = "ilbridge file states 2";

/// No project has this many files. A larger table is discarded and started
/// again.
static constexpr unsigned MaxStates = 1'000'000;

//===----------------------------------------------------------------------===//
// The file system
//===----------------------------------------------------------------------===//

FileStamp stampOf(StringRef Path) {
  FileStamp S;
  llvm::ErrorOr<system::Status> Found = system::status(Path);
  if (!Found)
    return S;
  S.Kind = Found->TheKind == system::Status::File     ? FileKind::File
           : Found->TheKind == system::Status::Folder ? FileKind::Folder
                                                      : FileKind::Other;
  S.ID = Found->ID;
  S.Size = Found->Size;
  S.Modified = Found->Modified;
  S.Changed = Found->Changed;
  return S;
}

bool isSettled(const FileStamp &S, llvm::sys::TimePoint<> At) {
  int64_t Now = At.time_since_epoch() / std::chrono::nanoseconds(1);
  // Programs can set the time of the content to any value, even one in the
  // future.
  int64_t Last = S.Modified > Now ? S.Changed : std::max(S.Modified, S.Changed);
  // Some file systems store times in whole seconds, or even in units of two.
  bool CountsSeconds = Last % 1'000'000'000 == 0;
  return Last + (CountsSeconds ? 2'000'000'000 : 50'000'000) < Now;
}

QueryResult executable(StringRef Path) {
  QueryResult Result;
  if (fs::can_execute(Path))
    Result.Text = digest("executable");
  return Result;
}

static Digest read(StringRef Path, const FileStamp &Stamp) {
  if (Stamp.Kind == FileKind::Folder) {
    std::vector<std::string> Names;
    std::error_code EC;
    for (fs::directory_iterator It(Path, EC), End; !EC && It != End;
         It.increment(EC))
      Names.push_back(llvm::sys::path::filename(It->path()).str());
    return EC ? "" : digestOfNames(std::move(Names));
  }
  if (Stamp.Kind != FileKind::File)
    return "";
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return Buffer ? digest((*Buffer)->getBuffer()) : "";
}

QueryResult FileStates::query(Query Asked, StringRef Subject) {
  QueryResult Result;
  if (Asked == Query::Variable) {
    if (std::optional<std::string> Value = llvm::sys::Process::GetEnv(Subject))
      Result.Text = digest(*Value);
    return Result;
  }
  if (Asked == Query::Executable)
    return executable(Subject);
  if (Asked == Query::RealPath) {
    llvm::SmallString<256> Real;
    if (!fs::real_path(Subject, Real))
      Result.Text = digest(Real);
    return Result;
  }

  State Known;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    if (auto Found = States.find(Subject); Found != States.end())
      Known = Found->second;
  }
  State Now = Known;
  if (!Known.HasStamp) {
    Now.Stamp = stampOf(Subject);
    Now.HasStamp = true;
    Now.HasContent &= Now.Stamp == Known.Stamp;
  }
  bool WantsContent = Asked == Query::Content || Asked == Query::Output;
  if (WantsContent && !Now.HasContent) {
    Now.IsSettled = isSettled(Now.Stamp, std::chrono::system_clock::now());
    Now.Content = read(Subject, Now.Stamp);
    Now.HasContent = true;
  }
  if (!Known.HasStamp || Now.HasContent != Known.HasContent) {
    std::lock_guard<std::mutex> Guard(Lock);
    HasChanged |=
        Now.HasContent && (!Known.HasContent || Now.Stamp != Known.Stamp);
    States[Subject] = Now;
  }
  Result.Kind = Now.Stamp.Kind;
  if (Result.Kind == FileKind::File)
    Result.ID = Now.Stamp.ID;
  if (WantsContent)
    Result.Text = Now.Content;
  return Result;
}

void FileStates::learn(const Inputs::Items &Known) {
  if (Table.empty())
    return;
  for (const auto &[Path, Each] : Known) {
    if (Each.Asked != Query::Content || Each.Got.Text.empty())
      continue;
    {
      std::lock_guard<std::mutex> Guard(Lock);
      if (auto Found = States.find(Path);
          Found != States.end() && Found->second.HasStamp)
        continue;
    }
    State S;
    S.Stamp = stampOf(Path);
    S.Content = Each.Got.Text;
    S.HasStamp = S.HasContent = true;
    // The file was read at some time after the run began.
    bool IsSame = S.Stamp.Kind == Each.Got.Kind &&
                  (S.Stamp.Kind != FileKind::File || S.Stamp.ID == Each.Got.ID);
    if (!IsSame || !isSettled(S.Stamp, Begin))
      continue;
    std::lock_guard<std::mutex> Guard(Lock);
    HasChanged = true;
    States[Path] = std::move(S);
  }
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

/// A line is "<content> <device> <file> <size> <modified> <changed> <path>".
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
    S.HasContent = true;
    bool IsBad = false;
    auto Read = [&](auto &Number) {
      std::tie(Word, Line) = Line.split(' ');
      IsBad |= Word.getAsInteger(10, Number);
    };
    unsigned Kind;
    uint64_t Device, File;
    Read(Kind);
    Read(Device);
    Read(File);
    Read(S.Stamp.Size);
    Read(S.Stamp.Modified);
    Read(S.Stamp.Changed);
    if (IsBad)
      continue;
    S.Stamp.Kind = static_cast<FileKind>(Kind);
    S.Stamp.ID = fs::UniqueID(Device, File);
    States[Line] = std::move(S);
  }
}

FileStates::FileStates(std::string Table) : Table(std::move(Table)) { load(); }

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
    if (S.HasContent && !S.Content.empty() && S.IsSettled &&
        (S.HasStamp || !IsFull) && !Path.contains('\n'))
      OS << S.Content << ' ' << unsigned(S.Stamp.Kind) << ' '
         << S.Stamp.ID.getDevice() << ' ' << S.Stamp.ID.getFile() << ' '
         << S.Stamp.Size << ' ' << S.Stamp.Modified << ' ' << S.Stamp.Changed
         << ' ' << Path << '\n';
  // If it cannot be written, the next run computes the digests again.
  llvm::consumeError(rewrite::writeEntry(Table, digest(Text) + "\n" + Text));
  HasChanged = false;
}

} // namespace ilbridge::cache

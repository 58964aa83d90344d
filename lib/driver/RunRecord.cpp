//===- RunRecord.cpp - A run that need not be done again ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunRecord.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using ilbridge::cache::Digest;
using llvm::StringRef;

namespace ilbridge::driver {
namespace {

// The text is lines of "<letter> <rest>".
constexpr char StatusMark = 's', InputMark = 'i', OutputMark = 'o',
               ReadMark = 'r', WrittenMark = 'w', DataMark = 'd',
               MessagesMark = 'm';

/// One line for any text.
std::string quoted(StringRef Text) {
  std::string Result;
  for (char C : Text)
    if (C == '\\')
      Result += "\\\\";
    else if (C == '\n')
      Result += "\\n";
    else
      Result += C;
  return Result;
}

std::string unquoted(StringRef Text) {
  std::string Result;
  for (size_t I = 0; I != Text.size(); ++I)
    if (Text[I] == '\\' && ++I != Text.size())
      Result += Text[I] == 'n' ? '\n' : Text[I];
    else if (I != Text.size())
      Result += Text[I];
  return Result;
}

} // namespace

std::optional<RunRecord> recallRun(Memory &M, const Digest &Key) {
  std::optional<std::string> Text = M.store().get(Key);
  if (!Text)
    return std::nullopt;
  RunRecord R;
  StringRef Lines = *Text, Line;
  while (!Lines.empty()) {
    std::tie(Line, Lines) = Lines.split('\n');
    if (Line.size() < 2)
      return std::nullopt;
    char Mark = Line.front();
    Line = Line.drop_front(2);
    switch (Mark) {
    case StatusMark:
      R.Status = Line == "0" ? ExitStatus::Clean : ExitStatus::Findings;
      break;
    case InputMark:
    case OutputMark: {
      auto [Content, Path] = Line.split(' ');
      std::string Full = unquoted(Path);
      if (M.files().of(Full) != Content)
        return std::nullopt;
      (Mark == InputMark ? R.Inputs : R.Outputs).push_back(std::move(Full));
      break;
    }
    case ReadMark:
      R.Reads.push_back(unquoted(Line));
      break;
    case WrittenMark:
      R.Written.push_back(unquoted(Line));
      break;
    case DataMark:
      R.Data = unquoted(Line);
      break;
    case MessagesMark:
      R.Messages = unquoted(Line);
      break;
    default:
      return std::nullopt;
    }
  }
  return R;
}

void rememberRun(Memory &M, const Digest &Key, const RunRecord &R) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  auto Add = [&](char Mark, StringRef Rest) {
    OS << Mark << ' ' << quoted(Rest) << '\n';
  };
  OS << StatusMark << ' ' << static_cast<unsigned>(R.Status) << '\n';
  for (const std::string &Path : R.Outputs)
    M.files().forget(Path);
  for (const std::string &Path : R.Inputs) {
    OS << InputMark << ' ' << M.files().of(Path) << ' ' << quoted(Path) << '\n';
    if (!M.files().isSettled(Path) && !llvm::is_contained(R.Outputs, Path))
      return;
  }
  for (const std::string &Path : R.Outputs)
    OS << OutputMark << ' ' << M.files().of(Path) << ' ' << quoted(Path)
       << '\n';
  for (const std::string &Path : R.Reads)
    Add(ReadMark, Path);
  for (const std::string &Path : R.Written)
    Add(WrittenMark, Path);
  Add(DataMark, R.Data);
  Add(MessagesMark, R.Messages);
  M.store().put(Key, Text);
}

} // namespace ilbridge::driver

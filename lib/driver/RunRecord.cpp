//===- RunRecord.cpp - Cached results of whole runs -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunRecord.h"
#include "llvm/Support/raw_ostream.h"

using ilbridge::cache::Digest;
using llvm::StringRef;

namespace ilbridge::driver {

// The record consists of the status, followed by texts, each as its size, a
// line feed and its bytes. The texts are what was printed, and the files that
// were written.

static void write(llvm::raw_ostream &OS, StringRef Text) {
  OS << Text.size() << '\n' << Text;
}

static bool read(StringRef &Rest, std::string &Out) {
  auto [Size, Text] = Rest.split('\n');
  size_t N;
  if (Size.getAsInteger(10, N) || N > Text.size())
    return false;
  Out = Text.take_front(N).str();
  Rest = Text.drop_front(N);
  return true;
}

std::optional<RunRecord> recallRun(ResultCache &M, const Digest &Key,
                                   cache::Inputs &Asked) {
  std::optional<std::string> Text = M.results().find(Key, "", Asked);
  if (!Text)
    return std::nullopt;
  RunRecord R;
  std::string Status;
  StringRef Rest = *Text;
  if (!read(Rest, Status) || !read(Rest, R.Data) || !read(Rest, R.Messages))
    return std::nullopt;
  R.Status = Status == "0" ? ExitStatus::Clean : ExitStatus::Findings;
  while (!Rest.empty())
    if (!read(Rest, R.Written.emplace_back()))
      return std::nullopt;
  return R;
}

void rememberRun(ResultCache &M, const Digest &Key, const cache::Inputs &Asked,
                 const RunRecord &R) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  write(OS, R.Status == ExitStatus::Clean ? "0" : "1");
  write(OS, R.Data);
  write(OS, R.Messages);
  for (const std::string &Path : R.Written)
    write(OS, Path);
  M.results().keep(Key, "", Asked, Text);
}

} // namespace ilbridge::driver

//===- Tables.cpp - Tables in files of limited size -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tables.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;

namespace ilbridge::report {

/// "</script" ends a script element, "<!--" begins a comment in one, and in
/// older JavaScript, U+2028 and U+2029 end a line.
std::string scriptText(const json::Value &V) {
  std::string Text, Result;
  llvm::raw_string_ostream(Text) << V;
  Result.reserve(Text.size());
  for (size_t I = 0; I != Text.size(); ++I) {
    llvm::StringRef Rest = llvm::StringRef(Text).drop_front(I);
    if (Rest.starts_with("<")) {
      Result += "\\u003c";
    } else if (Rest.starts_with("\xe2\x80\xa8") ||
               Rest.starts_with("\xe2\x80\xa9")) {
      Result += Rest[2] == '\xa8' ? "\\u2028" : "\\u2029";
      I += 2;
    } else {
      Result += Text[I];
    }
  }
  return Result;
}

void Table::add(json::Value Row, llvm::StringRef Key) {
  if (Rows.empty() && !Key.empty())
    Firsts.push_back(json::fixUTF8(Key));
  Rows.push_back(std::move(Row));
  ++Count;
  if (Rows.size() == RowsPerFile)
    flush();
}

void Table::flush() {
  if (Rows.empty())
    return;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "ilbridge.rows(\"" << Name << "\"," << Files << ",[";
  llvm::StringRef Separator = "\n";
  for (const json::Value &Row : Rows) {
    OS << Separator << scriptText(Row);
    Separator = ",\n";
  }
  OS << "\n]);\n";
  To("data/" + Name + "-" + std::to_string(Files) + ".js", Text);
  ++Files;
  Rows.clear();
}

json::Object Table::finish() {
  flush();
  json::Object O{
      {"rows", Count}, {"files", Files}, {"rows_per_file", RowsPerFile}};
  if (!Firsts.empty())
    O["firsts"] = std::move(Firsts);
  return O;
}

std::string SourceLines::at(const Location &L) {
  constexpr size_t Longest = 240;
  if (!L.Start.Line)
    return "";
  auto [It, IsNew] = Files.try_emplace(L.File);
  File &F = It->second;
  if (IsNew) {
    for (llvm::StringRef Folder : {O.WorkingDirectory, O.Root}) {
      llvm::SmallString<256> Path = llvm::StringRef(L.File);
      llvm::sys::fs::make_absolute(Folder, Path);
      if (auto Buffer = O.Files->getBufferForFile(Path)) {
        F.Text = std::move(*Buffer);
        break;
      }
    }
    F.Lines = {0};
    llvm::StringRef Text = F.Text ? F.Text->getBuffer() : "";
    for (size_t I = Text.find('\n'); I != llvm::StringRef::npos;
         I = Text.find('\n', I + 1))
      F.Lines.push_back(I + 1);
  }
  if (!F.Text || L.Start.Line > F.Lines.size())
    return "";
  llvm::StringRef Line = F.Text->getBuffer()
                             .drop_front(F.Lines[L.Start.Line - 1])
                             .split('\n')
                             .first.trim();
  if (Line.size() <= Longest)
    return json::fixUTF8(Line);
  return json::fixUTF8(Line.take_front(Longest)) + "…";
}

} // namespace ilbridge::report

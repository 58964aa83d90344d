//===- Baseline.cpp - Accepted findings -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Baseline.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <set>

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

using yaml::Mapping;
using yaml::Node;

StringRef subject(const Diagnostic &D) {
  if (!D.Where.Member.empty())
    return D.Where.Member;
  for (const Note &N : D.Notes)
    if (!N.Where.Member.empty())
      return N.Where.Member;
  return D.Where.File;
}

/// Reads a text that must be present and not blank.
static Error required(Mapping &Map, StringRef Key, StringRef Expects,
                      std::string &Out) {
  Expected<Node> N = Map.require(Key);
  if (!N)
    return N.takeError();
  if (Error E = N->string().moveInto(Out))
    return E;
  return StringRef(Out).trim().empty() ? N->error(Expects) : Error::success();
}

Expected<Baseline> Baseline::read(llvm::MemoryBufferRef Text) {
  Expected<Node> Root = yaml::parse(Text);
  if (!Root)
    return Root.takeError();
  Expected<Mapping> Map = Mapping::of(*Root);
  if (!Map)
    return Map.takeError();
  Expected<Node> List = Map->require("findings");
  if (!List)
    return List.takeError();
  if (Error E = Map->finish())
    return E;
  Expected<std::vector<Node>> All = List->sequence();
  if (!All)
    return All.takeError();

  Baseline Result;
  for (const Node &Each : *All) {
    Expected<Mapping> Fields = Mapping::of(Each);
    if (!Fields)
      return Fields.takeError();
    Baseline::Entry &Entry = Result.Entries.emplace_back();
    Entry.Where = Each.where();
    Expected<Node> Name = Fields->require("id");
    if (!Name)
      return Name.takeError();
    Expected<std::string> Word = Name->string();
    if (!Word)
      return Word.takeError();
    std::optional<DiagnosticID> ID = findDiagnostic(*Word);
    if (!ID)
      return Name->error("there is no diagnostic '" + *Word + "'");
    Entry.ID = *ID;
    if (Error E = required(*Fields, "about",
                           "expected what the finding is about: the import, "
                           "as the finding names it",
                           Entry.About))
      return E;
    if (Error E = Fields->string("message", Entry.Message))
      return E;
    if (Error E = required(*Fields, "reason",
                           "expected a reason: why is this finding left as it "
                           "is?",
                           Entry.Reason))
      return E;
    if (Error E = Fields->finish())
      return E;
  }
  return Result;
}

void Baseline::apply(DiagnosticList &Findings) {
  std::multimap<std::pair<DiagnosticID, StringRef>, Entry *> ByKey;
  for (Entry &Each : Entries)
    ByKey.emplace(std::pair(Each.ID, StringRef(Each.About)), &Each);
  Findings.visit([&](Diagnostic &D) {
    auto [Begin, End] = ByKey.equal_range({D.ID, subject(D)});
    for (auto It = Begin; It != End; ++It)
      if (Entry &Each = *It->second;
          StringRef(D.Message).contains(Each.Message)) {
        D.KnownReason = Each.Reason;
        Each.IsUsed = true;
      }
  });
}

DiagnosticList Baseline::stale() const {
  DiagnosticList Result;
  for (const Entry &Each : Entries)
    if (!Each.IsUsed)
      Result.add(diagnose(DiagnosticID::StaleBaseline, Each.Where,
                          diagnosticInfo(Each.ID).Name, Each.About));
  return Result;
}

std::string Baseline::text(llvm::ArrayRef<Diagnostic> Findings,
                           unsigned &Count) {
  // One entry for all findings of one diagnostic about one declaration.
  struct Known {
    std::set<StringRef> Messages;
    StringRef Reason;
  };
  std::map<std::pair<StringRef, StringRef>, Known> ByKey;
  for (const Diagnostic &D : Findings) {
    Known &Each = ByKey[{subject(D), diagnosticInfo(D.ID).Name}];
    Each.Messages.insert(D.Message);
    if (!D.KnownReason.empty())
      Each.Reason = D.KnownReason;
  }
  Count = 0;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "# Findings of ilbridge that are left as they are. Each needs a "
        "reason.\nfindings:"
     << (ByKey.empty() ? " []\n" : "\n");
  for (const auto &[Key, Each] : ByKey) {
    Count += Each.Reason.empty();
    for (StringRef Message : Each.Messages)
      OS << "  # " << oneLine(Message) << '\n';
    // A JSON string is a valid YAML string.
    OS << "  - id: " << Key.second
       << "\n    about: " << llvm::json::Value(llvm::json::fixUTF8(Key.first))
       << "\n    reason: "
       << llvm::json::Value(llvm::json::fixUTF8(Each.Reason)) << '\n';
  }
  return Text;
}

} // namespace ilbridge::driver

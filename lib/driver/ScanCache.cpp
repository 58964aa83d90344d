//===- ScanCache.cpp - Cached results of scans ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScanCache.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using ilbridge::cache::Digest;
using ilbridge::cache::Query;
using llvm::StringRef;

namespace ilbridge::driver {

//===----------------------------------------------------------------------===//
// Scans
//===----------------------------------------------------------------------===//

std::string ScanCache::withoutRoot(StringRef Text) const {
  std::string Result;
  assert(!P.Root.empty());
  while (true) {
    auto [Before, After] = Text.split(P.Root);
    Result += Before;
    if (Before.size() == Text.size())
      return Result;
    Result += "<root>";
    Text = After;
  }
}

static void add(llvm::ArrayRef<native::Registrar> Registrars,
                cache::Hasher &H) {
  H.add(llvm::utostr(Registrars.size()));
  auto Number = [](std::optional<unsigned> N) {
    return N ? llvm::utostr(*N) : std::string();
  };
  for (const native::Registrar &Each : Registrars)
    H.add(Each.Function)
        .add(native::name(Each.Kind))
        .add(Number(Each.Name))
        .add(Number(Each.Target))
        .add(Number(Each.Type))
        .add(Number(Each.Invoker))
        .add(Each.Runtime);
}

Digest ScanCache::sourceKey(const native::ScanInput &Input,
                            const native::ScanOptions &Options) const {
  cache::Hasher H = Cache.key("source");
  H.add(withoutRoot(Input.Command.Directory))
      .add(withoutRoot(Input.Command.Filename))
      .add(Input.By ? Input.By->Identity : "")
      .add(Input.For)
      .add(Options.ResourceDir)
      .addAll(Options.ExtraArgs);
  add(Options.Registrars, H);
  H.addAll(Options.Classes);
  for (const std::string &Arg : Input.Command.CommandLine)
    H.add(withoutRoot(Arg));
  for (const native::PathPrefix &Each : Options.PathMap)
    H.add(withoutRoot(Each.From)).add(Each.To);
  H.add(Input.Text ? "text" : "file").add(Input.Text.value_or(""));
  if (const std::optional<native::HeaderEntry> &L = Input.Unannotated)
    H.addAll(L->Names)
        .addAll(L->Functions)
        .add(withoutRoot(L->Where.File))
        .add(llvm::utostr(L->Where.Start.Line))
        .add(llvm::utostr(L->Where.Start.Column));
  return H.finish();
}

/// Returns the absolute path of the source, or an empty string if its text is
/// in the key.
static std::string sourcePath(const native::ScanInput &Input) {
  if (Input.Text)
    return "";
  llvm::SmallString<256> Path = StringRef(Input.Command.Filename);
  llvm::sys::fs::make_absolute(Input.Command.Directory, Path);
  return Path.str().str();
}

native::ScanResult ScanCache::scan(const native::ScanInput &Input,
                                   const native::ScanOptions &Options) {
  if (Cache.store().folder().empty())
    return native::scan(Input, Options);
  Digest Key = sourceKey(Input, Options);
  std::string Source = sourcePath(Input);
  auto Asked = std::make_shared<cache::Inputs>();
  if (auto Text = Cache.results().find(Key, Source, *Asked)) {
    auto Facts = native::readFacts(llvm::MemoryBufferRef(*Text, "cache"));
    if (Facts && Facts->size() == 1) {
      native::ScanResult Result;
      Result.TheFacts = std::move(Facts->front());
      Result.Asked = std::move(Asked);
      Result.Compiled = true;
      return Result;
    }
    llvm::consumeError(Facts.takeError()); // the source is scanned again
  }
  native::ScanResult Result = native::scan(Input, Options);
  if (Result.Compiled && Result.Findings.empty()) {
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    writeFacts(Result.TheFacts, native::OutsidePaths::Absolute, OS);
    Cache.results().keep(Key, Source, *Result.Asked, Text);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Preambles
//===----------------------------------------------------------------------===//

std::shared_ptr<const native::Preamble> ScanCache::get(StringRef Name) {
  auto Asked = std::make_shared<cache::Inputs>();
  auto Precompiled = Cache.results().find(
      Cache.key("preamble").add(Name).finish(), "", *Asked);
  if (!Precompiled)
    return nullptr;
  return std::make_shared<native::Preamble>(
      native::Preamble{std::move(*Precompiled), std::move(Asked)});
}

void ScanCache::put(StringRef Name, const native::Preamble &P) {
  Cache.results().keep(Cache.key("preamble").add(Name).finish(), "", *P.Asked,
                       P.Precompiled);
}

//===----------------------------------------------------------------------===//
// Compilers
//===----------------------------------------------------------------------===//

std::optional<std::string> ScanCache::get(StringRef Program, StringRef Name,
                                          cache::Inputs &Asked) {
  return Cache.results().find(
      Cache.key("compiler").add(Program).add(Name).finish(), "", Asked);
}

void ScanCache::put(StringRef Program, StringRef Name,
                    const cache::Inputs &Asked, StringRef Answer) {
  Cache.results().keep(Cache.key("compiler").add(Program).add(Name).finish(),
                       "", Asked, Answer);
}

//===----------------------------------------------------------------------===//
// Selections
//===----------------------------------------------------------------------===//

// The text contains the names of annotation macros, the numbers of the chosen
// inputs, and one line for each query: "<question> <kind> <content> <depth>
// <outline> <subject>". If a file has an outline, the outline is compared
// instead of the content.

static constexpr StringRef None = "-";

static StringRef orNone(StringRef Text) { return Text.empty() ? None : Text; }

bool ScanCache::recall(const Digest &Key,
                       llvm::ArrayRef<std::string> Registrars,
                       select::Selection &S) {
  std::optional<std::string> Text = Cache.store().get(Key);
  if (!Text)
    return false;
  StringRef Lines = *Text, Line, Word;
  std::tie(Line, Lines) = Lines.split('\n');
  for (StringRef Name : llvm::split(Line, ' '))
    if (!Name.empty())
      S.Annotating.push_back(Name.str());
  std::tie(Line, Lines) = Lines.split('\n');
  for (StringRef Index : llvm::split(Line, ' ')) {
    size_t I;
    if (Index.empty())
      continue;
    if (Index.getAsInteger(10, I) || I >= S.IsChosen.size())
      return false;
    S.IsChosen.set(I);
  }
  auto Asked = std::make_shared<cache::Inputs>();
  bool HasMoved = false;
  while (!Lines.empty()) {
    std::tie(Line, Lines) = Lines.split('\n');
    unsigned Q, Kind, Depth = 0;
    std::tie(Word, Line) = Line.split(' ');
    bool IsBad =
        Word.getAsInteger(10, Q) || Q > static_cast<unsigned>(Query::Variable);
    std::tie(Word, Line) = Line.split(' ');
    IsBad |= Word.getAsInteger(10, Kind);
    auto [Content, More] = Line.split(' ');
    auto [DepthWord, Rest] = More.split(' ');
    auto [Outline, Subject] = Rest.split(' ');
    bool HasOutline = DepthWord != None;
    IsBad |= HasOutline && (DepthWord.getAsInteger(10, Depth) ||
                            Depth > unsigned(select::OutlineDepth::Header));
    if (IsBad)
      return false;
    cache::QueryResult Now =
        Cache.files().query(static_cast<Query>(Q), Subject);
    if (static_cast<unsigned>(Now.Kind) != Kind)
      return false;
    if (HasOutline)
      S.Files.push_back({Subject.str(),
                         static_cast<select::OutlineDepth>(Depth),
                         Outline.str()});
    if (orNone(Now.Text) != Content) {
      if (!HasOutline ||
          select::outlineDigest(Subject, S.Files.back().Depth, S.Annotating,
                                Registrars) != Outline)
        return false;
      HasMoved = true;
    }
    Asked->add(static_cast<Query>(Q), Subject, Now);
  }
  S.Asked = std::move(Asked);
  if (HasMoved)
    remember(Key, S);
  return true;
}

void ScanCache::remember(const Digest &Key, const select::Selection &S) {
  std::optional<cache::Inputs::Items> All = S.Asked->all();
  if (!All)
    return;
  Cache.files().learn(*All);
  std::string Text = llvm::join(S.Annotating, " ") + "\n";
  llvm::raw_string_ostream OS(Text);
  llvm::ListSeparator Space(" ");
  for (unsigned I : S.IsChosen.set_bits())
    OS << Space << I;
  OS << '\n';
  auto Add = [&](StringRef Key, const cache::Inputs::Item &Each,
                 const select::OutlinedFile *Outlined) {
    OS << static_cast<unsigned>(Each.Asked) << ' '
       << static_cast<unsigned>(Each.Got.Kind) << ' ' << orNone(Each.Got.Text);
    if (Outlined)
      OS << ' ' << static_cast<unsigned>(Outlined->Depth) << ' '
         << orNone(Outlined->Outline);
    else
      OS << ' ' << None << ' ' << None;
    OS << ' ' << cache::Inputs::subject(Each.Asked, Key) << '\n';
  };
  for (const select::OutlinedFile &F : S.Files)
    if (auto Found = All->find(F.Path); Found != All->end()) {
      Add(F.Path, Found->second, &F);
      All->erase(Found);
    }
  for (const auto &[Key, Each] : *All)
    Add(Key, Each, nullptr);
  Cache.store().put(Key, Text);
}

select::Selection
ScanCache::select(llvm::ArrayRef<command::SourceCommand> Inputs,
                  const select::SelectionOptions &Options) {
  if (Cache.store().folder().empty())
    return select::selectSources(Inputs, Options);
  cache::Hasher H = Cache.key("selection");
  H.add(Options.EverySource ? "every" : "few")
      .add(Options.Clang.ResourceDir)
      .addAll(Options.Clang.ExtraArgs)
      .addAll(Options.Registrars);
  for (const command::SourceCommand &Input : Inputs)
    H.add(Input.Command.Directory)
        .add(Input.Command.Filename)
        .add(Input.By ? Input.By->Identity : "")
        .addAll(Input.Command.CommandLine);
  Digest Key = H.finish();
  select::Selection Known;
  Known.IsChosen.resize(Inputs.size());
  if (recall(Key, Options.Registrars, Known))
    return Known;
  select::Selection S = select::selectSources(Inputs, Options);
  remember(Key, S);
  return S;
}

} // namespace ilbridge::driver

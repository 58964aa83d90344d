//===- Memory.cpp - What runs remember of earlier ones --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using ilbridge::cache::Digest;
using llvm::StringRef;

namespace ilbridge::driver {

/// Of one source with different headers: of branches that somebody goes to and
/// fro between.
static constexpr size_t MaxHeaderSets = 8;

/// What times say holds on this machine only, so it is not where others look.
static std::string fileStates(const Project &P) {
  if (P.CacheFolder.empty())
    return "";
  llvm::SmallString<256> Path = StringRef(P.LocalCacheFolder);
  llvm::sys::path::append(Path, "files");
  return Path.str().str();
}

Memory::Memory(const Project &P)
    : P(P), Store(P.CacheFolder), Files(fileStates(P)) {}

cache::Hasher Memory::key(StringRef Kind) const {
  cache::Hasher H;
  H.add(P.ToolIdentity).add(Kind);
  // Clang's driver reads these.
  for (const char *Name : {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH",
                           "OBJC_INCLUDE_PATH", "SDKROOT"}) {
    const char *Value = std::getenv(Name);
    H.add(Value ? Value : "");
  }
  return H;
}

void Memory::save() {
  Files.save();
  Store.prune(P.CacheBytes);
}

//===----------------------------------------------------------------------===//
// Scans
//===----------------------------------------------------------------------===//

std::string Memory::withoutRoot(StringRef Text) const {
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

std::string Memory::absolute(StringRef Path) const {
  llvm::SmallString<256> Full = Path;
  llvm::sys::fs::make_absolute(P.Root, Full);
  return Full.str().str();
}

Digest Memory::sourceKey(const native::ScanInput &Input,
                         const native::ScanOptions &Options) const {
  cache::Hasher H = key("source");
  H.add(withoutRoot(Input.Command.Directory))
      .add(withoutRoot(Input.Command.Filename))
      .add(Input.By ? Input.By->Identity : "")
      .add(Input.Includes)
      .add(Options.ResourceDir)
      .addAll(Options.ExtraArgs);
  for (const std::string &Arg : Input.Command.CommandLine)
    H.add(withoutRoot(Arg));
  for (const native::PathPrefix &Each : Options.PathMap)
    H.add(withoutRoot(Each.From)).add(Each.To);
  H.add(Input.Text ? "text" : "file").add(Input.Text.value_or(""));
  if (const std::optional<native::Library> &L = Input.Unannotated)
    H.addAll(L->Names)
        .addAll(L->Functions)
        .add(withoutRoot(L->Where.File))
        .add(llvm::utostr(L->Where.Start.Line))
        .add(llvm::utostr(L->Where.Start.Column));
  return H.finish();
}

const Memory::HeaderSet *Memory::headerSet(const Digest &Id) {
  {
    std::lock_guard<std::mutex> Guard(Lock);
    if (auto Found = HeaderSets.find(Id); Found != HeaderSets.end())
      return Found->second.get();
  }
  std::optional<std::string> Text = Store.get(Id);
  if (!Text)
    return nullptr;
  auto Set = std::make_unique<HeaderSet>();
  cache::Hasher H;
  bool HasAll = true;
  for (StringRef Path : llvm::split(StringRef(*Text).rtrim('\n'), '\n')) {
    if (Path.empty())
      continue;
    Digest Content = Files.of(absolute(Path));
    HasAll &= !Content.empty();
    H.add(Content);
    Set->Paths.push_back(Path.str());
  }
  if (HasAll)
    Set->Contents = H.finish();
  std::lock_guard<std::mutex> Guard(Lock);
  return HeaderSets.try_emplace(Id, std::move(Set)).first->second.get();
}

std::string Memory::sourcePath(const native::ScanInput &Input) {
  llvm::SmallString<256> Path = StringRef(Input.Command.Filename);
  llvm::sys::fs::make_absolute(Input.Command.Directory, Path);
  return Path.str().str();
}

/// Of the source itself: what of a scan is not in its headers.
Digest Memory::ownContent(const native::ScanInput &Input) {
  // A text that is not on the disk is in the key.
  return Input.Text ? cache::digest("") : Files.of(sourcePath(Input));
}

static Digest factsKey(const Digest &Source, const Digest &Own,
                       const Digest &Headers) {
  return cache::Hasher()
      .add("facts")
      .add(Source)
      .add(Own)
      .add(Headers)
      .finish();
}

std::optional<native::ScanResult> Memory::recall(const native::ScanInput &Input,
                                                 const Digest &Key) {
  std::optional<std::string> Sets = Store.get(Key);
  if (!Sets)
    return std::nullopt;
  Digest Own = ownContent(Input);
  for (StringRef Id : llvm::split(*Sets, '\n')) {
    const HeaderSet *Headers = Id.empty() ? nullptr : headerSet(Id.str());
    if (!Headers || Headers->Contents.empty())
      continue;
    std::optional<std::string> Text =
        Store.get(factsKey(Key, Own, Headers->Contents));
    if (!Text)
      continue;
    auto Facts = native::readFacts(llvm::MemoryBufferRef(*Text, "cache"));
    if (!Facts || Facts->size() != 1) {
      llvm::consumeError(Facts.takeError());
      continue;
    }
    native::ScanResult Result;
    Result.TheFacts = std::move(Facts->front());
    Result.Reads = Headers->Paths;
    if (!Input.Text)
      Result.Reads.push_back(Result.TheFacts.Source);
    Result.Compiled = true;
    return Result;
  }
  return std::nullopt;
}

/// The text of a header set, and the digest of its contents, of all that was
/// read but \p Source; nullopt: they cannot be remembered.
std::optional<std::pair<std::string, Digest>>
Memory::headers(llvm::ArrayRef<std::string> Reads, StringRef Source) {
  std::string Paths;
  cache::Hasher Contents;
  for (const std::string &Path : Reads) {
    if (Path == Source)
      continue;
    if (StringRef(Path).contains('\n'))
      return std::nullopt;
    Paths += Path + "\n";
    Contents.add(Files.of(absolute(Path)));
    if (!Files.isSettled(absolute(Path)))
      return std::nullopt;
  }
  return std::pair(std::move(Paths), Contents.finish());
}

static Digest headersKey(StringRef Paths) {
  return cache::Hasher().add("headers").add(Paths).finish();
}

void Memory::remember(const native::ScanInput &Input, const Digest &Key,
                      const native::ScanResult &Result) {
  auto Headers = headers(Result.Reads, Result.TheFacts.Source);
  if (!Headers)
    return;
  auto &[Paths, Contents] = *Headers;
  Digest Own = ownContent(Input);
  if (!Input.Text && !Files.isSettled(sourcePath(Input)))
    return;
  Digest Id = headersKey(Paths);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeFacts(Result.TheFacts, native::OutsidePaths::Absolute, OS);
  // What points to others comes last.
  Store.put(Id, Paths);
  Store.put(factsKey(Key, Own, Contents), Text);
  std::vector<std::string> Sets = {Id};
  if (std::optional<std::string> Known = Store.get(Key))
    for (StringRef Other : llvm::split(*Known, '\n'))
      if (!Other.empty() && Other != Id && Sets.size() != MaxHeaderSets)
        Sets.push_back(Other.str());
  Store.put(Key, llvm::join(Sets, "\n"));
}

native::ScanResult Memory::scan(const native::ScanInput &Input,
                                const native::ScanOptions &Options) {
  if (Store.folder().empty())
    return native::scan(Input, Options);
  Digest Key = sourceKey(Input, Options);
  if (std::optional<native::ScanResult> Known = recall(Input, Key))
    return std::move(*Known);
  native::ScanResult Result = native::scan(Input, Options);
  if (Result.Compiled && Result.Findings.empty())
    remember(Input, Key, Result);
  return Result;
}

//===----------------------------------------------------------------------===//
// Preambles
//===----------------------------------------------------------------------===//

static Digest preambleKey(const Digest &Name, const Digest &Headers) {
  return cache::Hasher().add("precompiled").add(Name).add(Headers).finish();
}

Digest Memory::preambleName(StringRef Name) const {
  return key("preamble").add(Name).add(Headers).finish();
}

/// Which headers there are, and where one would be found before another. With
/// any other, an #include of a preamble may lead somewhere else.
static Digest headersOf(const native::Selection &S) {
  std::vector<std::string> Paths;
  for (const native::OutlinedFile &F : S.Files)
    if (F.Depth == native::OutlineDepth::Header ||
        F.Depth == native::OutlineDepth::Missing)
      Paths.push_back((F.Depth == native::OutlineDepth::Header ? "+" : "-") +
                      F.Path);
  return cache::Hasher().addAll(Paths).finish();
}

std::shared_ptr<const native::Preamble> Memory::get(StringRef Name) {
  Digest Key = preambleName(Name);
  std::optional<std::string> Id = Store.get(Key);
  const HeaderSet *Headers = Id ? headerSet(*Id) : nullptr;
  if (!Headers || Headers->Contents.empty())
    return nullptr;
  auto Precompiled = Store.get(preambleKey(Key, Headers->Contents));
  if (!Precompiled)
    return nullptr;
  return std::make_shared<native::Preamble>(
      native::Preamble{std::move(*Precompiled), Headers->Paths});
}

void Memory::put(StringRef Name, const native::Preamble &P) {
  auto Headers = headers(P.Reads, /*Source=*/"");
  if (!Headers)
    return;
  auto &[Paths, Contents] = *Headers;
  Digest Key = preambleName(Name);
  Store.put(headersKey(Paths), Paths);
  Store.put(preambleKey(Key, Contents), P.Precompiled);
  Store.put(Key, headersKey(Paths));
}

//===----------------------------------------------------------------------===//
// Compilers
//===----------------------------------------------------------------------===//

/// Stands for what a program was asked, and for what it is.
static Digest answerKey(cache::Hasher H, StringRef Program, StringRef Question,
                        const Digest &Content) {
  return H.add(Program).add(Question).add(Content).finish();
}

std::optional<std::string> Memory::get(StringRef Program, StringRef Question) {
  return Store.get(
      answerKey(key("compiler"), Program, Question, Files.of(Program)));
}

void Memory::put(StringRef Program, StringRef Question, StringRef Answer) {
  Digest Content = Files.of(Program);
  if (!Content.empty() && Files.isSettled(Program))
    Store.put(answerKey(key("compiler"), Program, Question, Content), Answer);
}

//===----------------------------------------------------------------------===//
// Selections
//===----------------------------------------------------------------------===//

bool Memory::recall(const Digest &Key, native::Selection &S) {
  std::optional<std::string> Text = Store.get(Key);
  if (!Text)
    return false;
  StringRef Lines = *Text, Line;
  std::tie(Line, Lines) = Lines.split('\n');
  for (StringRef Name : llvm::split(Line, ' '))
    if (!Name.empty())
      S.Annotating.push_back(Name.str());
  std::tie(Line, Lines) = Lines.split('\n');
  for (StringRef Word : llvm::split(Line, ' ')) {
    size_t I;
    auto [Index, Includes] = Word.split(':');
    if (Word.empty())
      continue;
    if (Index.getAsInteger(10, I) || I >= S.IsChosen.size())
      return false;
    S.IsChosen.set(I);
    S.Includes[I] = Includes.str();
  }
  bool HasMoved = false;
  while (!Lines.empty()) {
    std::tie(Line, Lines) = Lines.split('\n');
    auto [Depth, Rest] = Line.split(' ');
    auto [Outline, More] = Rest.split(' ');
    auto [Content, Path] = More.split(' ');
    unsigned D;
    if (Depth.getAsInteger(10, D) ||
        D > static_cast<unsigned>(native::OutlineDepth::Missing))
      return false;
    native::OutlinedFile F{Path.str(), static_cast<native::OutlineDepth>(D),
                           Outline.str()};
    if (Digest Now = Files.of(F.Path); Now != Content) {
      if (native::outlineDigest(F.Path, F.Depth, S.Annotating) != F.Outline)
        return false;
      HasMoved = true;
    }
    S.Files.push_back(std::move(F));
  }
  if (HasMoved)
    remember(Key, S);
  return true;
}

void Memory::remember(const Digest &Key, const native::Selection &S) {
  std::string Text = llvm::join(S.Annotating, " ") + "\n";
  llvm::raw_string_ostream OS(Text);
  llvm::ListSeparator Space(" ");
  for (unsigned I : S.IsChosen.set_bits())
    OS << Space << I << ':' << S.Includes[I];
  OS << '\n';
  for (const native::OutlinedFile &F : S.Files) {
    if (StringRef(F.Path).contains('\n'))
      return;
    // What was chosen from is what the digest is of.
    Digest Content = Files.of(F.Path);
    if (!Files.isSettled(F.Path))
      return;
    OS << static_cast<unsigned>(F.Depth) << ' ' << F.Outline << ' ' << Content
       << ' ' << F.Path << '\n';
  }
  Store.put(Key, Text);
}

native::Selection Memory::select(llvm::ArrayRef<native::ScanInput> Inputs,
                                 const native::ScanOptions &Options) {
  if (Store.folder().empty())
    return native::select(Inputs, Options, P.EverySource, P.Jobs);
  cache::Hasher H = key("selection");
  H.add(P.EverySource ? "every" : "few")
      .add(Options.ResourceDir)
      .addAll(Options.ExtraArgs);
  for (const native::ScanInput &Input : Inputs)
    H.add(Input.Command.Directory)
        .add(Input.Command.Filename)
        .add(Input.By ? Input.By->Identity : "")
        .addAll(Input.Command.CommandLine);
  Digest Key = H.finish();
  native::Selection Known;
  Known.IsChosen.resize(Inputs.size());
  Known.Includes.resize(Inputs.size());
  if (recall(Key, Known)) {
    Headers = headersOf(Known);
    return Known;
  }
  native::Selection S = native::select(Inputs, Options, P.EverySource, P.Jobs);
  remember(Key, S);
  Headers = headersOf(S);
  return S;
}

} // namespace ilbridge::driver

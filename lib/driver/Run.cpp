//===- Run.cpp - What the verbs have in common ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/native/ObjectFacts.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Parallel.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using llvm::Error;
using llvm::StringRef;

namespace ilbridge::driver {

std::string Run::shown(StringRef Path) const {
  return native::shownPath(Path, P.WorkingDirectory, P.Root);
}

RenderOptions Run::renderOptions() const {
  return {P.Root, P.WorkingDirectory, C.Color};
}

void Run::fail(llvm::Error E) {
  raise(ExitStatus::BadInput);
  llvm::handleAllErrors(
      std::move(E),
      [&](const InputError &Input) {
        renderError(Input.where(), Input.what(), renderOptions(), C.Err);
      },
      [&](const ecma335::FormatError &Format) {
        renderError({Format.file().str(), {}, {}},
                    llvm::formatv("at byte {0}: {1} ({2})", Format.offset(),
                                  Format.rule(), Format.section())
                        .str(),
                    renderOptions(), C.Err);
      },
      [&](const llvm::ErrorInfoBase &Other) {
        C.Err << "ilbridge: error: " << Other.message() << '\n';
      });
}

/// Brings the findings so far into the form in which they are reported.
void Run::settle() {
  Findings.visitLocations([&](Location &L) {
    // Paths below the root are shown relative to it, on every machine alike.
    if (llvm::sys::path::is_absolute(L.File))
      L.File = shown(L.File);
  });
  if (Known)
    Known->apply(Findings);
  Findings.finish(P.Severities);
}

bool Run::hasErrors() {
  settle();
  return Findings.hasErrors();
}

bool Run::loadBaseline() {
  if (P.BaselineFile.empty())
    return true;
  Inputs.push_back(P.BaselineFile);
  auto Buffer = llvm::MemoryBuffer::getFile(P.BaselineFile, /*IsText=*/true);
  if (!Buffer) {
    fail(inputError({P.BaselineFile, {}, {}},
                    Buffer.getError().message() +
                        "; 'ilbridge check --write-baseline' writes it"));
    return false;
  }
  std::string Shown = shown(P.BaselineFile);
  llvm::Expected<Baseline> Read =
      Baseline::read(llvm::MemoryBufferRef((*Buffer)->getBuffer(), Shown));
  if (!Read) {
    fail(Read.takeError());
    return false;
  }
  Known = std::move(*Read);
  return true;
}

bool Run::reportStale() {
  settle();
  // Where something could not be read, not all findings are there.
  if (!Known || Status >= ExitStatus::BadInput)
    return false;
  DiagnosticList Stale = Known->stale();
  bool IsStale = !Stale.empty();
  add(std::move(Stale));
  return IsStale;
}

ExitStatus Run::writeBaseline(StringRef File) {
  settle();
  unsigned Count;
  std::string Text = Baseline::text(Findings.all(), Count);
  if (Status >= ExitStatus::BadInput) // not all findings are there
    return finish(OutputFormat::Text);
  writeData(*this, File, Text);
  if (Count)
    C.Err << shown(File) << ": " << Count
          << (Count == 1 ? " finding needs" : " findings need")
          << " a reason.\n";
  return Status;
}

ExitStatus Run::finish(OutputFormat Format) {
  settle();
  bool IsText = Format == OutputFormat::Text;
  // A document is there even when it is empty.
  if (!IsText || !Findings.empty())
    render(Findings.all(), Format, renderOptions(), IsText ? C.Err : C.Out);
  std::string Summary = summary(Findings.all());
  if (!Summary.empty())
    C.Err << Summary << " generated.\n";
  if (Findings.hasErrors())
    raise(ExitStatus::Findings);
  return Status;
}

std::vector<std::string> Run::reads() const {
  std::set<std::string> Files(Inputs.begin(), Inputs.end());
  if (!P.ConfigFile.empty())
    Files.insert(P.ConfigFile);
  Files.insert(Managed.manifests().begin(), Managed.manifests().end());
  for (const auto &A : Managed.assemblies().loaded())
    Files.insert(A->path());
  if (TheBridges)
    for (const auto &A : TheBridges->assemblies())
      Files.insert(A->path());
  for (const auto &Each : Scanned)
    Files.insert(native::shownPath(Each.getKey(), P.Root, ""));
  return {Files.begin(), Files.end()};
}

std::vector<std::string> Run::dependsOn(std::vector<std::string> All) const {
  auto Add = [&](llvm::ArrayRef<std::string> More) {
    All.insert(All.end(), More.begin(), More.end());
  };
  Add(Missing);
  Add(Managed.assemblies().lookedFor());
  if (TheBridges)
    Add(TheBridges->lookedFor());
  Add(P.Bridges.AOT);
  Add(P.Bridges.HotUpdate);
  return All;
}

//===----------------------------------------------------------------------===//
// Native
//===----------------------------------------------------------------------===//

static llvm::Expected<std::vector<native::Facts>>
readFactsFile(const std::string &File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return inputError({File, {}, {}}, Buffer.getError().message());
  return native::readAnyFacts((*Buffer)->getMemBufferRef());
}

void Run::startReadingFacts() {
  if (P.Facts.empty() || FactsReader)
    return;
  ReadFacts.resize(P.Facts.size());
  FactsReader.emplace(llvm::hardware_concurrency(1));
  FactsReader->async([this] {
    auto Read = [this](size_t I) {
      ReadFacts[I].emplace(readFactsFile(P.Facts[I]));
    };
    // The sources of one file are read in parallel, too, but not within that.
    if (P.Facts.size() == 1)
      Read(0);
    else
      llvm::parallelFor(0, P.Facts.size(), Read);
  });
}

bool Run::readFacts(std::vector<native::Facts> &Out) {
  startReadingFacts();
  FactsReader->wait();
  Inputs.insert(Inputs.end(), P.Facts.begin(), P.Facts.end());
  bool ReadAll = true;
  for (auto &File : ReadFacts) {
    if (*File) {
      llvm::move(**File, std::back_inserter(Out));
      continue;
    }
    fail(File->takeError());
    ReadAll = false;
  }
  ReadFacts.clear();
  return ReadAll;
}

bool Run::loadNative() {
  std::vector<native::Facts> All;
  if (!P.Facts.empty()) {
    if (!readFacts(All))
      return false;
  } else if (P.hasNativeSide()) {
    for (native::ScanResult &R : scanAll())
      if (R.Compiled)
        All.push_back(std::move(R.TheFacts));
    if (Status == ExitStatus::BadInput ||
        (Status == ExitStatus::BrokenSource && !P.KeepGoing))
      return false;
  }
  Program.emplace(std::move(All));
  return true;
}

//===----------------------------------------------------------------------===//
// Managed
//===----------------------------------------------------------------------===//

bool Run::loadManaged() {
  if (P.Assemblies.empty()) {
    fail(llvm::createStringError(
        "no assembly to read; name one with --assembly, or in " +
        llvm::Twine(ConfigName)));
    return false;
  }
  Error Problems = Managed.load();
  add(Managed.takeFindings());
  if (!Problems)
    return true;
  fail(std::move(Problems));
  return false;
}

void Run::loadMethod(const managed::MethodName &Name) {
  Managed.loadMethod(Name);
  add(Managed.takeFindings());
}

void Run::loadNamedMethods() {
  Managed.loadMethodsOf(Program->exports());
  add(Managed.takeFindings());
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

const match::Matching &Run::matching(const OutputSpec *Output) {
  RuntimeChoice Choice = runtimesFor(P, Output);
  auto Found = Matchings.find(Choice);
  if (Found == Matchings.end()) {
    match::MatchOptions Options;
    Options.Runtimes = Choice;
    if (!Interpreted.empty())
      Options.Interpreted = &Interpreted;
    Options.Libraries = P.Libraries;
    Options.Targets = P.Targets;
    Found =
        Matchings.try_emplace(Choice, match::match(*Program, model(), Options))
            .first;
    add(std::move(Found->second.Findings));
  }
  return Found->second;
}

Bridges *Run::bridges() {
  if (HasAskedForBridges)
    return TheBridges.get();
  HasAskedForBridges = true;
  auto Loaded = std::make_unique<Bridges>(P.Bridges, P.References);
  if (llvm::Error E = Loaded->load()) {
    fail(std::move(E));
    return nullptr;
  }
  TheBridges = std::move(Loaded);
  add(std::move(TheBridges->needs().Findings));
  return TheBridges.get();
}

void writeData(Run &R, StringRef File, StringRef Text) {
  if (File.empty()) {
    R.C.Out << Text;
    return;
  }
  if (llvm::Expected<bool> Changed = rewrite::writeIfChanged(File, Text);
      !Changed)
    R.fail(Changed.takeError());
}

} // namespace ilbridge::driver

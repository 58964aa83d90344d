//===- Run.cpp - A verb on the command line -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "Coverage.h"
#include "TargetCompiles.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/rewrite/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using llvm::StringRef;

namespace ilbridge::driver {

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

bool Run::explainSources() {
  auto Sources = Native.explain(C);
  if (!Sources) {
    fail(Sources.takeError());
    return false;
  }
  for (const auto &[Path, Why] : *Sources)
    C.Out << Path << ": " << Why << '\n';
  return true;
}

bool Run::loadNative() {
  std::vector<native::Facts> All;
  if (!P.Facts.empty()) {
    std::vector<native::ScanResult> None;
    add(settleTargetCompiles(P, None));
    if (!succeeds(Native.facts().moveInto(All)))
      return false;
  } else if (P.hasNativeSide()) {
    for (native::ScanResult &R : scan(/*NeedsAll=*/false))
      if (R.Compiled || R.TheFacts.IsBroken)
        All.push_back(std::move(R.TheFacts));
    if (Status == ExitStatus::BadInput ||
        (Status == ExitStatus::BrokenSource && !P.KeepGoing))
      return false;
  }
  S.setNative(std::move(All));
  return true;
}

bool Run::loadBothSides(bool HasBuilds, bool IsToCompare) {
  Native.startReadingFacts();
  bool HasManaged = loadManaged(HasBuilds);
  if (HasManaged && IsToCompare)
    Native.setEntryPoints(S.namedEntryPoints());
  bool HasInterpreted = succeeds(S.findInterpreted());
  bool HasNative = loadNative();
  return HasManaged && HasInterpreted && HasNative;
}

Bridges *Run::bridges() {
  llvm::Expected<Bridges *> Loaded = S.bridges();
  if (Loaded)
    return *Loaded;
  fail(Loaded.takeError());
  return nullptr;
}

std::vector<std::string> Run::reads() const {
  std::set<std::string> Files;
  // A header may have been found by several paths.
  for (const std::string &Path : P.Asked->files())
    Files.insert(shownPath(Path, P.Root, ""));
  return {Files.begin(), Files.end()};
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

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

bool Run::succeeds(llvm::Error E) {
  if (!E)
    return true;
  fail(std::move(E));
  return false;
}

bool Run::reportStale() {
  // If an input could not be read, the findings are incomplete.
  if (Status >= ExitStatus::BadInput)
    return false;
  DiagnosticList Stale = S.staleBaseline();
  bool IsStale = !Stale.empty();
  add(std::move(Stale));
  return IsStale;
}

void Run::reportNotCompared() {
  if (P.IsStrict)
    add(S.coverage().notCompared());
}

ExitStatus Run::writeBaseline(StringRef File) {
  unsigned Count;
  std::string Text = Baseline::text(S.findings().all(), Count);
  if (Status >= ExitStatus::BadInput) // the findings are incomplete
    return finish(OutputFormat::Text);
  writeData(*this, File, Text);
  if (Count)
    C.Err << shown(File) << ": " << Count
          << (Count == 1 ? " finding needs" : " findings need")
          << " a reason.\n";
  return Status;
}

ExitStatus Run::finish(OutputFormat Format) {
  reportLeftOut();
  explainMissing();
  const DiagnosticList &Findings = S.findings();
  bool IsText = Format == OutputFormat::Text;
  std::optional<Coverage> Covered;
  if (!IsText || SaysCoverage)
    Covered = S.coverage();
  if (!IsText)
    Covered->visitLocations([&](Location &L) { S.show(L); });
  // JSON and SARIF print a document even if there are no findings.
  if (!IsText || !Findings.empty())
    render(Findings.all(), Format, renderOptions(), IsText ? C.Err : C.Out,
           IsText ? llvm::ArrayRef<BindingCoverage>() : Covered->bindings());
  std::string Summary = summary(Findings.all(), Format);
  if (!Summary.empty())
    C.Err << Summary << " generated.\n";
  if (std::string Line = SaysCoverage ? Covered->summary() : ""; !Line.empty())
    C.Err << Line << ".\n";
  if (IsText && SaysCoverage)
    offerReport(
        llvm::count_if(groupByCause(Findings.all()),
                       [](const Diagnostic &D) { return !D.isKnown(); }));
  return conclude();
}

void Run::offerReport(size_t Problems) {
  constexpr size_t Many = 25; // more than fit on a screen
  if (Problems >= Many)
    C.Err << "'ilbridge report -o <folder>', with the same options, writes a "
             "page with filters about them.\n";
}

ExitStatus Run::finishShown() {
  reportLeftOut();
  return conclude();
}

/// Raises the exit status according to the findings.
ExitStatus Run::conclude() {
  if (llvm::StringRef Why = S.whyIncomplete(); !Why.empty())
    fail(llvm::createStringError(Why));
  if (S.findings().hasErrors())
    raise(ExitStatus::Findings);
  if (HasUnread)
    raise(ExitStatus::BrokenSource);
  return Status;
}

void writeData(Run &R, StringRef File, StringRef Text) {
  if (File.empty() || rewrite::isStandardOutput(File)) {
    R.C.Out << Text;
    return;
  }
  if (llvm::Expected<bool> Changed = rewrite::writeIfChanged(File, Text);
      !Changed)
    R.fail(Changed.takeError());
}

} // namespace ilbridge::driver

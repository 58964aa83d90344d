//===- Report.cpp - `ilbridge report` -------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"
#include "ReportContent.h"
#include "RuntimeChoice.h"
#include "ilbridge/match/Layouts.h"
#include "ilbridge/rewrite/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::driver {
namespace {

class Reporter {
public:
  Reporter(Run &R, StringRef Folder) : R(R), Folder(Folder) {}
  /// Whether the report may be written into the folder.
  bool mayWrite();
  void write();

private:
  std::string path(StringRef Name) const;
  void findPairs(const OutputSpec *Output);
  void addBindings(const Coverage &Covered);

  Run &R;
  StringRef Folder;
  report::Content Content;
  /// For each method with a function, the pair that agrees for some output, or
  /// any pair if none agrees.
  struct Pair {
    const match::Binding *Of = nullptr;
    bool Agrees = false;
  };
  llvm::DenseMap<const managed::Method *, Pair> Pairs;
  std::vector<match::Layouts> Layouts;
};

} // namespace

std::string Reporter::path(StringRef Name) const {
  llvm::SmallString<256> Path = Folder;
  llvm::sys::path::append(Path, llvm::sys::path::Style::native, Name);
  return Path.str().str();
}

/// A page that ilbridge did not write is not replaced.
bool Reporter::mayWrite() {
  auto Old = rewrite::readFile(path(report::PageFile));
  if (!Old) {
    R.fail(Old.takeError());
    return false;
  }
  if (!*Old || StringRef(**Old).starts_with(report::PageMark))
    return true;
  R.fail(llvm::createStringError(
      "'" + R.shown(path(report::PageFile)) +
      "' is not a report of ilbridge; name another folder with -o"));
  return false;
}

void Reporter::findPairs(const OutputSpec *Output) {
  const match::Matching &M = R.S.matching(Output);
  for (const match::Binding &B : M.Bindings)
    Pairs[B.Managed] = {&B, /*Agrees=*/true};
  for (const match::Binding &B : M.Disagreeing)
    Pairs.try_emplace(B.Managed, Pair{&B, /*Agrees=*/false});
  for (const runtime::Runtime *Each : R.S.runtimes(Output))
    if (std::string Title = Each->versionedTitle();
        !llvm::is_contained(Content.Runtimes, Title))
      Content.Runtimes.push_back(std::move(Title));
  Layouts.push_back(R.S.layouts(Output));
}

void Reporter::addBindings(const Coverage &Covered) {
  const managed::Model &M = R.S.model();
  std::vector<std::pair<std::string, report::Binding>> Named;
  for (const auto *List : {&M.Imports, &M.Methods})
    for (const managed::Method &Each : *List) {
      const match::Binding *Pair = Pairs.lookup(&Each).Of;
      // Methods without a pair are in the model only because a method with the
      // same name is used.
      if (!Pair && List == &M.Methods)
        continue;
      std::string Name;
      llvm::raw_string_ostream(Name) << Each;
      Named.emplace_back(std::move(Name),
                         report::Binding{&Each, Pair, Covered.of(Each)});
    }
  llvm::stable_sort(Named, [](const auto &A, const auto &B) {
    return std::tie(A.first, A.second.Managed->Assembly) <
           std::tie(B.first, B.second.Managed->Assembly);
  });
  for (auto &[Name, B] : Named)
    Content.Bindings.push_back(B);
}

static bool hasBridges(const Project &P) {
  return !P.Bridges.AOT.empty() || !P.Bridges.UnityProject.empty();
}

void Reporter::write() {
  if (R.P.hasNativeSide())
    for (const OutputSpec *Output : R.S.compared())
      findPairs(Output);
  for (const match::Layouts &Each : Layouts)
    Content.Layouts.push_back(&Each);
  const Coverage Covered = R.S.coverage();
  for (const Coverage::Target &T : Covered.targets())
    Content.Targets.push_back({{T.Name, ""}, T.IsConfigured});
  addBindings(Covered);
  if (hasBridges(R.P))
    if (Bridges *B = R.bridges())
      Content.TheBridges = reportBridges(R, *B);
  Content.Findings = R.S.findings().all();

  size_t Files = 0;
  auto Show = [&](Location &L) { R.S.show(L); };
  report::write(Content, {R.P.Root, R.P.WorkingDirectory, R.P.Files, Show},
                [&](StringRef Name, StringRef Text) {
                  ++Files;
                  writeData(R, path(Name), Text);
                });
  if (R.status() < ExitStatus::BadInput)
    R.C.Err << R.shown(path(report::PageFile)) << ": "
            << Content.Bindings.size()
            << (Content.Bindings.size() == 1 ? " binding" : " bindings")
            << " and " << Content.Findings.size()
            << (Content.Findings.size() == 1 ? " finding" : " findings")
            << ".\n";
}

ExitStatus report(Session &S, StringRef Folder, Console &C) {
  Run R(S, C);
  Reporter New(R, Folder);
  if (!New.mayWrite() || !R.loadBaseline())
    return R.status();
  // Bridges require no C++.
  const Project &P = R.P;
  if (!hasBridges(P) || !P.Assemblies.empty() || P.hasNativeSide())
    if (std::optional<ExitStatus> Failed = compareAll(R))
      return *Failed;
  New.write();
  return R.finishShown();
}

} // namespace ilbridge::driver

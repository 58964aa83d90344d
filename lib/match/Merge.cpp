//===- Merge.cpp - Merges findings of several targets ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {
namespace {

/// A finding that is equal on some of the targets.
struct Group {
  Finding F;
  std::vector<const TargetContext *> Where;
  /// Whether a configured target is among them. Configured targets come first.
  bool isConfigured() const { return Where.front()->IsConfigured; }
  bool isError() const { return F.D.Level == Severity::Error; }
};

} // namespace

/// "linux-x64", "ios, linux-x64 and wasm"
static std::string names(llvm::ArrayRef<const TargetContext *> Where) {
  std::string Text;
  for (size_t I = 0; I != Where.size(); ++I) {
    if (I)
      Text += I + 1 == Where.size() ? " and " : ", ";
    Text += Where[I]->Target.Name;
  }
  return Text;
}

static Diagnostic merged(Group &Main, llvm::ArrayRef<Group *> Others,
                         bool Everywhere) {
  Diagnostic D = std::move(Main.F.D);
  if (!Main.isConfigured()) {
    Diagnostic Warning = diagnose(DiagnosticID::OtherTarget, D.Where,
                                  names(Main.Where), D.Message);
    Warning.Notes = std::move(D.Notes);
    Warning.Fixes = std::move(D.Fixes);
    if (D.Cause) {
      D.Cause->Message = "on " + names(Main.Where) + ": " + D.Cause->Message;
      Warning.Cause = std::move(D.Cause);
    }
    D = std::move(Warning);
  } else if (!Everywhere) {
    std::string On = " (on " + names(Main.Where) + ")";
    D.Message += On;
    if (D.Cause)
      D.Cause->Message += On;
  }
  for (const Group *Each : Others)
    if (!Each->F.Reason.empty())
      D.note(D.Where, "on " + names(Each->Where) + ": " + Each->F.Reason);
  return D;
}

std::vector<Diagnostic>
mergeFindings(llvm::ArrayRef<TargetContext> Contexts,
              std::vector<std::vector<Finding>> PerTarget) {
  std::vector<Group> Groups;
  for (const auto &[V, Findings] : llvm::zip_equal(Contexts, PerTarget))
    for (Finding &F : Findings) {
      auto Same = llvm::find_if(Groups, [&](const Group &G) {
        return G.F.Site == F.Site && G.F.D.ID == F.D.ID &&
               G.F.D.Message == F.D.Message;
      });
      if (Same == Groups.end())
        Groups.push_back({std::move(F), {&V}});
      else if (Same->Where.back() != &V)
        Same->Where.push_back(&V);
    }

  // There is one finding for each value: the one for a configured target, or
  // else the one for another target. The others become notes.
  std::vector<Diagnostic> Result;
  std::vector<bool> IsDone(Groups.size());
  for (size_t I = 0; I != Groups.size(); ++I) {
    if (IsDone[I])
      continue;
    Group &Main = Groups[I];
    IsDone[I] = true;
    if (!Main.isConfigured() && !Main.isError())
      continue;
    std::vector<Group *> Others;
    if (Main.isError())
      for (size_t J = I + 1; J != Groups.size(); ++J)
        if (!IsDone[J] && Groups[J].F.Site == Main.F.Site &&
            Groups[J].isError()) {
          Others.push_back(&Groups[J]);
          IsDone[J] = true;
        }
    Result.push_back(
        merged(Main, Others, Main.Where.size() == Contexts.size()));
  }
  return Result;
}

std::vector<Diagnostic> mergeRuntimes(std::vector<RuntimeFindings> All) {
  if (All.size() == 1)
    return std::move(All.front().Findings);
  auto IsSame = [](const Diagnostic &A, const Diagnostic &B) {
    return A.ID == B.ID && A.Where == B.Where && A.Message == B.Message;
  };
  std::vector<Diagnostic> Result;
  for (auto Each = All.begin(); Each != All.end(); ++Each)
    for (Diagnostic &D : Each->Findings) {
      auto Has = [&](const RuntimeFindings &Other) {
        return llvm::any_of(Other.Findings, [&](const Diagnostic &Theirs) {
          return IsSame(D, Theirs);
        });
      };
      if (std::any_of(All.begin(), Each, Has))
        continue; // reported for the first runtime
      Result.push_back(D);
      std::string Names;
      for (const RuntimeFindings &Other : All)
        if (Has(Other))
          Names += (Names.empty() ? "" : " and ") + Other.For->versionedTitle();
      if (llvm::all_of(All, Has))
        continue;
      Result.back().Message += " (with " + Names + ")";
      if (Result.back().Cause)
        Result.back().Cause->Message += " (with " + Names + ")";
      // An edit that is correct for one runtime may be wrong for another one.
      Result.back().Fixes.clear();
      llvm::erase_if(Result.back().Notes,
                     [](const Note &N) { return N.Edit.has_value(); });
      for (Note &N : Result.back().Notes)
        N.Fixes.clear();
    }
  return Result;
}

} // namespace ilbridge::match

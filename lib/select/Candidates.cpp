//===- Candidates.cpp - Sources that may contain annotations --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidates.h"
#include "Preprocessing.h"
#include "ilbridge/command/Commands.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ThreadPool.h"

using llvm::StringRef;

namespace ilbridge::select {

/// Whether a file contains annotations or defines annotation macros. The header
/// may be missing; the scan reports that.
static bool mayAnnotate(const Outline &O) {
  return O.HasAnnotation || includesOurHeader(O);
}

/// Whether a macro of the command contains annotations, so that every source
/// may have them, whatever it includes.
static bool commandAnnotates(const IncludeGraph::Family &In) {
  return llvm::any_of(In.Predefines.Definitions,
                      [](const auto &D) { return D.Annotates; });
}

namespace {

using File = IncludeGraph::File;
using FileSet = llvm::BitVector;

class Finder {
public:
  Finder(IncludeGraph &Graph, llvm::ArrayRef<command::SourceCommand> Inputs,
         const SelectionOptions &Options)
      : Graph(Graph), Inputs(Inputs), Options(Options) {}

  std::vector<Candidate> find();

private:
  std::string shown(File F) const {
    return shownPath(Graph.path(F), "", Options.Root);
  }
  void clear(std::vector<Candidate> Unclear);
  std::string whyUnclear(const Candidate &C) const;

  IncludeGraph &Graph;
  llvm::ArrayRef<command::SourceCommand> Inputs;
  const SelectionOptions &Options;
  std::vector<Candidate> Candidates;
};

} // namespace

/// Returns why the includes of \p C are not known.
std::string Finder::whyUnclear(const Candidate &C) const {
  const IncludeGraph::Family &In = Graph.family(C.Family);
  std::vector<File> From = In.Forced;
  if (llvm::is_contained(From, IncludeGraph::NotFound))
    return "its command includes a file that is not found";
  From.push_back(C.Source);
  for (File F : Graph.reachedFrom(In, From).set_bits()) {
    const Outline &O = Graph.outline(F);
    auto Found = In.Views.find(F);
    if (Found != In.Views.end() && Found->second.Unknown) {
      const Outline::Include &I = O.Includes[*Found->second.Unknown];
      std::string Where = shown(F) + ":" + llvm::utostr(I.Line);
      if (I.Macros == Outline::None)
        return Where + " includes \"" + I.Name + "\", which is not found";
      return Where + " includes what the macro '" +
             O.Expressions[I.Macros].Text + "' names";
    }
    if (O.IncludesUnknown && !Graph.isSystem(F))
      return shown(F) + " imports modules, or has directives that are broken";
  }
  return "the preprocessor does not come to its end";
}

/// Resolves with the preprocessor the includes that the graph cannot resolve.
/// Files that do not exist stay unresolved: if they are generated later, the
/// compiler reports them.
void Finder::clear(std::vector<Candidate> Unclear) {
  SharedDirectives Shared;
  std::vector<PreprocessedFiles> Results(Unclear.size());
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Options.Jobs));
  for (auto [C, W] : llvm::zip(Unclear, Results))
    Pool.async([&, &C = C, &W = W] {
      const command::SourceCommand &Input = Inputs[C.Input];
      W = preprocess(Input.Command.Directory,
                     command::adjustedCommand(Input, Options.Clang), Shared,
                     Graph.asked());
    });
  Pool.wait();
  for (auto [C, W] : llvm::zip(Unclear, Results)) {
    const IncludeGraph::Family &In = Graph.family(C.Family);
    bool Annotates = !W.IsWhole || commandAnnotates(In);
    bool IsNamedByMacros = false;
    for (const std::string &Path : W.Entered) {
      File F = Graph.add(Path);
      const Outline &O = Graph.outline(F);
      Annotates |= mayAnnotate(O);
      auto Found = In.Views.find(F);
      IsNamedByMacros |=
          Found == In.Views.end() ||
          (Found->second.Unknown &&
           O.Includes[*Found->second.Unknown].Macros != Outline::None);
    }
    if (!Annotates)
      continue;
    // The graph has not followed this path, so it does not know the
    // preprocessor's state.
    if (!W.IsWhole || IsNamedByMacros)
      C.Why = whyUnclear(C);
    Candidates.push_back(std::move(C));
  }
}

/// Returns the inputs that may reach an annotation.
std::vector<Candidate> Finder::find() {
  std::vector<Candidate> All;
  for (const auto &[I, Input] : llvm::enumerate(Inputs)) {
    unsigned Family = Graph.addSource(Input);
    File Source = Graph.sourceOf(Input.Command);
    All.push_back({I, Family, Source, Graph.path(Source), ""});
  }
  Graph.readAll();
  FileSet Goals(Graph.size());
  for (File F = 0; F != Graph.size(); ++F)
    if (mayAnnotate(Graph.outline(F)))
      Goals.set(F);
  struct Reach {
    FileSet Goals, Unknown;
  };
  std::vector<Reach> ByFamily;
  for (unsigned I = 0; I != Graph.familyCount(); ++I) {
    const IncludeGraph::Family &In = Graph.family(I);
    FileSet Unknown(Graph.size());
    for (const auto &[F, V] : In.Views)
      if (V.Unknown || (Graph.outline(F).IncludesUnknown && !Graph.isSystem(F)))
        Unknown.set(F);
    ByFamily.push_back(
        {Graph.reaching(In, Goals), Graph.reaching(In, Unknown)});
  }
  std::vector<Candidate> Unclear;
  for (Candidate &C : All) {
    const IncludeGraph::Family &In = Graph.family(C.Family);
    const Reach &R = ByFamily[C.Family];
    std::vector<File> Roots = In.Forced;
    Roots.push_back(C.Source);
    auto Comes = [&](const FileSet &To) {
      return llvm::any_of(Roots, [&](File F) {
        return F != IncludeGraph::NotFound && To.test(F);
      });
    };
    if (!In.Setup.Unknown.empty())
      C.Why = In.Setup.Unknown;
    else if (!Graph.outline(C.Source).IsReadable)
      C.Why = "it cannot be read";
    if (!C.Why.empty())
      Candidates.push_back(std::move(C));
    else if (Comes(R.Unknown) ||
             llvm::is_contained(Roots, IncludeGraph::NotFound))
      Unclear.push_back(std::move(C));
    else if (commandAnnotates(In) || Comes(R.Goals))
      Candidates.push_back(std::move(C));
  }
  if (!Unclear.empty())
    clear(std::move(Unclear));
  // The result must not depend on the order of the commands.
  llvm::stable_sort(Candidates, [&](const Candidate &A, const Candidate &B) {
    return std::tie(A.Path, Inputs[A.Input].Command.CommandLine) <
           std::tie(B.Path, Inputs[B.Input].Command.CommandLine);
  });
  return std::move(Candidates);
}

std::vector<Candidate>
findCandidates(IncludeGraph &Graph,
               llvm::ArrayRef<command::SourceCommand> Inputs,
               const SelectionOptions &Options) {
  return Finder(Graph, Inputs, Options).find();
}

} // namespace ilbridge::select

//===- Selection.cpp - Which sources have to be parsed --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Selection.h"
#include "Context.h"
#include "IncludeGraph.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/LangOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include <map>

using llvm::StringRef;

namespace ilbridge::native {

/// Whether \p Name is a macro of ilbridge/export.h, be it found or not.
static bool isOurs(StringRef Name) { return Name.starts_with("ILBRIDGE"); }

static bool isOurHeader(const Outline::Include &I) {
  return StringRef(I.Name).ends_with("ilbridge/export.h");
}

static cache::Digest digest(const Outline &O, const CodeNames &Code,
                            OutlineDepth Depth, const Names &Pool,
                            llvm::function_ref<bool(Names::Id)> Annotates) {
  std::vector<std::string> Mentioned;
  switch (Depth) {
  case OutlineDepth::Directives:
  case OutlineDepth::Missing:
    break;
  case OutlineDepth::Source:
    if (Code.HasAnnotation || llvm::any_of(Code.All, Annotates))
      Mentioned.push_back("annotates");
    break;
  case OutlineDepth::Header:
    for (const auto *Found : {&Code.All, &Code.InConditions})
      for (Names::Id Name : *Found)
        Mentioned.push_back(Pool.text(Name).str());
    llvm::sort(Mentioned);
    Mentioned.push_back(Code.HasAnnotation ? "annotates" : "");
    break;
  }
  return cache::Hasher().add(digest(O)).addAll(Mentioned).finish();
}

namespace {

using File = IncludeGraph::File;

class Selector {
public:
  Selector(llvm::ArrayRef<ScanInput> Inputs, const ScanOptions &Options,
           unsigned Jobs)
      : Inputs(Inputs), Options(Options), Jobs(Jobs), Graph(Options, Jobs) {}

  Selection select(bool EverySource);

private:
  /// One input that comes to a file which annotates.
  struct Candidate {
    size_t Input;
    unsigned Family;
    File Source;
    StringRef Path;
    std::vector<unsigned> Shows; ///< headers in their contexts
    unsigned Unseen = 0;         ///< of these
  };
  /// A header in one context.
  struct Item {
    File Header;
    std::vector<Candidate *> ShownBy;
    bool IsSeen = false;
  };

  FileSet goals() const;
  FileSet unknown(const IncludeGraph::Family &In) const;
  void readCode();
  NameSet annotatingMacros() const;
  bool includesForNothing(File F) const;
  FileSet annotatingFiles() const;
  void findItems();
  void choose(Candidate &C);
  void cover();
  cache::Digest includesOf(const Candidate &C) const;
  Selection result();

  llvm::ArrayRef<ScanInput> Inputs;
  const ScanOptions &Options;
  unsigned Jobs;
  IncludeGraph Graph;
  std::vector<Candidate> Candidates;
  std::vector<FileSet> Unknown; ///< by family: what comes to such files
  Mentions M;
  NameSet Annotating;
  std::vector<Item> Items;
  llvm::BitVector Chosen;
};

} // namespace

//===----------------------------------------------------------------------===//
// What comes to an annotation
//===----------------------------------------------------------------------===//

/// Files that annotate or define what does.
FileSet Selector::goals() const {
  FileSet Result(Graph.size());
  for (File F = 0; F != Graph.size(); ++F) {
    const Outline &O = Graph.outline(F);
    // It may be missing: then the scan says so.
    if (O.HasAnnotation || llvm::any_of(O.Includes, isOurHeader))
      Result.set(F);
  }
  return Result;
}

/// Files of which is not known what they include. A header of the project that
/// is not found may be one that will be generated; if so, Clang says it.
FileSet Selector::unknown(const IncludeGraph::Family &In) const {
  FileSet Result(Graph.size());
  for (const auto &[F, Targets] : In.Edges) {
    const Outline &O = Graph.outline(F);
    bool LacksHeader =
        llvm::any_of(llvm::zip(O.Includes, Targets), [](const auto &Each) {
          const auto &[Include, Target] = Each;
          return !Include.IsAngled && Target == IncludeGraph::NotFound;
        });
    if ((O.IncludesUnknown || LacksHeader) && !Graph.isSystem(F))
      Result.set(F);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// What annotates
//===----------------------------------------------------------------------===//

void Selector::readCode() {
  M.InCode.resize(Graph.size());
  FileSet Wanted(Graph.size());
  for (const Candidate &C : Candidates)
    Wanted.set(C.Source);
  for (unsigned I = 0; I != Graph.familyCount(); ++I)
    for (const auto &[F, Targets] : Graph.family(I).Edges)
      if (!llvm::is_contained(Graph.family(I).Sources, F))
        Wanted.set(F);
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Jobs));
  for (File F : Wanted.set_bits())
    Pool.async([this, F] {
      if (auto Buffer = llvm::MemoryBuffer::getFile(Graph.path(F)))
        M.InCode[F] = codeNames((*Buffer)->getBuffer(), Graph.names());
    });
  Pool.wait();
  clang::LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus20 = true;
  clang::IdentifierTable Words(Language);
  M.Keywords.resize(Graph.names().size());
  for (Names::Id Name = 0; Name != Graph.names().size(); ++Name)
    M.Keywords[Name] = Words.get(Graph.names().text(Name)).isKeyword(Language);
  M.DefinedByUsers.resize(Graph.names().size());
  for (File F = 0; F != Graph.size(); ++F)
    if (!Graph.isSystem(F))
      for (const Outline::Step &S : Graph.outline(F).Steps)
        if (S.Kind == Outline::StepKind::Macro)
          M.DefinedByUsers.set(S.Which);
}

NameSet Selector::annotatingMacros() const {
  NameSet Result(Graph.names().size());
  for (Names::Id Name = 0; Name != Result.size(); ++Name)
    if (isOurs(Graph.names().text(Name)))
      Result.set(Name);
  bool HasGrown = true;
  auto Add = [&](llvm::ArrayRef<Outline::Definition> Definitions) {
    for (const Outline::Definition &D : Definitions)
      if (!Result.test(D.Name) &&
          (D.Annotates || llvm::any_of(D.Body, [&](Names::Id Name) {
             return Result.test(Name);
           }))) {
        Result.set(D.Name);
        HasGrown = true;
      }
  };
  while (std::exchange(HasGrown, false)) {
    for (File F = 0; F != Graph.size(); ++F)
      Add(Graph.outline(F).Definitions);
    for (unsigned I = 0; I != Graph.familyCount(); ++I)
      Add(Graph.family(I).Definitions);
  }
  return Result;
}

/// Whether a file has our header and neither an annotation nor a macro that
/// stands for one: then it may put one together from pieces.
bool Selector::includesForNothing(File F) const {
  const Outline &O = Graph.outline(F);
  return llvm::any_of(O.Includes, isOurHeader) &&
         llvm::none_of(O.Definitions, [&](const Outline::Definition &D) {
           return Annotating.test(D.Name);
         });
}

/// What has no guard may be included several times and mean something else
/// each time: it counts as a part of what includes it.
FileSet Selector::annotatingFiles() const {
  FileSet Result(Graph.size());
  std::vector<File> Work;
  for (File F = 0; F != Graph.size(); ++F)
    if (M.InCode[F].HasAnnotation || includesForNothing(F) ||
        llvm::any_of(M.InCode[F].All,
                     [&](Names::Id Name) { return Annotating.test(Name); })) {
      Result.set(F);
      Work.push_back(F);
    }
  for (bool HasGrown = true; HasGrown;) {
    HasGrown = false;
    for (unsigned I = 0; I != Graph.familyCount(); ++I)
      for (const auto &[F, Targets] : Graph.family(I).Edges) {
        bool Gets = llvm::any_of(Targets, [&](File Target) {
          return Target != IncludeGraph::NotFound && Result.test(Target) &&
                 !Graph.outline(Target).IsGuarded;
        });
        if (Gets && !Result.test(F)) {
          Result.set(F);
          HasGrown = true;
        }
      }
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// The choice
//===----------------------------------------------------------------------===//

/// What each candidate shows; chooses those that nothing can stand in for.
void Selector::findItems() {
  FileSet Annotates = annotatingFiles();
  std::vector<bool> IsNeeded;
  for (const Candidate &C : Candidates)
    IsNeeded.push_back(Graph.family(C.Family).IsUnknown ||
                       Annotates.test(C.Source) ||
                       Unknown[C.Family].test(C.Source) ||
                       !Graph.outline(C.Source).IsReadable);
  if (!llvm::is_contained(IsNeeded, false)) {
    for (Candidate &C : Candidates)
      choose(C);
    return;
  }
  std::map<std::pair<File, cache::Digest>, unsigned> Known;
  std::vector<std::optional<Contexts>> ByFamily(Graph.familyCount());
  for (Candidate &C : Candidates) {
    std::optional<Contexts> &In = ByFamily[C.Family];
    if (!In)
      In.emplace(Graph, Graph.family(C.Family), M);
    FileSet Shown = In->enter(C.Source);
    Shown &= Annotates;
    Shown.reset(C.Source);
    for (File Header : Shown.set_bits()) {
      if (!Graph.outline(Header).IsGuarded)
        continue;
      auto Context = cache::Hasher()
                         .add(llvm::utostr(C.Family))
                         .add(In->of(Header))
                         .finish();
      auto [It, IsNew] =
          Known.try_emplace({Header, std::move(Context)}, Items.size());
      if (IsNew)
        Items.push_back({Header, {}, false});
      Items[It->second].ShownBy.push_back(&C);
      C.Shows.push_back(It->second);
    }
    C.Unseen = C.Shows.size();
  }
  for (auto [C, Needed] : llvm::zip(Candidates, IsNeeded))
    if (Needed)
      choose(C);
}

void Selector::choose(Candidate &C) {
  Chosen.set(C.Input);
  for (unsigned I : C.Shows) {
    Item &Each = Items[I];
    if (std::exchange(Each.IsSeen, true))
      continue;
    for (Candidate *Other : Each.ShownBy)
      --Other->Unseen;
  }
}

/// Takes for each header that nobody has shown yet the source that shows most
/// of them. Among equals, the one that is called like the header: it tends to
/// have the definitions.
void Selector::cover() {
  std::vector<Item *> Left;
  for (Item &Each : Items)
    Left.push_back(&Each);
  llvm::stable_sort(Left, [&](const Item *A, const Item *B) {
    return Graph.path(A->Header) < Graph.path(B->Header);
  });
  for (Item *Each : Left) {
    if (Each->IsSeen)
      continue;
    StringRef Stem = llvm::sys::path::stem(Graph.path(Each->Header));
    Candidate *Best = *std::max_element(
        Each->ShownBy.begin(), Each->ShownBy.end(),
        [&](const Candidate *A, const Candidate *B) {
          auto Rank = [&](const Candidate *C) {
            return std::pair(C->Unseen, llvm::sys::path::stem(C->Path) == Stem);
          };
          return Rank(A) < Rank(B);
        });
    choose(*Best);
  }
}

/// Stands for all that the source of \p C can come to.
cache::Digest Selector::includesOf(const Candidate &C) const {
  const IncludeGraph::Family &In = Graph.family(C.Family);
  std::vector<File> From = In.ForcedFiles;
  From.push_back(C.Source);
  std::vector<std::string> Paths;
  const FileSet Reached = Graph.reachedFrom(In, From);
  for (File F : Reached.set_bits())
    Paths.push_back(shownPath(Graph.path(F), "", Options.Root));
  llvm::sort(Paths);
  return cache::Hasher().addAll(Paths).finish();
}

Selection Selector::result() {
  Selection S;
  S.Includes.resize(Inputs.size());
  for (const Candidate &C : Candidates)
    if (Chosen.test(C.Input))
      S.Includes[C.Input] = includesOf(C);
  for (Names::Id Name : Annotating.set_bits())
    S.Annotating.push_back(Graph.names().text(Name).str());
  llvm::sort(S.Annotating);
  FileSet Sources(Graph.size()), Leading(Graph.size());
  for (unsigned I = 0; I != Graph.familyCount(); ++I)
    for (File F : Graph.family(I).Sources)
      Sources.set(F);
  for (const Candidate &C : Candidates)
    Leading.set(C.Source);
  // Where everything that leads to an annotation is read, no more counts.
  bool HasReadCode = !M.InCode.empty();
  auto Annotates = [&](Names::Id Name) { return Annotating.test(Name); };
  for (File F = 0; F != Graph.size(); ++F) {
    OutlineDepth Depth = !HasReadCode || (Sources.test(F) && !Leading.test(F))
                             ? OutlineDepth::Directives
                         : Sources.test(F) ? OutlineDepth::Source
                                           : OutlineDepth::Header;
    S.Files.push_back(
        {Graph.path(F).str(), Depth,
         digest(Graph.outline(F), HasReadCode ? M.InCode[F] : CodeNames(),
                Depth, Graph.names(), Annotates)});
  }
  for (StringRef Path : Graph.missing())
    S.Files.push_back({Path.str(), OutlineDepth::Missing, ""});
  llvm::sort(S.Files, [](const OutlinedFile &A, const OutlinedFile &B) {
    return A.Path < B.Path;
  });
  S.IsChosen = std::move(Chosen);
  return S;
}

Selection Selector::select(bool EverySource) {
  std::vector<Candidate> All;
  for (const auto &[I, Input] : llvm::enumerate(Inputs)) {
    Candidate &C = All.emplace_back();
    C.Input = I;
    C.Family = Graph.addSource(Input);
    C.Source = Graph.sourceOf(Input.Command);
    C.Path = Graph.path(C.Source);
  }
  Graph.readAll();
  Chosen.resize(Inputs.size());
  FileSet Goals = goals();
  std::vector<FileSet> Reaches;
  for (unsigned I = 0; I != Graph.familyCount(); ++I) {
    const IncludeGraph::Family &In = Graph.family(I);
    Unknown.push_back(Graph.reaching(In, unknown(In)));
    Reaches.push_back(Graph.reaching(In, Goals));
    Reaches.back() |= Unknown.back();
  }
  for (Candidate &C : All) {
    const IncludeGraph::Family &In = Graph.family(C.Family);
    bool IsForced = llvm::any_of(In.ForcedFiles, [&](File F) {
      return F == IncludeGraph::NotFound || Reaches[C.Family].test(F);
    });
    // Then every source may annotate, whatever it includes.
    bool CommandAnnotates =
        llvm::any_of(In.Definitions,
                     [](const Outline::Definition &D) { return D.Annotates; });
    if (In.IsUnknown || IsForced || CommandAnnotates ||
        Reaches[C.Family].test(C.Source) || !Graph.outline(C.Source).IsReadable)
      Candidates.push_back(std::move(C));
  }
  // Whatever the order of the commands.
  llvm::stable_sort(Candidates, [&](const Candidate &A, const Candidate &B) {
    return std::tie(A.Path, Inputs[A.Input].Command.CommandLine) <
           std::tie(B.Path, Inputs[B.Input].Command.CommandLine);
  });
  if (EverySource) {
    for (Candidate &C : Candidates)
      choose(C);
  } else if (!Candidates.empty()) {
    readCode();
    Annotating = annotatingMacros();
    findItems();
    cover();
  }
  return result();
}

Selection select(llvm::ArrayRef<ScanInput> Inputs, const ScanOptions &Options,
                 bool EverySource, unsigned Jobs) {
  return Selector(Inputs, Options, Jobs).select(EverySource);
}

cache::Digest outlineDigest(StringRef Path, OutlineDepth Depth,
                            llvm::ArrayRef<std::string> Annotating) {
  if (Depth == OutlineDepth::Missing)
    return llvm::sys::fs::is_regular_file(Path) ? cache::digest(Path) : "";
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return "";
  StringRef Text = (*Buffer)->getBuffer();
  Names Pool;
  Outline O = outline(Text, Pool);
  CodeNames Code;
  if (Depth != OutlineDepth::Directives)
    Code = codeNames(Text, Pool);
  return digest(O, Code, Depth, Pool, [&](Names::Id Name) {
    return llvm::binary_search(Annotating, Pool.text(Name)) ||
           isOurs(Pool.text(Name));
  });
}

} // namespace ilbridge::native

//===- Selection.cpp - Which sources have to be parsed --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/select/Selection.h"
#include "Candidates.h"
#include "Context.h"
#include "ilbridge/diagnostic/ShownPath.h"
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

namespace ilbridge::select {

/// Whether \p Name is a macro of ilbridge/export.h, even if the header is not
/// found.
static bool isOurs(StringRef Name) { return Name.starts_with("ILBRIDGE"); }

static cache::Digest digest(const Outline &O, const Code &C, OutlineDepth Depth,
                            const Names &Pool,
                            llvm::function_ref<bool(Names::Id)> Annotates) {
  std::vector<std::string> Mentioned;
  switch (Depth) {
  case OutlineDepth::Directives:
    break;
  case OutlineDepth::Source:
    if (C.HasAnnotation || llvm::any_of(C.All, Annotates))
      Mentioned.push_back("annotates");
    for (const CodeBefore &Each : C.Includes)
      Mentioned.push_back(llvm::utohexstr(Each.Digest) +
                          (Each.IsOpen ? "+" : ""));
    break;
  case OutlineDepth::Header:
    for (const auto *Found :
         {&C.All, &C.InConditions, &C.Provides, &C.Declares, &C.Needs}) {
      size_t Begin = Mentioned.size();
      for (Names::Id Name : *Found)
        Mentioned.push_back(Pool.text(Name).str());
      std::sort(Mentioned.begin() + Begin, Mentioned.end());
      Mentioned.push_back("");
    }
    Mentioned.push_back(C.HasAnnotation ? "annotates" : "");
    Mentioned.push_back(C.Whole.IsOpen ? "open" : "");
    break;
  }
  return cache::Hasher().add(digest(O)).addAll(Mentioned).finish();
}

namespace {

using File = IncludeGraph::File;

class Selector {
public:
  Selector(llvm::ArrayRef<command::SourceCommand> Inputs,
           const SelectionOptions &Options)
      : Inputs(Inputs), Options(Options), Graph(Options) {}

  Selection select();

private:
  /// A header in one context.
  struct Item {
    File Header;
    std::vector<unsigned> ShownBy; ///< candidates
    bool IsSeen = false;
  };
  /// Lists the headers, each in one context, that a candidate includes.
  struct Shown {
    std::vector<unsigned> Items;
    unsigned Unseen = 0; ///< of these
  };

  FileSet sources() const;
  void readCode();
  NameSet annotatingMacros() const;
  bool includesForNothing(File F) const;
  FileSet annotatingFiles() const;
  void findItems();
  void findContexts(const FileSet &Annotates);
  void choose(unsigned I, std::string Because);
  void cover();
  Selection result();

  llvm::ArrayRef<command::SourceCommand> Inputs;
  const SelectionOptions &Options;
  IncludeGraph Graph;
  std::vector<Candidate> Candidates;
  std::vector<Shown> Shows; ///< by candidate
  Mentions M;
  NameSet Annotating;
  std::vector<Item> Items;
  llvm::BitVector Chosen;
  std::vector<std::string> Why;
};

} // namespace

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

FileSet Selector::sources() const {
  FileSet Result(Graph.size());
  for (unsigned I = 0; I != Graph.familyCount(); ++I)
    for (File F : Graph.family(I).Sources)
      Result.set(F);
  return Result;
}

void Selector::readCode() {
  M.InCode.resize(Graph.size());
  FileSet Wanted(Graph.size());
  for (const Candidate &C : Candidates)
    Wanted.set(C.Source);
  FileSet Sources = sources();
  for (unsigned I = 0; I != Graph.familyCount(); ++I)
    for (const auto &[F, V] : Graph.family(I).Views)
      if (!Sources.test(F))
        Wanted.set(F);
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Options.Jobs));
  for (File F : Wanted.set_bits())
    Pool.async([this, F] {
      if (auto Buffer = Graph.read(F))
        M.InCode[F] = select::readCode(Buffer->getBuffer(), Graph.names());
      M.InCode[F].HasAnnotation |= Graph.outline(F).Registers;
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
  for (unsigned I = 0; I != Graph.familyCount(); ++I)
    for (Names::Id Name : Graph.family(I).Named)
      M.DefinedByUsers.set(Name);
}

NameSet Selector::annotatingMacros() const {
  NameSet Result(Graph.names().size());
  for (Names::Id Name = 0; Name != Result.size(); ++Name)
    if (isOurs(Graph.names().text(Name)))
      Result.set(Name);
  bool HasGrown = true;
  auto Add = [&](const Outline &O) {
    for (const Outline::Definition &D : O.Definitions)
      if (!Result.test(D.Name) &&
          (D.Annotates ||
           llvm::any_of(D.Body.Tokens, [&](const Expression::Token &T) {
             return T.TheKind == Expression::Token::Name && Result.test(T.ID);
           }))) {
        Result.set(D.Name);
        HasGrown = true;
      }
  };
  while (std::exchange(HasGrown, false)) {
    for (File F = 0; F != Graph.size(); ++F)
      Add(Graph.outline(F));
    for (unsigned I = 0; I != Graph.familyCount(); ++I)
      Add(Graph.family(I).Predefines);
  }
  return Result;
}

/// Whether a file includes export.h but contains no annotation and no
/// annotation macro: it may assemble one from pieces.
bool Selector::includesForNothing(File F) const {
  const Outline &O = Graph.outline(F);
  return includesOurHeader(O) &&
         llvm::none_of(O.Definitions, [&](const Outline::Definition &D) {
           return Annotating.test(D.Name);
         });
}

/// A file without an include guard may be included several times with different
/// meanings: it is treated as part of its includer.
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
      for (const auto &[F, V] : Graph.family(I).Views) {
        bool Gets = llvm::any_of(V.Targets, [&](const auto &Targets) {
          return llvm::any_of(Targets, [&](File Target) {
            return Result.test(Target) && !Graph.outline(Target).IsGuarded;
          });
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

/// Finds the items of each candidate; chooses those without an alternative.
void Selector::findItems() {
  FileSet Annotates = annotatingFiles();
  for (Candidate &C : Candidates)
    if (C.Why.empty() && Annotates.test(C.Source))
      C.Why = Graph.outline(C.Source).Registers ? "it registers functions"
                                                : "it annotates functions";
  Shows.resize(Candidates.size());
  if (llvm::any_of(Candidates,
                   [](const Candidate &C) { return C.Why.empty(); }))
    findContexts(Annotates);
  for (const auto &[I, C] : llvm::enumerate(Candidates))
    if (!C.Why.empty())
      choose(I, C.Why);
}

void Selector::findContexts(const FileSet &Annotates) {
  std::map<std::pair<File, cache::Digest>, unsigned> Known;
  std::vector<std::optional<Contexts>> ByFamily(Graph.familyCount());
  for (const auto &[I, C] : llvm::enumerate(Candidates)) {
    std::optional<Contexts> &In = ByFamily[C.Family];
    if (!In)
      In.emplace(Graph, Graph.family(C.Family), M);
    FileSet Entered = In->enter(C.Source);
    Entered &= Annotates;
    Entered.reset(C.Source);
    for (File Header : Entered.set_bits()) {
      if (!Graph.outline(Header).IsGuarded)
        continue;
      auto [It, IsNew] =
          Known.try_emplace({Header, In->of(Header)}, Items.size());
      if (IsNew)
        Items.push_back({Header, {}, false});
      Items[It->second].ShownBy.push_back(I);
      Shows[I].Items.push_back(It->second);
    }
    Shows[I].Unseen = Shows[I].Items.size();
  }
}

void Selector::choose(unsigned I, std::string Because) {
  Chosen.set(Candidates[I].Input);
  Why[Candidates[I].Input] = std::move(Because);
  for (unsigned Shown : Shows[I].Items) {
    Item &Each = Items[Shown];
    if (std::exchange(Each.IsSeen, true))
      continue;
    for (unsigned Other : Each.ShownBy)
      --Shows[Other].Unseen;
  }
}

/// For each header that no selected source covers yet, selects the source that
/// covers most of them. Among equals, prefers the source with the name of the
/// header, which often has the definitions.
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
    auto Rank = [&](unsigned I) {
      return std::pair(Shows[I].Unseen,
                       llvm::sys::path::stem(Candidates[I].Path) == Stem);
    };
    unsigned Best = *std::max_element(
        Each->ShownBy.begin(), Each->ShownBy.end(),
        [&](unsigned A, unsigned B) { return Rank(A) < Rank(B); });
    std::string Header = shownPath(Graph.path(Each->Header), "", Options.Root);
    size_t Others = Each->ShownBy.size() - 1;
    choose(Best, "it includes " + Header +
                     (Others == 0   ? ""
                      : Others == 1 ? ", as one other source does"
                                    : ", as " + llvm::utostr(Others) +
                                          " other sources do"));
  }
}

Selection Selector::result() {
  Selection S;
  S.Asked = Graph.asked();
  for (Names::Id Name : Annotating.set_bits())
    S.Annotating.push_back(Graph.names().text(Name).str());
  llvm::sort(S.Annotating);
  FileSet Sources = sources(), Leading(Graph.size());
  for (const Candidate &C : Candidates)
    Leading.set(C.Source);
  // If every file that reaches an annotation is read, no other file matters.
  bool HasReadCode = !M.InCode.empty();
  auto Annotates = [&](Names::Id Name) { return Annotating.test(Name); };
  for (File F = 0; F != Graph.size(); ++F) {
    OutlineDepth Depth = !HasReadCode || (Sources.test(F) && !Leading.test(F))
                             ? OutlineDepth::Directives
                         : Sources.test(F) ? OutlineDepth::Source
                                           : OutlineDepth::Header;
    S.Files.push_back(
        {Graph.path(F).str(), Depth,
         digest(Graph.outline(F), HasReadCode ? M.InCode[F] : Code(), Depth,
                Graph.names(), Annotates)});
  }
  llvm::sort(S.Files, [](const OutlinedFile &A, const OutlinedFile &B) {
    return A.Path < B.Path;
  });
  S.IsChosen = std::move(Chosen);
  S.Why = std::move(Why);
  return S;
}

Selection Selector::select() {
  Candidates = findCandidates(Graph, Inputs, Options);
  Chosen.resize(Inputs.size());
  Why.resize(Inputs.size());
  if (Options.EverySource) {
    Shows.resize(Candidates.size());
    for (const auto &[I, C] : llvm::enumerate(Candidates))
      choose(I, C.Why.empty() ? "it comes to a file that annotates" : C.Why);
  } else if (!Candidates.empty()) {
    readCode();
    Annotating = annotatingMacros();
    findItems();
    cover();
  }
  return result();
}

Selection selectSources(llvm::ArrayRef<command::SourceCommand> Inputs,
                        const SelectionOptions &Options) {
  return Selector(Inputs, Options).select();
}

cache::Digest outlineDigest(StringRef Path, OutlineDepth Depth,
                            llvm::ArrayRef<std::string> Annotating,
                            llvm::ArrayRef<std::string> Registrars) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return "";
  StringRef Text = (*Buffer)->getBuffer();
  Names Pool;
  Outline O = outline(Text, Pool, RegistrarWords(Registrars));
  Code C;
  if (Depth != OutlineDepth::Directives) {
    C = readCode(Text, Pool);
    C.HasAnnotation |= O.Registers;
  }
  return digest(O, C, Depth, Pool, [&](Names::Id Name) {
    return llvm::binary_search(Annotating, Pool.text(Name)) ||
           isOurs(Pool.text(Name));
  });
}

} // namespace ilbridge::select

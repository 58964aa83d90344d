//===- Context.cpp - What a header means where it is included -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::native {

FileSet Contexts::enter(File NewSource) {
  Source = NewSource;
  Events.clear();
  EnteredAt.clear();
  FileSet Reached(Graph.size());
  std::vector<std::pair<File, size_t>> Stack; // a file and its next step
  auto Enter = [&](File F) {
    if (F == IncludeGraph::NotFound || Reached.test(F))
      return;
    Reached.set(F);
    EnteredAt[F] = Events.size();
    Events.push_back({F, std::nullopt});
    Stack.push_back({F, 0});
  };
  auto WalkAll = [&] {
    while (!Stack.empty()) {
      auto &[F, Next] = Stack.back();
      const Outline &O = Graph.outline(F);
      if (Next == O.Steps.size()) {
        Stack.pop_back();
        continue;
      }
      const Outline::Step &S = O.Steps[Next++];
      bool IsInclude = S.Kind == StepKind::Include;
      File Target =
          IsInclude ? In.Edges.lookup(F)[S.Which] : IncludeGraph::NotFound;
      // Conditions of headers are theirs, and the same in every source.
      if (F == Source || S.Kind == StepKind::Macro)
        Events.push_back({F, S, Target});
      Enter(Target);
    }
  };
  for (File Forced : In.ForcedFiles) {
    Enter(Forced);
    WalkAll();
  }
  Enter(Source);
  WalkAll();
  return Reached;
}

/// Every name that the text of \p F has.
void Contexts::addNames(File F, NameSet &To) const {
  const Outline &O = Graph.outline(F);
  for (const auto *Found : {&M.InCode[F].All, &M.InCode[F].InConditions})
    for (Names::Id Name : *Found)
      To.set(Name);
  for (const Outline::Definition &D : O.Definitions)
    for (Names::Id Name : D.Body)
      To.set(Name);
}

const Contexts::Reader &Contexts::reader(File Header) {
  auto [It, IsNew] = Readers.try_emplace(Header);
  Reader &R = It->second;
  if (!IsNew)
    return R;
  R.Closure = Graph.reachedFrom(In, Header);
  FileSet Goal(Graph.size());
  Goal.set(Header);
  R.Ancestors = Graph.reaching(In, Goal);
  R.Ancestors.reset(Header);

  size_t Count = M.DefinedByUsers.size();
  R.BySystem.resize(Count);
  NameSet InSystem(Count);
  for (File F : R.Closure.set_bits())
    addNames(F, Graph.isSystem(F) ? InSystem : R.BySystem);
  // Headers of the system take care of each other, and of the language.
  R.ByUser = R.BySystem;
  R.ByUser |= InSystem;
  R.ByUser &= M.DefinedByUsers;
  R.BySystem.reset(M.Keywords);
  return R;
}

/// Whether the event changes what \p R's header shows.
bool Contexts::matters(const Event &E, const Reader &R) const {
  if (R.Closure.test(E.In))
    return false;
  if (!E.Directive)
    return E.In != Source && R.Ancestors.test(E.In);
  switch (E.Directive->Kind) {
  case StepKind::Include:
    return E.In == Source && E.Target != IncludeGraph::NotFound &&
           R.Ancestors.test(E.Target);
  case StepKind::Macro:
    return (Graph.isSystem(E.In) ? R.BySystem : R.ByUser)
        .test(E.Directive->Which);
  case StepKind::If:
  case StepKind::Else:
  case StepKind::EndIf:
    return E.In == Source;
  }
  llvm_unreachable("not a step");
}

/// Adds the names that decide about definitions and includes that matter.
void Contexts::addDeciding(Reader &R, llvm::ArrayRef<Event> Before) const {
  llvm::DenseSet<File> Deciding;
  for (bool HasGrown = true; HasGrown;) {
    HasGrown = false;
    for (const Event &E : Before) {
      if (!matters(E, R) || !Deciding.insert(E.In).second)
        continue;
      HasGrown = true;
      for (Names::Id Name : Graph.outline(E.In).ConditionNames) {
        R.ByUser.set(Name);
        if (!Graph.isSystem(E.In))
          R.BySystem.set(Name);
      }
    }
  }
}

cache::Digest Contexts::of(File Header) {
  auto Before = llvm::ArrayRef(Events).take_front(EnteredAt.lookup(Header));
  Reader R = reader(Header);
  addDeciding(R, Before);

  std::vector<std::string> Parts;
  llvm::SmallVector<std::pair<size_t, bool>, 8>
      Open; // #ifs: their part, and whether
            // anything in them matters
  for (const Event &E : Before) {
    if (!matters(E, R))
      continue;
    std::string Part;
    if (!E.Directive || E.In != Source)
      Part = Graph.path(E.In).str();
    if (E.Directive)
      Part += "\n" + llvm::utohexstr(E.Directive->Text);
    bool IsCondition = E.Directive && E.In == Source &&
                       (E.Directive->Kind == StepKind::If ||
                        E.Directive->Kind == StepKind::Else ||
                        E.Directive->Kind == StepKind::EndIf);
    if (!IsCondition) {
      for (auto &[Begin, Matters] : Open)
        Matters = true;
    } else if (E.Directive->Kind == StepKind::If) {
      Open.push_back({Parts.size(), false});
    } else if (E.Directive->Kind == StepKind::EndIf && !Open.empty()) {
      auto [Begin, Matters] = Open.pop_back_val();
      if (!Matters) {
        Parts.resize(Begin);
        continue;
      }
    }
    Parts.push_back(std::move(Part));
  }
  return cache::Hasher().addAll(Parts).finish();
}

} // namespace ilbridge::native

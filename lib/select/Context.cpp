//===- Context.cpp - The context of a header ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::select {

FileSet Contexts::enter(File NewSource) {
  Source = NewSource;
  Events.clear();
  Entered.clear();
  FileSet Reached(Graph.size());
  struct Frame {
    File F;
    size_t Next; ///< step
  };
  std::vector<Frame> Stack;
  auto Enter = [&](File F, bool IsCertain) {
    if (F == IncludeGraph::NotFound)
      return;
    if (Reached.test(F)) {
      // So far, a condition that need not be true may have prevented the
      // inclusion.
      Entry &Earlier = Entered[F];
      if (Earlier.IsCertain || Graph.isSystem(F))
        return;
      findEffects(F);
      Earlier = {Events.size(), IsCertain, /*HasDoubt=*/true};
      Events.push_back({F, std::nullopt, {}, /*IsAgain=*/true});
      return;
    }
    Reached.set(F);
    Entered[F] = {Events.size(), IsCertain, /*HasDoubt=*/!IsCertain};
    Events.push_back({F, std::nullopt, {}});
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
      size_t Number = Next++;
      const Outline::Step &S = O.Steps[Number];
      const IncludeGraph::View &V = In.Views.find(F)->second;
      bool IsCondition =
          S.Kind != StepKind::Include && S.Kind != StepKind::Macro;
      if (!IsCondition && !V.IsLive.test(Number))
        continue;
      llvm::ArrayRef<File> Targets;
      if (S.Kind == StepKind::Include)
        Targets = V.Targets[S.Which];
      // Conditions in headers are part of the headers, and the same in every
      // source.
      if (F == Source || S.Kind == StepKind::Macro)
        Events.push_back({F, S, Targets});
      bool IsCertain = Entered.lookup(F).IsCertain && Targets.size() == 1 &&
                       V.IsCertain.test(Number);
      for (File Target : llvm::reverse(Targets))
        Enter(Target, IsCertain);
    }
  };
  for (File Forced : In.Forced) {
    Enter(Forced, /*IsCertain=*/true);
    WalkAll();
  }
  Enter(Source, /*IsCertain=*/true);
  WalkAll();
  return Reached;
}

/// Adds every name in the text of \p F.
void Contexts::addNames(File F, NameSet &To) const {
  const Outline &O = Graph.outline(F);
  for (const auto *Found : {&M.InCode[F].All, &M.InCode[F].InConditions})
    for (Names::Id Name : *Found)
      To.set(Name);
  for (const Outline::Definition &D : O.Definitions)
    for (const Expression::Token &T : D.Body.Tokens)
      if (T.TheKind == Expression::Token::Name)
        To.set(T.ID);
}

static bool anyIn(llvm::ArrayRef<Names::Id> Found, const NameSet &In) {
  return llvm::any_of(Found, [&](Names::Id Name) { return In.test(Name); });
}

/// A header may use declarations of files that are included before it.
void Contexts::addProviders(Reader &R) const {
  R.Needs.resize(M.DefinedByUsers.size());
  R.Providers.resize(Graph.size());
  for (File F : R.Closure.set_bits())
    if (!Graph.isSystem(F))
      for (Names::Id Name : M.InCode[F].Needs)
        R.Needs.set(Name);
  for (File F : R.Closure.set_bits())
    for (Names::Id Name : M.InCode[F].Declares)
      R.Needs.reset(Name);
  R.Needs.reset(M.Keywords);
  for (const auto &[F, V] : In.Views)
    if (!Graph.isSystem(F) &&
        (M.InCode[F].Whole.IsOpen || anyIn(M.InCode[F].Provides, R.Needs)))
      R.Providers.set(F);
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
  // Headers of the system only depend on each other and on the language.
  R.ByUser = R.BySystem;
  R.ByUser |= InSystem;
  R.ByUser &= M.DefinedByUsers;
  R.BySystem.reset(M.Keywords);
  addProviders(R);
  R.Meaning = meaning(R.Closure);
  R.AsksForHeaders = llvm::any_of(R.Closure.set_bits(),
                                  [&](File F) { return asksForHeaders(F); });
  return R;
}

/// Returns a digest that is equal for equal files with the same includes, in
/// any family.
cache::Digest Contexts::meaning(const FileSet &Closure) const {
  std::vector<std::string> Parts;
  for (File F : Closure.set_bits()) {
    const IncludeGraph::View &V = In.Views.find(F)->second;
    std::string Part = Graph.path(F).str();
    for (unsigned I = 0; I != V.IsLive.size(); ++I)
      Part += V.IsCertain.test(I) ? '+' : V.IsLive.test(I) ? '?' : '-';
    for (const auto &Targets : V.Targets) {
      Part += "\n";
      for (File Target : Targets)
        Part += " " + llvm::utostr(Target);
    }
    Parts.push_back(std::move(Part));
  }
  llvm::sort(Parts);
  return cache::Hasher().addAll(Parts).finish();
}

/// Returns the macros that \p R depends on and that the command or the compiler
/// defines. Each string is the name and a digest of the definition.
std::vector<std::string> Contexts::predefines(const Reader &R) const {
  std::vector<std::string> Result;
  for (const Outline::Step &S : In.Predefines.Steps)
    if (S.Kind == StepKind::Macro &&
        (R.ByUser.test(S.Which) || R.BySystem.test(S.Which)))
      Result.push_back(Graph.names().text(S.Which).str() + " " +
                       llvm::utohexstr(S.Text));
  return Result;
}

void Contexts::findEffects(File F) {
  auto [It, IsNew] = EffectsOf.try_emplace(F);
  if (!IsNew)
    return;
  Effects &X = It->second;
  X.Files = Graph.reachedFrom(In, F);
  X.ByUser.resize(M.DefinedByUsers.size());
  X.BySystem.resize(M.DefinedByUsers.size());
  for (File Each : X.Files.set_bits())
    for (const Outline::Step &S : Graph.outline(Each).Steps)
      if (S.Kind == StepKind::Macro)
        (Graph.isSystem(Each) ? X.BySystem : X.ByUser).set(S.Which);
}

/// Whether the event changes the meaning of \p R's header.
bool Contexts::matters(const Event &E, const Reader &R) const {
  if (R.Closure.test(E.In))
    return false;
  if (E.IsAgain) {
    const Effects &X = EffectsOf.find(E.In)->second;
    return X.Files.anyCommon(R.Ancestors) || X.Files.anyCommon(R.Providers) ||
           X.ByUser.anyCommon(R.ByUser) || X.BySystem.anyCommon(R.BySystem);
  }
  if (!E.Directive)
    return E.In != Source && (R.Ancestors.test(E.In) || R.Providers.test(E.In));
  switch (E.Directive->Kind) {
  case StepKind::Include:
    return E.In == Source && llvm::any_of(E.Targets, [&](File Target) {
             return R.Ancestors.test(Target);
           });
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

/// Adds the names that determine relevant definitions and includes.
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

/// The source's own code before the #include that reaches the header, if it can
/// affect the header; if in doubt, before each such #include.
std::string Contexts::codeBefore(llvm::ArrayRef<Event> Before, const Reader &R,
                                 bool HasDoubt) const {
  std::string Result;
  for (const Event &E : llvm::reverse(Before)) {
    if (E.In != Source || !E.Directive ||
        E.Directive->Kind != StepKind::Include)
      continue;
    if (HasDoubt && llvm::none_of(E.Targets, [&](File Target) {
          return R.Ancestors.test(Target);
        }))
      continue;
    const Code &C = M.InCode[Source];
    bool HasAll = C.Includes.size() == Graph.outline(Source).Includes.size();
    const CodeBefore &Stands =
        HasAll ? C.Includes[E.Directive->Which] : C.Whole;
    if (Stands.IsOpen || anyIn(Stands.Names, R.Needs))
      Result += llvm::utohexstr(Stands.Digest) + " ";
    if (!HasDoubt)
      break;
  }
  return Result;
}

cache::Digest Contexts::of(File Header) {
  Entry Where = Entered.lookup(Header);
  // If it is not certain that the header is entered, all events may precede it.
  auto Before = llvm::ArrayRef(Events).take_front(
      Where.IsCertain ? Where.At : Events.size());
  Reader R = reader(Header);
  // If the header cannot have been entered before, the chain of includes that
  // reaches it makes no difference.
  if (!Where.HasDoubt)
    R.Ancestors.reset();
  else
    R.Ancestors.set(Header);
  addDeciding(R, Before);

  std::vector<std::string> Parts;
  llvm::SmallVector<std::pair<size_t, bool>, 8>
      Open; // #ifs: their part, and whether
            // anything in them matters
  for (const Event &E : Before) {
    if (!matters(E, R))
      continue;
    R.AsksForHeaders |= asksForHeaders(E.In);
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
  // Conditions around it that are certainly true make no difference either.
  for (; !Where.HasDoubt && !Open.empty() && !Open.back().second;
       Open.pop_back())
    Parts.resize(Open.back().first);
  std::vector<std::string> Folders;
  if (R.AsksForHeaders)
    for (const auto *Some : {&In.Setup.Quoted, &In.Setup.Angled})
      for (const CommandSetup::Folder &F : *Some)
        Folders.push_back(F.Path);
  return cache::Hasher()
      .add(In.Setup.Options)
      .addAll(Folders)
      .add(R.Meaning)
      .addAll(predefines(R))
      .add(codeBefore(Before, R, Where.HasDoubt))
      .addAll(Parts)
      .finish();
}

} // namespace ilbridge::select

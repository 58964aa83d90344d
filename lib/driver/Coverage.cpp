//===- Coverage.cpp - What a run has compared -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"
#include "ilbridge/match/Layouts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

namespace ilbridge::driver {

/// Returns why a value was not compared: the exact reason, and the kind of
/// reason that several values share.
static std::pair<std::string, std::string> reason(const Variation *Why) {
  return {match::whyNotCompared(Why),
          !Why ? "headers that do not compile for it"
          : Why->IsOfSystem
              ? "types of the C library"
              : "declarations that depend on macros of the target"};
}

Coverage::Coverage(llvm::ArrayRef<const match::Matching *> Matchings,
                   bool WithPresets) {
  for (const match::Matching *M : Matchings) {
    for (const match::ComparedTarget &T : M->Targets)
      if ((WithPresets || T.IsConfigured) &&
          llvm::none_of(Targets, [&](const Target &Known) {
            return Known.Name == T.Target.Name;
          }))
        Targets.push_back({T.Target.Name, T.IsConfigured});
    for (const std::vector<match::Binding> *List :
         {&M->Bindings, &M->Registered, &M->Disagreeing})
      for (const match::Binding &B : *List)
        add(*M, B);
    for (const auto *List : {&M->Missing, &M->Undeclared})
      WithoutFunction.insert(List->begin(), List->end());
    for (const managed::Method *Import : M->Unread)
      for (BindingCoverage::OnTarget &On : binding(*Import).Targets) {
        auto [Why, Kind] = reason(nullptr);
        On.What = BindingCoverage::NotCompared;
        On.Why = Why;
        Kinds[Why] = Kind;
      }
  }
  // Index is only required while entries are added.
  std::vector<std::pair<const managed::Method *, size_t>> Order(Index.begin(),
                                                                Index.end());
  llvm::sort(Order, [&](const auto &A, const auto &B) {
    return std::tie(Bindings[A.second].Import.Member,
                    Bindings[A.second].Import.File) <
           std::tie(Bindings[B.second].Import.Member,
                    Bindings[B.second].Import.File);
  });
  std::vector<BindingCoverage> Sorted;
  for (auto &[M, I] : Order) {
    Index[M] = Sorted.size();
    Sorted.push_back(std::move(Bindings[I]));
  }
  Bindings = std::move(Sorted);
}

BindingCoverage &Coverage::binding(const managed::Method &M) {
  auto [It, IsNew] = Index.try_emplace(&M, Bindings.size());
  if (IsNew) {
    BindingCoverage &New = Bindings.emplace_back();
    New.Import = M.Where;
    for (const Target &T : Targets)
      New.Targets.push_back({T.Name, BindingCoverage::Agrees, ""});
  }
  return Bindings[It->second];
}

void Coverage::add(const match::Matching &M, const match::Binding &B) {
  BindingCoverage &C = binding(*B.Managed);
  if (C.Function.empty())
    llvm::raw_string_ostream(C.Function) << *B.Native;
  for (const auto &[T, State] : llvm::zip(M.Targets, B.OnTargets)) {
    auto On = llvm::find_if(C.Targets, [&](const auto &Each) {
      return Each.Target == T.Target.Name;
    });
    if (On == C.Targets.end())
      continue;
    auto What = State.What == match::TargetState::Differs
                    ? BindingCoverage::Differs
                : State.What == match::TargetState::NotCompared
                    ? BindingCoverage::NotCompared
                    : BindingCoverage::Agrees;
    if (What <= On->What)
      continue;
    On->What = What;
    On->Why.clear();
    if (What == BindingCoverage::NotCompared) {
      auto [Why, Kind] = reason(State.Why);
      On->Why = Why;
      Kinds[Why] = Kind;
    }
  }
}

const BindingCoverage *Coverage::of(const managed::Method &M) const {
  auto Found = Index.find(&M);
  return Found == Index.end() ? nullptr : &Bindings[Found->second];
}

/// "a", "a and b", "a, b and c"
static std::string enumerated(llvm::ArrayRef<std::string> Words) {
  std::string Text;
  for (const auto &[I, Word] : llvm::enumerate(Words))
    Text += (I == 0 ? "" : I + 1 == Words.size() ? " and " : ", ") + Word;
  return Text;
}

std::string Coverage::summary() const {
  // A difference on other targets does not count as a difference for this
  // project.
  auto Has = [&](const BindingCoverage &B, BindingCoverage::State S) {
    return llvm::any_of(llvm::zip_equal(Targets, B.Targets), [&](auto &&Pair) {
      return std::get<0>(Pair).IsConfigured && std::get<1>(Pair).What == S;
    });
  };
  size_t Differ = 0, Agree = 0;
  for (const BindingCoverage &B : Bindings) {
    Differ += Has(B, BindingCoverage::Differs);
    Agree += !Has(B, BindingCoverage::Differs) &&
             !Has(B, BindingCoverage::NotCompared);
  }
  // Targets are reported together if the same number of imports was not
  // compared on them for the same reasons.
  using Gap = std::pair<size_t, std::set<std::string>>;
  std::vector<std::pair<Gap, std::vector<std::string>>> Gaps;
  for (size_t I = 0; I != Targets.size(); ++I) {
    Gap Here;
    for (const BindingCoverage &B : Bindings)
      if (B.Targets[I].What == BindingCoverage::NotCompared) {
        ++Here.first;
        Here.second.insert(Kinds.at(B.Targets[I].Why));
      }
    if (!Here.first || !Targets[I].IsConfigured)
      continue;
    auto Same = llvm::find_if(
        Gaps, [&](const auto &Each) { return Each.first == Here; });
    if (Same == Gaps.end())
      Same = Gaps.insert(Gaps.end(), {Here, {}});
    Same->second.push_back(Targets[I].Name);
  }
  if (Gaps.empty())
    return "";
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  const size_t All = Bindings.size() + WithoutFunction.size();
  OS << All << (All == 1 ? " import: " : " imports: ") << Agree
     << (Agree == 1 ? " agrees" : " agree");
  if (Differ)
    OS << ", " << Differ << (Differ == 1 ? " differs" : " differ");
  if (size_t Count = WithoutFunction.size())
    OS << ", " << Count << (Count == 1 ? " has" : " have") << " no function";
  for (const auto &[Here, Names] : Gaps)
    OS << "; on " << enumerated(Names) << ' ' << Here.first << " not compared: "
       << enumerated(
              std::vector<std::string>(Here.second.begin(), Here.second.end()));
  return Text;
}

DiagnosticList Coverage::notCompared() const {
  DiagnosticList Findings;
  for (const BindingCoverage &B : Bindings) {
    std::map<std::string, std::vector<std::string>> ByReason;
    for (const auto &[T, On] : llvm::zip_equal(Targets, B.Targets))
      if (T.IsConfigured && On.What == BindingCoverage::NotCompared)
        ByReason[On.Why].push_back(T.Name);
    for (const auto &[Why, Names] : ByReason)
      Findings.add(diagnose(DiagnosticID::NotCompared, B.Import,
                            enumerated(Names), Why));
  }
  return Findings;
}

} // namespace ilbridge::driver

//===- BridgeGrowth.cpp - The cost of expanding generic methods -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   an instance that an assembly names ──round 1──▶ instances that its body
//   names ──round 2──▶ …
//
// A row counts for the first round in which a method requires it, and for the
// instance from which the expansion reached that method.
//
//===----------------------------------------------------------------------===//

#include "ListBridges.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "ilbridge/driver/Driver.h"
#include "llvm/ADT/STLExtras.h"

namespace json = llvm::json;
using namespace ilbridge::hybridclr;

namespace ilbridge::driver {
namespace {

class GrowthLister {
public:
  GrowthLister(BridgeRequirements &N, const Rows &Tables);
  void print(llvm::raw_ostream &OS) const;
  json::Object toJSON() const;

private:
  struct Round {
    size_t Instances = 0;
    size_t Rows = 0;
  };
  struct Cause {
    std::string Method;
    size_t Rows = 0;
    unsigned FirstRound = ~0u, LastRound = 0;
  };
  uint32_t root(uint32_t Instance) const;
  void add(const FunctionRow &R);

  BridgeRequirements &N;
  std::vector<Round> Rounds;
  llvm::DenseMap<uint32_t, Cause> ByRoot;
  std::vector<Cause> Causes; ///< sorted by number of rows, largest first
};

} // namespace

GrowthLister::GrowthLister(BridgeRequirements &N, const Rows &Tables) : N(N) {
  for (uint32_t I = 0; I != N.Methods.instances().size(); ++I) {
    unsigned Number = N.Methods.origin(I).Round;
    if (Rounds.size() <= Number)
      Rounds.resize(Number + 1);
    ++Rounds[Number].Instances;
  }
  for (const std::vector<FunctionRow> *Table :
       {&Tables.M2N, &Tables.N2M, &Tables.AdjustThunk})
    for (const FunctionRow &R : *Table)
      add(R);
  for (auto &[Root, C] : ByRoot) {
    C.Method = N.Methods.name(N.Methods.instances()[Root]);
    Causes.push_back(std::move(C));
  }
  llvm::sort(Causes, [](const Cause &A, const Cause &B) {
    return std::tie(B.Rows, A.Method) < std::tie(A.Rows, B.Method);
  });
}

uint32_t GrowthLister::root(uint32_t Instance) const {
  while (N.Methods.origin(Instance).Round)
    Instance = N.Methods.origin(Instance).Cause;
  return Instance;
}

void GrowthLister::add(const FunctionRow &R) {
  std::optional<uint32_t> First;
  for (uint32_t Requirement : R.Methods) {
    uint32_t I = N.OfMethods[Requirement].Instance;
    if (!First || N.Methods.origin(I).Round < N.Methods.origin(*First).Round)
      First = I;
  }
  if (!First)
    return; // required by a callback or a reservation
  unsigned Number = N.Methods.origin(*First).Round;
  ++Rounds[Number].Rows;
  if (Number == 0)
    return;
  Cause &C = ByRoot[root(*First)];
  ++C.Rows;
  C.FirstRound = std::min(C.FirstRound, Number);
  C.LastRound = std::max(C.LastRound, Number);
}

void GrowthLister::print(llvm::raw_ostream &OS) const {
  for (size_t I = 0; I != Rounds.size(); ++I)
    OS << "round  " << I << "  " << Rounds[I].Instances << " instances  "
       << Rounds[I].Rows << " rows\n";
  constexpr size_t Shown = 20;
  size_t Others = 0;
  for (size_t I = 0; I != Causes.size(); ++I) {
    const Cause &C = Causes[I];
    if (I >= Shown) {
      Others += C.Rows;
      continue;
    }
    OS << "cause  " << oneLine(C.Method) << "  " << C.Rows << " rows  ";
    if (C.FirstRound == C.LastRound)
      OS << "round " << C.FirstRound << '\n';
    else
      OS << "rounds " << C.FirstRound << " to " << C.LastRound << '\n';
  }
  if (Causes.size() > Shown)
    OS << "and " << Causes.size() - Shown << " more causes of " << Others
       << " rows\n";
}

json::Object GrowthLister::toJSON() const {
  json::Array OfRounds, OfCauses;
  for (const Round &R : Rounds)
    OfRounds.push_back(
        json::Object{{"instances", R.Instances}, {"rows", R.Rows}});
  for (const Cause &C : Causes)
    OfCauses.push_back(json::Object{{"method", C.Method},
                                    {"rows", C.Rows},
                                    {"first_round", C.FirstRound},
                                    {"last_round", C.LastRound}});
  return json::Object{{"rounds", std::move(OfRounds)},
                      {"causes", std::move(OfCauses)}};
}

json::Object bridgeGrowth(BridgeRequirements &N, const Rows &Tables) {
  return GrowthLister(N, Tables).toJSON();
}

ExitStatus listBridgeGrowth(Session &S, Console &C) {
  Run R(S, C);
  Bridges *B = R.bridges();
  if (!B)
    return R.status();
  emit::HybridCLRTables Tables = makeTables(R, *B);
  GrowthLister L(B->requirements(), Tables.rows());
  if (C.Format == OutputFormat::JSON)
    C.Out << llvm::formatv("{0:2}\n",
                           json::Value(json::Object{{"growth", L.toJSON()}}));
  else
    L.print(C.Out);
  return R.finishData();
}

} // namespace ilbridge::driver

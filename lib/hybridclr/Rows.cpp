//===- Rows.cpp - Rows of bridge tables, by their keys --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/Rows.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace ilbridge::hybridclr {

//===----------------------------------------------------------------------===//
// Values that can be passed
//===----------------------------------------------------------------------===//

static Location where(BridgeRequirements &N, const MethodInstance &I) {
  return {N.Methods.locate(I.Method).Assembly->path(),
          {},
          N.Methods.name({I.Method})};
}

/// Returns the ABI class in \p Signature that cannot be passed, if there is
/// one.
static std::optional<ABIClass> problem(BridgeRequirements &N,
                                       ABIClassList Signature) {
  for (ABIClass V : N.Types.classes(Signature))
    if (V.isUnresolved() ||
        (V.isStruct() && !N.Types.structure(V).Problem.empty()))
      return V;
  return std::nullopt;
}

namespace {

/// Methods that need layouts of reference assemblies. The cause is the assembly
/// that the user specified, so there is one finding for each such assembly and
/// each assembly that needs it.
class WithoutLayout {
public:
  explicit WithoutLayout(BridgeRequirements &N) : N(N) {}
  void add(const std::string &Reference, const MethodInstance &I,
           ABIClass Struct) {
    const managed::Assembly &User = *N.Methods.locate(I.Method).Assembly;
    ByName[{Reference, User.path(), User.name()}].push_back(
        "'" + N.Methods.name(I) + "' needs that of '" + N.Types.name(Struct) +
        "'");
  }
  void report(DiagnosticList &Findings) const {
    for (const auto &[Names, Notes] : ByName) {
      const auto &[Reference, Path, User] = Names;
      Diagnostic &D =
          Findings.add(diagnose(DiagnosticID::ReferenceAssembly,
                                Location{Path, {}, {}}, Reference, User));
      for (const std::string &Each : Notes)
        D.note({Path, {}, {}}, Each);
    }
  }

private:
  BridgeRequirements &N;
  std::map<std::tuple<std::string, std::string, std::string>,
           std::vector<std::string>>
      ByName;
};

} // namespace

std::vector<bool> checkSignatures(BridgeRequirements &N,
                                  DiagnosticList &Findings) {
  struct State {
    bool IsKnown = false;
    std::optional<ABIClass> Problem;
  };
  std::vector<State> States(N.Types.listCount());
  auto Check = [&](ABIClassList Signature) {
    State &S = States[static_cast<uint32_t>(Signature)];
    if (!S.IsKnown)
      S = {true, problem(N, Signature)};
    return S.Problem;
  };
  WithoutLayout Unknown(N);
  for (const MethodRequirement &M : N.OfMethods) {
    std::optional<ABIClass> V = Check(M.Signature);
    if (!V)
      continue;
    const MethodInstance &I = N.Methods.instances()[M.Instance];
    Location Where = where(N, I);
    if (V->isUnresolved()) {
      const SharedTypes::Unresolved &U = N.Types.unresolved(*V);
      Findings.add(diagnose(DiagnosticID::UnresolvedReference, Where, U.Type,
                            Where.Member, U.Problem));
    } else if (const Structure &S = N.Types.structure(*V);
               !S.Reference.empty()) {
      Unknown.add(S.Reference, I, *V);
    } else {
      Findings.add(diagnose(DiagnosticID::UnbridgeableType, Where,
                            N.Methods.name(I), N.Types.name(*V), S.Problem));
    }
  }
  Unknown.report(Findings);
  for (const CallbackRequirement &C : N.OfCallbacks)
    Check(C.Signature);
  for (const CallRequirement &C : N.OfCalls)
    Check(C.Signature);
  for (const ReservedBridge &R : N.Reserved)
    Check(R.Signature);
  std::vector<bool> Result;
  for (const State &S : States)
    Result.push_back(!S.Problem);
  return Result;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

namespace {

/// The rows of one table during their collection. Most signatures have a row
/// already, so rows are looked up by the number of the signature, and not by
/// key.
template <typename Row> class Table {
public:
  explicit Table(Naming &Names) : Names(Names) {}

  /// \returns null if the signature has no bridge.
  Row *row(ABIClassList Signature,
           std::optional<std::optional<CallingConvention>> CC = {}) {
    char Letter = CC ? letter(*CC) : 0;
    auto [It, IsNew] =
        BySignature.try_emplace({static_cast<uint32_t>(Signature), Letter});
    if (!IsNew)
      return It->second;
    std::string Key;
    if (Letter && Names.For.HasReverseConventions)
      Key += Letter;
    if (!Names.appendTokens(Signature, Key))
      return nullptr;
    auto [OfKey, IsFirst] = ByKey.try_emplace(Key);
    Row &R = OfKey->second;
    if (IsFirst)
      R.Key = std::move(Key);
    R.Classes = Signature;
    if constexpr (requires { R.Convention; })
      R.Convention = *CC;
    return It->second = &R;
  }

  std::vector<Row> take(DiagnosticList &Findings,
                        llvm::function_ref<Location(const Row &)> Where) {
    std::vector<Row *> Sorted;
    for (auto &Each : ByKey)
      Sorted.push_back(&Each.second);
    llvm::sort(Sorted, [](Row *A, Row *B) { return A->Key < B->Key; });
    std::vector<Row> Rows;
    Rows.reserve(Sorted.size());
    for (Row *R : Sorted) {
      if (R->Key.size() > Names.For.MaxKey)
        Findings.add(diagnose(
            DiagnosticID::KeyTooLong, Where(*R), "'" + Where(*R).Member + "'",
            "the signature's key", R->Key.size(), Names.For.MaxKey));
      else
        Rows.push_back(std::move(*R));
    }
    return Rows;
  }

private:
  Naming &Names;
  llvm::StringMap<Row> ByKey;
  llvm::DenseMap<std::pair<uint32_t, char>, Row *> BySignature;
};

} // namespace

/// Returns true if the runtime has no table for a call. \p Findings gets the
/// calls that throw an exception.
static bool reportUncalled(const CallRequirement &C,
                           const runtime::BridgeDialect &D,
                           DiagnosticList &Findings) {
  if (C.IsImport && !D.CallsImports) {
    const runtime::BridgeDialect &Calling = runtime::firstBridgeDialect(
        [](const runtime::BridgeDialect &D) { return D.CallsImports; });
    Findings.add(diagnose(DiagnosticID::UnsupportedImport, C.Where, C.Name,
                          D.Versions, Calling.Name));
    return true;
  }
  if (!D.FunctionPointer.empty())
    return false;
  // A pointer to a managed function is called like the method itself.
  if (C.Convention) {
    const runtime::BridgeDialect &Calling =
        runtime::firstBridgeDialect([](const runtime::BridgeDialect &D) {
          return !D.FunctionPointer.empty();
        });
    Findings.add(diagnose(
        DiagnosticID::UnsupportedCalli, C.Where, C.Name,
        "HybridCLR " + D.Versions +
            " cannot call unmanaged function pointers, and HybridCLR " +
            Calling.Name + " does"));
  }
  return true;
}

void fillRows(Rows &Out, const BridgeRequirements &N, Naming &Names,
              DiagnosticList &Findings) {
  Table<FunctionRow> OfM2N(Names), OfN2M(Names), OfThunks(Names);
  for (uint32_t I = 0; I != N.OfMethods.size(); ++I) {
    const MethodRequirement &M = N.OfMethods[I];
    if (!Names.covers(M))
      continue;
    auto Add = [&](Table<FunctionRow> &T) {
      if (FunctionRow *R = T.row(M.Signature))
        R->Methods.push_back(I);
    };
    if (M.Tables & hybridclr::M2N)
      Add(OfM2N);
    if (M.Tables & (hybridclr::N2M | OpenN2M))
      Add(OfN2M);
    if (M.Tables & hybridclr::AdjustThunk)
      Add(OfThunks);
  }
  Table<ReverseRow> OfReverse(Names);
  for (uint32_t I = 0; I != N.OfCallbacks.size(); ++I) {
    const CallbackRequirement &C = N.OfCallbacks[I];
    if (FunctionRow *R = OfN2M.row(C.Signature))
      R->Callbacks.push_back(I);
    if (ReverseRow *R = OfReverse.row(C.Signature, C.Convention)) {
      R->Callbacks.push_back(I);
      R->Count += C.Wrappers;
    }
  }
  for (uint32_t I = 0; I != N.Reserved.size(); ++I) {
    const ReservedBridge &B = N.Reserved[I];
    const std::pair<Table<FunctionRow> *, uint8_t> All[] = {
        {&OfM2N, hybridclr::M2N},
        {&OfN2M, hybridclr::N2M},
        {&OfThunks, hybridclr::AdjustThunk}};
    for (auto [T, Bit] : All)
      if (B.Tables & Bit)
        if (FunctionRow *R = T->row(B.Signature))
          R->Reserved.push_back(I);
  }
  Table<CallRow> OfCalls(Names);
  for (uint32_t I = 0; I != N.OfCalls.size(); ++I) {
    const CallRequirement &C = N.OfCalls[I];
    if (reportUncalled(C, Names.For, Findings))
      continue;
    if (CallRow *R = OfCalls.row(C.Signature, C.Convention))
      R->Calls.push_back(I);
  }

  auto OfFunction = [&](const FunctionRow &R) {
    if (R.Methods.empty())
      return R.Callbacks.empty() ? N.Reserved[R.Reserved.front()].Where
                                 : N.OfCallbacks[R.Callbacks.front()].Where;
    const MethodInstance &I =
        N.Methods.instances()[N.OfMethods[R.Methods.front()].Instance];
    return Location{
        N.Methods.locate(I.Method).Assembly->path(), {}, N.Methods.name(I)};
  };
  Out.M2N = OfM2N.take(Findings, OfFunction);
  Out.N2M = OfN2M.take(Findings, OfFunction);
  Out.AdjustThunk = OfThunks.take(Findings, OfFunction);
  Out.Reverse = OfReverse.take(Findings, [&](const ReverseRow &R) {
    return N.OfCallbacks[R.Callbacks.front()].Where;
  });
  Out.Calls = OfCalls.take(Findings, [&](const CallRow &R) {
    return N.OfCalls[R.Calls.front()].Where;
  });
}

} // namespace ilbridge::hybridclr

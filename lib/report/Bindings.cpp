//===- Bindings.cpp - The bindings of a report ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Writer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;

namespace ilbridge::report {

template <typename T> static std::string text(const T &Value) {
  std::string Text;
  llvm::raw_string_ostream(Text) << Value;
  return json::fixUTF8(Text);
}

/// Returns "[MarshalAs(lpstr)] out string".
static std::string declared(const managed::Parameter &P) {
  std::string Type = managed::csharpName(*P.Type);
  if (P.IsOut && P.Type->kind() == managed::TypeSig::ByRef &&
      llvm::StringRef(Type).starts_with("ref "))
    Type = (P.IsIn ? "[In, Out] ref " : "out ") + Type.substr(4);
  if (P.Marshal)
    if (llvm::StringRef Name = managed::name(P.Marshal->Native); !Name.empty())
      Type = ("[MarshalAs(" + Name + ")] " + Type).str();
  return json::fixUTF8(Type);
}

/// Returns one letter for each target: a(grees), d(iffers), n(ot known); u if
/// no function was found.
static std::string states(const Binding &B,
                          llvm::ArrayRef<std::string> Targets) {
  std::string Letters(Targets.size(), B.Pair ? 'n' : 'u');
  if (!B.Compared)
    return Letters;
  for (const BindingCoverage::OnTarget &On : B.Compared->Targets)
    if (auto Found = llvm::find(Targets, On.Target); Found != Targets.end())
      Letters[Found - Targets.begin()] = word(On.What)[0];
  return Letters;
}

static unsigned rank(const Diagnostic &D) {
  return D.isKnown() ? 0 : D.Level == Severity::Error ? 2 : 1;
}

json::Array Writer::bindingRow(size_t I) {
  const Binding &B = C.Bindings[I];
  unsigned Worst = 0;
  llvm::SmallSetVector<size_t, 4> OfCauses;
  for (size_t F : FindingsOf[I]) {
    Worst = std::max(Worst, rank(C.Findings[F]));
    if (CauseOf[F])
      OfCauses.insert(*CauseOf[F]);
  }
  return json::Array{BindingNames[I],
                     managed::MethodKindWords[B.Managed->TheKind],
                     json::fixUTF8(B.Managed->Import.Library),
                     B.Pair ? text(*B.Pair->Native) : "",
                     Worst,
                     states(B, TargetNames),
                     json::Array(OfCauses.getArrayRef())};
}

/// Returns rows of [C# type, C# name, passed as, C++ type, C++ name]. The first
/// row is the result and has no names. Texts are empty on a side that has no
/// such value.
static json::Array values(const Binding &B) {
  json::Array Rows;
  auto Add = [&](const managed::Parameter *Mine, const Type *Passed,
                 llvm::StringRef Problem, const Value *Theirs) {
    Rows.push_back(json::Array{
        Mine ? declared(*Mine) : "", Mine ? json::fixUTF8(Mine->Name) : "",
        Passed ? json::fixUTF8(toString(*Passed)) : json::fixUTF8(Problem),
        Theirs ? json::fixUTF8(Theirs->Spelling) : "",
        Theirs ? json::fixUTF8(Theirs->Name) : ""});
  };
  const managed::Signature &Sig = B.Managed->Sig;
  if (!B.Pair) {
    Add(&Sig.Result, nullptr, "", nullptr);
    for (const managed::Parameter &P : Sig.Params)
      Add(&P, nullptr, "", nullptr);
    return Rows;
  }
  const match::Binding &Pair = *B.Pair;
  Add(Pair.Result.Managed ? Pair.Result.Managed : &Sig.Result,
      Pair.Result.Passed, Pair.Result.Problem, &Pair.Native->Result);
  for (size_t I = 0;
       I != std::max(Pair.Params.size(), Pair.Native->Params.size()); ++I) {
    const match::Argument *A =
        I < Pair.Params.size() ? &Pair.Params[I] : nullptr;
    Add(A ? A->Managed : nullptr, A ? A->Passed : nullptr,
        A ? A->Problem : llvm::StringRef(),
        I < Pair.Native->Params.size() ? &Pair.Native->Params[I] : nullptr);
  }
  return Rows;
}

json::Object Writer::bindingDetails(size_t I) {
  const Binding &B = C.Bindings[I];
  const managed::Method &M = *B.Managed;
  json::Object Managed{{"assembly", json::fixUTF8(M.Assembly)},
                       {"place", shownPlace(M.Where)}};
  if (M.TheKind == managed::Method::PInvoke) {
    Managed["library"] = json::fixUTF8(M.Import.Library);
    Managed["entry_point"] = json::fixUTF8(M.Import.EntryPoint);
    if (M.Import.Convention)
      Managed["convention"] = name(*M.Import.Convention);
  }
  json::Object O{{"managed", std::move(Managed)}, {"values", values(B)}};
  if (B.Pair) {
    const native::Export &E = *B.Pair->Native;
    O["native"] = json::Object{{"function", text(E)},
                               {"symbol", json::fixUTF8(E.Symbol)},
                               {"convention", name(E.StatedConvention)},
                               {"kind", native::name(E.Kind)},
                               {"place", shownPlace(E.Decl.Where)}};
  }
  if (B.Compared) {
    json::Object Why;
    for (const BindingCoverage::OnTarget &On : B.Compared->Targets)
      if (!On.Why.empty())
        Why[On.Target] = json::fixUTF8(On.Why);
    if (!Why.empty())
      O["why"] = std::move(Why);
  }
  if (!FindingsOf[I].empty())
    O["findings"] = json::Array(FindingsOf[I]);
  if (!RecordsOf[I].empty())
    O["types"] = json::Array(RecordsOf[I]);
  return O;
}

void Writer::bindings() {
  Table Rows("bindings", 2000, To), Details("binding-details", 250, To);
  for (size_t I = 0; I != C.Bindings.size(); ++I) {
    Rows.add(bindingRow(I), BindingNames[I]);
    Details.add(bindingDetails(I));
  }
  Tables["bindings"] = Rows.finish();
  Tables["binding-details"] = Details.finish();
}

/// Returns the number of bindings in each state for each target.
json::Object Writer::coverage() {
  std::map<std::pair<size_t, char>, size_t> Counts;
  for (const Binding &B : C.Bindings)
    for (const auto &[I, Letter] : llvm::enumerate(states(B, TargetNames)))
      ++Counts[{I, Letter}];
  json::Object All;
  for (size_t I = 0; I != TargetNames.size(); ++I)
    All[TargetNames[I]] = json::Object{{"agrees", Counts[{I, 'a'}]},
                                       {"differs", Counts[{I, 'd'}]},
                                       {"not_known", Counts[{I, 'n'}]},
                                       {"not_bound", Counts[{I, 'u'}]}};
  return All;
}

} // namespace ilbridge::report

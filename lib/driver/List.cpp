//===- List.cpp - `ilbridge list` -----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The text output has one entry per line, so that it can be searched and
// compared.
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"
#include "ListBridges.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;
using llvm::StringRef;

namespace ilbridge::driver {

static constexpr llvm::StringLiteral ListedWords[] = {
    "imports", "exports", "callbacks", "types", "methods", "bridges"};

llvm::ArrayRef<llvm::StringLiteral> listedWords() { return ListedWords; }

std::optional<Listed> listed(StringRef Word) {
  for (unsigned I = 0; I != std::size(ListedWords); ++I)
    if (ListedWords[I] == Word)
      return static_cast<Listed>(I);
  return std::nullopt;
}

namespace {

template <typename T> std::string text(const T &Value) {
  std::string Text;
  llvm::raw_string_ostream(Text) << Value;
  return Text;
}

/// The description of one listed thing: columns of text, properties of JSON.
class Lister {
public:
  Lister(Run &R, bool WithCoverage)
      : R(R), C(R.C), WithCoverage(WithCoverage) {}

  void list(Listed What);
  void finish();

private:
  void bind();
  void imports();
  void exports();
  void managedCalls();
  void callbacks();
  void types();
  void typesOf(managed::Assembly &A);
  void methods();
  void line(std::initializer_list<std::string> Columns);
  json::Object object(const managed::Method &M) const;
  void coverage(const BindingCoverage &B);

  Run &R;
  Console &C;
  bool WithCoverage;
  /// Functions by the method for which they are exported.
  struct Function {
    const native::Export *Export = nullptr;
    bool Agrees = false;
  };
  llvm::DenseMap<const managed::Method *, Function> Functions;
  size_t Problems = 0; ///< imports that differ or have no function
  json::Object All{{"version", 1}};
  json::Array *Current = nullptr;
  bool IsText = C.Format == OutputFormat::Text;
};

} // namespace

void Lister::line(std::initializer_list<std::string> Columns) {
  StringRef Separator;
  for (const std::string &Column : Columns) {
    if (Column.empty())
      continue;
    C.Out << Separator << oneLine(Column);
    Separator = "  ";
  }
  C.Out << '\n';
}

/// Pairs the two sides as `check` does for the project's outputs. A function is
/// listed as bound if it agrees with a method for one of them; `check` reports
/// why it does not agree for another one.
void Lister::bind() {
  if (!R.P.hasNativeSide())
    return;
  std::vector<const OutputSpec *> Outputs = R.S.compared();
  if (Outputs.empty())
    Outputs.push_back(nullptr);
  for (const OutputSpec *Output : Outputs) {
    const match::Matching &M = R.S.matching(Output);
    for (const match::Binding &B :
         llvm::concat<const match::Binding>(M.Bindings, M.Registered))
      Functions[B.Managed] = {B.Native, /*Agrees=*/true};
    for (const match::Binding &B : M.Disagreeing)
      Functions.try_emplace(B.Managed, Function{B.Native, /*Agrees=*/false});
  }
}

json::Object Lister::object(const managed::Method &M) const {
  return json::Object{
      {"assembly", M.Assembly},
      {"name", text(M)},
      {"result", toString(*M.Sig.Result.Type)},
      {"kind", managed::MethodKindWords[M.TheKind]},
  };
}

/// Prints one line for all targets with the same state.
void Lister::coverage(const BindingCoverage &B) {
  std::vector<std::pair<std::string, std::string>> Lines;
  for (const BindingCoverage::OnTarget &T : B.Targets) {
    std::string State = word(T.What).str();
    if (!T.Why.empty())
      State += ": " + T.Why;
    auto Same = llvm::find_if(
        Lines, [&](const auto &Each) { return Each.first == State; });
    if (Same == Lines.end())
      Lines.emplace_back(State, T.Target);
    else
      Same->second += ", " + T.Target;
  }
  for (const auto &[State, Targets] : Lines)
    C.Out << "  " << Targets << "  " << State << '\n';
}

static json::Array targets(const BindingCoverage &B) {
  json::Array All;
  for (const BindingCoverage::OnTarget &T : B.Targets) {
    json::Object O{{"target", T.Target}, {"state", word(T.What)}};
    if (!T.Why.empty())
      O["why"] = T.Why;
    All.push_back(std::move(O));
  }
  return All;
}

void Lister::imports() {
  bind();
  Coverage Covered = R.S.coverage();
  for (const managed::Method &M : R.S.model().Imports) {
    bool IsPInvoke = M.TheKind == managed::Method::PInvoke;
    auto [E, Agrees] = Functions.lookup(&M);
    Problems += R.P.hasNativeSide() && !(E && Agrees);
    std::string Function = E ? text(E->Decl.Where) + ": " + text(*E) : "";
    if (IsText) {
      std::string State = !R.P.hasNativeSide() ? ""
                          : !E                 ? "(not exported)"
                          : Agrees             ? Function
                                               : Function + "  (disagrees)";
      line({managed::MethodKindWords[M.TheKind].str(),
            "[" + M.Module + "]" + text(M),
            IsPInvoke ? M.Import.Library + "!" + M.Import.EntryPoint : "",
            State});
      if (const BindingCoverage *B = Covered.of(M); B && WithCoverage)
        coverage(*B);
      continue;
    }
    json::Object O = object(M);
    if (IsPInvoke) {
      O["library"] = M.Import.Library;
      O["entry_point"] = M.Import.EntryPoint;
    }
    if (E)
      O["function"] = Function;
    if (E && !Agrees)
      O["disagrees"] = true;
    if (const BindingCoverage *B = Covered.of(M); B && WithCoverage)
      O["targets"] = targets(*B);
    Current->push_back(std::move(O));
  }
}

void Lister::exports() {
  for (const native::Export *E : R.S.program().exports()) {
    if (IsText) {
      line({native::name(E->Kind).str(), text(*E), text(E->Decl.Where),
            E->ManagedName.empty() ? "" : "for " + E->ManagedName,
            E->Registered ? "registered by " + E->Registered->Registrar +
                                " at " + text(E->Registered->Where)
                          : ""});
      continue;
    }
    json::Object O{{"kind", native::name(E->Kind)},
                   {"function", text(*E)},
                   {"symbol", E->Symbol},
                   {"file", E->Decl.Where.File},
                   {"line", E->Decl.Where.Start.Line}};
    if (!E->ManagedName.empty())
      O["for"] = E->ManagedName;
    if (const std::optional<native::Registration> &By = E->Registered) {
      json::Object Line{{"by", By->Registrar},
                        {"file", By->Where.File},
                        {"line", By->Where.Start.Line}};
      if (!By->Runtime.empty())
        Line["runtime"] = By->Runtime;
      O["registered"] = std::move(Line);
    }
    Current->push_back(std::move(O));
  }
}

/// Lists the managed methods that native code calls.
void Lister::managedCalls() {
  for (const native::ManagedImport *I : R.S.program().imports()) {
    if (IsText) {
      line({"import", text(*I), text(I->Decl.Where), "for " + I->ManagedName,
            ""});
      continue;
    }
    Current->push_back(json::Object{{"kind", "import"},
                                    {"function", text(*I)},
                                    {"symbol", I->Symbol},
                                    {"file", I->Decl.Where.File},
                                    {"line", I->Decl.Where.Start.Line},
                                    {"for", I->ManagedName}});
  }
}

/// "entry point 'name', cdecl"
static std::string entryWords(const managed::UnmanagedEntry &E) {
  std::string Words = E.EntryPoint.empty()
                          ? "(no entry point)"
                          : "entry point '" + E.EntryPoint + "'";
  return E.Convention ? Words + ", " + name(*E.Convention).str() : Words;
}

void Lister::callbacks() {
  for (const managed::Callback &Each : R.S.model().Callbacks) {
    if (Each.Unmanaged) {
      if (IsText) {
        line({"unmanaged", "[" + Each.Target.Module + "]" + text(Each.Target),
              entryWords(*Each.Unmanaged)});
        continue;
      }
      json::Object O = object(Each.Target);
      O["kind"] = "unmanaged-callers-only";
      if (!Each.Unmanaged->EntryPoint.empty())
        O["entryPoint"] = Each.Unmanaged->EntryPoint;
      if (Each.Unmanaged->Convention)
        O["convention"] = name(*Each.Unmanaged->Convention);
      Current->push_back(std::move(O));
      continue;
    }
    std::string Delegate =
        Each.Delegate ? toString(*Each.Delegate) : std::string("(no delegate)");
    if (IsText) {
      line({"callback", "[" + Each.Target.Module + "]" + text(Each.Target),
            Delegate,
            Each.WrapperCount ? std::to_string(*Each.WrapperCount) + " wrappers"
                              : ""});
      continue;
    }
    json::Object O = object(Each.Target);
    O["kind"] = "callback";
    O["delegate"] = Delegate;
    if (Each.WrapperCount)
      O["wrappers"] = *Each.WrapperCount;
    Current->push_back(std::move(O));
  }
}

void Lister::typesOf(managed::Assembly &A) {
  for (ecma335::TypeDefRid Row : A->rows<ecma335::TypeDefRow>()) {
    llvm::Expected<managed::TypeDef *> D = R.S.assemblies().definition(A, Row);
    if (!D) {
      R.fail(D.takeError());
      continue;
    }
    StringRef Kind = managed::TypeDefKindWords[(*D)->TheKind];
    if (IsText)
      line({Kind.str(), "[" + A.name() + "]" + (*D)->fullName()});
    else
      Current->push_back(json::Object{
          {"assembly", A.name()}, {"name", (*D)->fullName()}, {"kind", Kind}});
  }
}

void Lister::types() {
  for (managed::Assembly *A : R.S.given()) {
    typesOf(*A);
    for (const auto &Module : A->modules())
      typesOf(*Module);
  }
}

void Lister::methods() {
  DiagnosticList Findings;
  for (managed::Assembly *A : R.S.given())
    managed::visitMethods(
        R.S.assemblies(), *A,
        [&](const managed::Method &M) {
          if (IsText) // written directly, because there may be very many
            C.Out << managed::MethodKindWords[M.TheKind] << "  ["
                  << oneLine(M.Module) << ']' << oneLine(M.Where.Member) << "  "
                  << oneLine(text(*M.Sig.Result.Type)) << '\n';
          else
            Current->push_back(object(M));
        },
        Findings);
  R.add(std::move(Findings));
}

void Lister::list(Listed What) {
  json::Array List;
  Current = &List;
  switch (What) {
  case Listed::Imports:
    imports();
    break;
  case Listed::Exports:
    exports();
    managedCalls();
    break;
  case Listed::Callbacks:
    callbacks();
    break;
  case Listed::Types:
    types();
    break;
  case Listed::Methods:
    methods();
    break;
  case Listed::Bridges:
    All["bridges"] = listBridges(R, IsText);
    return;
  }
  All[ListedWords[static_cast<unsigned>(What)]] = std::move(List);
}

void Lister::finish() {
  if (!IsText)
    C.Out << llvm::formatv("{0:2}\n", json::Value(std::move(All)));
  else
    R.offerReport(Problems);
}

ExitStatus list(Session &S, llvm::ArrayRef<Listed> What, bool WithCoverage,
                Console &C) {
  Run R(S, C);
  bool NeedsManaged = llvm::any_of(What, [](Listed Each) {
    return Each != Listed::Exports && Each != Listed::Bridges;
  });
  bool NeedsNative =
      llvm::any_of(What, [](Listed Each) { return Each != Listed::Bridges; });
  bool HasManaged = !NeedsManaged || R.loadManaged();
  bool HasNative = !NeedsNative || R.loadNative();
  bool HasInterpreted = !WithCoverage || R.succeeds(S.findInterpreted());
  if (!HasManaged || !HasNative || !HasInterpreted)
    return R.finishData();
  Lister L(R, WithCoverage);
  for (Listed Each : What)
    L.list(Each);
  L.finish();
  return R.finishData();
}

} // namespace ilbridge::driver

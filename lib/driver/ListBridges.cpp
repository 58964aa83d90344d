//===- ListBridges.cpp - Lists and explains bridge functions --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Explains an error message from a device: which signature a method has,
// whether the tables have a row for it, and if not, why.
//
//===----------------------------------------------------------------------===//

#include "ListBridges.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "ilbridge/runtime/BridgeDialect.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace json = llvm::json;
using llvm::StringRef;
using namespace ilbridge::hybridclr;

namespace ilbridge::driver {

emit::HybridCLRTables makeTables(Run &R, Bridges &B) {
  DiagnosticList Findings;
  auto Spec =
      llvm::find_if(R.P.Outputs, std::mem_fn(&OutputSpec::isMadeFromBridges));
  if (!R.P.Bridges.UnityProject.empty() && Spec != R.P.Outputs.end() &&
      !Spec->Options.has(emit::OutputOptionID::Dialect) &&
      !Spec->Options.has(emit::OutputOptionID::Abi))
    R.C.Err << "ilbridge: note: the Unity project does not say which version "
               "of HybridCLR it has; the bridges are those of "
            << runtime::newestBridgeDialect(/*IsClassic=*/false).Versions
            << '\n';
  emit::HybridCLRTables Tables = emit::makeHybridCLRTables(
      B.requirements(),
      Spec == R.P.Outputs.end() ? emit::OptionValues() : Spec->Options,
      Findings);
  R.add(std::move(Findings));
  return Tables;
}

std::vector<std::string> usersOf(BridgeRequirements &N, const FunctionRow &R) {
  std::vector<std::string> Users;
  for (uint32_t I : R.Methods)
    Users.push_back(
        N.Methods.name(N.Methods.instances()[N.OfMethods[I].Instance]));
  for (uint32_t I : R.Callbacks)
    Users.push_back(N.OfCallbacks[I].Name);
  for (uint32_t I : R.Reserved)
    Users.push_back(N.Reserved[I].Name);
  return Users;
}

//===----------------------------------------------------------------------===//
// The list
//===----------------------------------------------------------------------===//

namespace {

class BridgeLister {
public:
  BridgeLister(Run &R, Bridges &B, bool IsText)
      : N(B.requirements()), Out(R.C.Out), IsText(IsText), T(makeTables(R, B)) {
  }
  json::Object list();

private:
  void structs();
  void functions(StringRef Kind, const std::vector<FunctionRow> &Rows);
  void reverse();
  void calls();
  /// Text output shows some of the names, JSON all of them.
  void row(StringRef Kind, StringRef Key, std::vector<std::string> Users,
           json::Object More = {}, StringRef Detail = "");

  BridgeRequirements &N;
  llvm::raw_ostream &Out;
  bool IsText;
  emit::HybridCLRTables T;
  json::Object All;
};

} // namespace

void BridgeLister::row(StringRef Kind, StringRef Key,
                       std::vector<std::string> Users, json::Object More,
                       StringRef Detail) {
  constexpr size_t Shown = 3;
  llvm::sort(Users);
  Users.erase(llvm::unique(Users), Users.end());
  if (!IsText) {
    More["key"] = Key.str();
    More["needed_by"] = json::Array(Users);
    json::Value &Rows = All[Kind];
    if (Rows.kind() != json::Value::Array)
      Rows = json::Array();
    Rows.getAsArray()->push_back(std::move(More));
    return;
  }
  Out << Kind << "  " << oneLine(Key) << "  ";
  if (!Detail.empty())
    Out << oneLine(Detail) << "  ";
  size_t Count = std::min(Users.size(), Shown);
  Out << oneLine(llvm::join(llvm::ArrayRef(Users).take_front(Count), ", "));
  if (Users.size() > Count)
    Out << " and " << Users.size() - Count << " more";
  Out << '\n';
}

void BridgeLister::structs() {
  for (const StructuralTables::FullName &F : T.Structural->FullNames) {
    const Structure &S = N.Types.structure(F.Struct);
    std::string Fields;
    json::Array Names;
    llvm::ListSeparator Comma;
    for (const StructField &Field : S.Fields) {
      std::string Text = N.Types.name(Field.Type) + " " + Field.Name;
      Fields += (StringRef(Comma) + Text).str();
      Names.push_back(std::move(Text));
    }
    if (IsText) {
      Out << "struct  " << F.Token << "  " << oneLine(F.Name) << "  {"
          << oneLine(Fields) << "}\n";
      continue;
    }
    json::Value &Rows = All["structs"];
    if (Rows.kind() != json::Value::Array)
      Rows = json::Array();
    Rows.getAsArray()->push_back(json::Object{
        {"token", F.Token},
        {"full_name", F.Name},
        {"assembly", N.Types.instance(F.Struct).Definition->Assembly},
        {"fields", std::move(Names)}});
  }
}

void BridgeLister::functions(StringRef Kind,
                             const std::vector<FunctionRow> &Rows) {
  for (const FunctionRow &R : Rows)
    row(Kind, R.Key, usersOf(N, R));
}

void BridgeLister::reverse() {
  for (const ReverseRow &R : T.rows().Reverse) {
    std::vector<std::string> Users;
    uint64_t Needed = 0;
    for (uint32_t I : R.Callbacks) {
      const CallbackRequirement &C = N.OfCallbacks[I];
      Needed += C.IsMethod;
      Users.push_back(C.Name);
    }
    row("reverse", R.Key, std::move(Users),
        json::Object{{"needed", Needed}, {"reserved", R.Count}},
        llvm::formatv("{0} needed, {1} reserved", Needed, R.Count).str());
  }
}

void BridgeLister::calls() {
  for (const CallRow &R : T.rows().Calls) {
    std::vector<std::string> Users;
    for (uint32_t I : R.Calls)
      Users.push_back(N.OfCalls[I].Name);
    row("call", R.Key, std::move(Users));
  }
}

json::Object BridgeLister::list() {
  if (T.Structural)
    structs();
  functions("m2n", T.rows().M2N);
  functions("n2m", T.rows().N2M);
  functions("adjust", T.rows().AdjustThunk);
  reverse();
  calls();
  return std::move(All);
}

json::Object listBridges(Run &R, bool IsText) {
  Bridges *B = R.bridges();
  return B ? BridgeLister(R, *B, IsText).list() : json::Object();
}

//===----------------------------------------------------------------------===//
// One method
//===----------------------------------------------------------------------===//

/// Returns "Ns.Type::Method" from a message of the runtime or from a signature.
static std::string bareName(StringRef Text) {
  Text = Text.take_until([](char C) { return C == '('; }).rtrim();
  Text = Text.substr(Text.rfind(' ') + 1);
  size_t Scope = Text.rfind("::");
  if (Scope != StringRef::npos)
    return Text.str();
  // "Ns.Type.Method"
  auto [Type, Method] = Text.rsplit('.');
  return (Type + "::" + Method).str();
}

namespace {

class Explainer {
public:
  Explainer(Run &R, Bridges &B, StringRef Method)
      : R(R), N(B.requirements()), Wanted(bareName(Method)),
        T(makeTables(R, B)) {}
  /// \returns whether there is such a method.
  bool explain();

private:
  bool isWanted(const MethodInstance &I) const;
  bool explainMethods();
  bool explainHotUpdate();
  bool explainHidden();
  void suggest();
  llvm::raw_ostream &say() { return R.C.Out; }

  Run &R;
  BridgeRequirements &N;
  std::string Wanted;
  emit::HybridCLRTables T;
};

} // namespace

bool Explainer::isWanted(const MethodInstance &I) const {
  return N.Methods.name({I.Method}) == Wanted || N.Methods.name(I) == Wanted;
}

/// Returns the keys of the rows that the need of a method requires.
static std::string keysOf(const std::vector<FunctionRow> &Rows,
                          uint32_t Requirement) {
  std::string Keys;
  for (const FunctionRow &R : Rows)
    if (llvm::is_contained(R.Methods, Requirement))
      Keys += (Keys.empty() ? "" : ", ") + R.Key;
  return Keys;
}

bool Explainer::explainMethods() {
  constexpr unsigned MaxInstances = 10;
  unsigned Found = 0;
  struct Kind {
    uint8_t Bits;
    StringRef What;
    const std::vector<FunctionRow> &Rows;
  };
  const Kind Kinds[] = {{M2N, "interpreter → native", T.rows().M2N},
                        {N2M | OpenN2M, "native → interpreter", T.rows().N2M},
                        {AdjustThunk, "adjustor thunk", T.rows().AdjustThunk}};
  for (uint32_t I = 0; I != N.OfMethods.size(); ++I) {
    const MethodRequirement &Requirement = N.OfMethods[I];
    const MethodInstance &Instance =
        N.Methods.instances()[Requirement.Instance];
    if (!isWanted(Instance))
      continue;
    if (++Found > MaxInstances)
      continue;
    say() << N.Methods.name(Instance) << " passes ("
          << N.Types.names(Requirement.Signature) << "), result first\n";
    for (const Kind &K : Kinds) {
      if (!(Requirement.Tables & K.Bits))
        continue;
      std::string Keys = keysOf(K.Rows, I);
      say() << "  " << K.What << ": "
            << (!Keys.empty() ? Keys
                : Requirement.IsHidden
                    ? "none, because it is private or internal"
                    : "none; see the findings")
            << '\n';
    }
  }
  if (Found > MaxInstances)
    say() << "and " << Found - MaxInstances
          << " more; name one with its type arguments, as above\n";
  return Found;
}

bool Explainer::explainHotUpdate() {
  bool Found = false;
  auto Is = [&](StringRef Name) { return bareName(Name) == Wanted; };
  for (const ReverseRow &Row : T.rows().Reverse)
    for (uint32_t I : Row.Callbacks) {
      const CallbackRequirement &C = N.OfCallbacks[I];
      if (!Is(C.Name))
        continue;
      Found = true;
      say() << C.Name << " is a callback that passes ("
            << N.Types.names(C.Signature)
            << "), result first\n  reverse wrappers: " << Row.Key << ", "
            << Row.Count << " for " << Row.Callbacks.size()
            << " callbacks of this key\n";
    }
  for (const CallRow &Row : T.rows().Calls)
    for (uint32_t I : Row.Calls) {
      const CallRequirement &C = N.OfCalls[I];
      if (!Is(C.Name))
        continue;
      Found = true;
      say() << C.Name << " calls native code with ("
            << N.Types.names(C.Signature)
            << "), result first\n  function pointer call: " << Row.Key << '\n';
    }
  return Found;
}

/// Explains a method without a bridge, because hot-update code cannot call it.
bool Explainer::explainHidden() {
  for (const MethodInstance &I : N.Methods.instances())
    if (isWanted(I)) {
      say() << N.Methods.name(I)
            << " has no bridge: it is private or internal, and not generic, so "
               "no hot-update code can call it\n";
      return true;
    }
  return false;
}

void Explainer::suggest() {
  StringRef Method = StringRef(Wanted).rsplit("::").second;
  std::vector<std::string> Same;
  for (const MethodInstance &I : N.Methods.instances()) {
    std::string Name = N.Methods.name({I.Method});
    if (StringRef(Name).rsplit("::").second == Method)
      Same.push_back(std::move(Name));
  }
  llvm::sort(Same);
  Same.erase(llvm::unique(Same), Same.end());
  say() << "no method '" << Wanted << "' is in the assemblies";
  if (Same.empty()) {
    say() << "; a method of a hot-update assembly that is neither a callback "
             "nor a P/Invoke is interpreted and needs no bridge\n";
    return;
  }
  say() << "; these have its name:\n";
  constexpr size_t Shown = 10;
  for (const std::string &Name : llvm::ArrayRef(Same).take_front(Shown))
    say() << "  " << Name << '\n';
  if (Same.size() > Shown)
    say() << "  and " << Same.size() - Shown << " more\n";
}

bool Explainer::explain() {
  bool Found = explainMethods();
  Found |= explainHotUpdate();
  if (Found || explainHidden())
    return true;
  suggest();
  return false;
}

ExitStatus explainBridges(Session &S, StringRef Method, Console &C) {
  Run R(S, C);
  Bridges *B = R.bridges();
  if (!B)
    return R.status();
  if (!Explainer(R, *B, Method).explain())
    R.raise(ExitStatus::Findings);
  return R.finishData();
}

} // namespace ilbridge::driver

//===- Report.cpp - A project as one page ---------------------------------===//
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
namespace {
struct PageText {
  llvm::StringRef Name;
  llvm::StringRef Text;
};
} // namespace

/// The files in lib/report/page, in the order in which they are written.
static constexpr PageText Page[] = {
#include "ReportPage.inc"
};

Writer::Writer(const Content &C, const Options &O, Put To)
    : C(C), O(O), To(To), Lines(this->O) {
  for (const match::ComparedTarget &T : C.Targets)
    TargetNames.push_back(T.Target.Name);
  for (const Binding &B : C.Bindings) {
    std::string &Name = BindingNames.emplace_back();
    llvm::raw_string_ostream(Name) << *B.Managed;
    Name = json::fixUTF8(Name);
  }
}

/// Returns [file, line, column, member, text of the line].
json::Array Writer::place(const Location &Shown) {
  return json::Array{json::fixUTF8(Shown.File), Shown.Start.Line,
                     Shown.Start.Column, json::fixUTF8(Shown.Member),
                     Lines.at(Shown)};
}

json::Array Writer::shownPlace(Location L) {
  O.Shown(L);
  return place(L);
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

/// Assigns a finding to the binding whose member is the location of the finding
/// or of one of its notes.
void Writer::linkFindings() {
  llvm::StringMap<size_t> ByMember;
  for (const auto &[I, B] : llvm::enumerate(C.Bindings))
    if (!B.Managed->Where.Member.empty()) // empty in a manifest
      ByMember.try_emplace(B.Managed->Where.Member, I);
  FindingsOf.resize(C.Bindings.size());
  std::map<std::tuple<Location, llvm::StringRef>, size_t> ByCause;
  for (const auto &[I, D] : llvm::enumerate(C.Findings)) {
    auto Of = ByMember.find(D.Where.Member);
    for (const Note &N : D.Notes)
      if (Of == ByMember.end())
        Of = ByMember.find(N.Where.Member);
    BindingOf.push_back(std::nullopt);
    if (Of != ByMember.end()) {
      BindingOf.back() = Of->second;
      FindingsOf[Of->second].push_back(I);
    }
    CauseOf.push_back(std::nullopt);
    if (!D.Cause)
      continue;
    auto [It, IsNew] =
        ByCause.try_emplace({D.Cause->Where, D.Cause->Message}, Causes.size());
    if (IsNew)
      Causes.push_back({&D, 0});
    CauseOf.back() = It->second;
    ++Causes[It->second].Uses;
  }
}

static llvm::StringRef severity(const Diagnostic &D) {
  return D.isKnown()                  ? "known"
         : D.Level == Severity::Error ? "error"
                                      : "warning";
}

static json::Value index(std::optional<size_t> I) {
  return I ? json::Value(*I) : json::Value(nullptr);
}

/// Returns the targets on which the binding of a finding differs; empty if it
/// agrees.
json::Array Writer::targetsOf(size_t Finding) {
  json::Array All;
  if (!BindingOf[Finding])
    return All;
  const BindingCoverage *B = C.Bindings[*BindingOf[Finding]].Compared;
  for (size_t I = 0; B && I != TargetNames.size(); ++I)
    if (llvm::any_of(B->Targets, [&](const BindingCoverage::OnTarget &On) {
          return On.Target == TargetNames[I] &&
                 On.What == BindingCoverage::Differs;
        }))
      All.push_back(I);
  return All;
}

/// Returns the runtimes that a finding is about. Its message names them, unless
/// it is about all runtimes.
json::Array Writer::runtimesOf(const Diagnostic &D) {
  json::Array All;
  for (const auto &[I, Title] : llvm::enumerate(C.Runtimes))
    if (D.Message.find(Title) != std::string::npos)
      All.push_back(I);
  return All;
}

static json::Array fixes(llvm::ArrayRef<FixIt> Fixes) {
  json::Array All;
  for (const FixIt &F : Fixes)
    All.push_back(json::fixUTF8(F.Text));
  return All;
}

void Writer::findings() {
  Table Rows("findings", 1000, To);
  size_t Errors = 0, Warnings = 0, Known = 0;
  for (const auto &[I, D] : llvm::enumerate(C.Findings)) {
    (D.isKnown() ? Known : D.Level == Severity::Error ? Errors : Warnings)++;
    json::Array Notes;
    for (const Note &N : D.Notes)
      Notes.push_back(json::Array{json::fixUTF8(N.Message), place(N.Where),
                                  fixes(N.Fixes)});
    Rows.add(json::Array{diagnosticInfo(D.ID).Name, severity(D),
                         json::fixUTF8(D.Message), place(D.Where), targetsOf(I),
                         runtimesOf(D), index(CauseOf[I]), index(BindingOf[I]),
                         std::move(Notes), fixes(D.Fixes),
                         json::fixUTF8(D.KnownReason)});
  }
  Tables["findings"] = Rows.finish();
  Index["counts"] = json::Object{{"bindings", C.Bindings.size()},
                                 {"errors", Errors},
                                 {"warnings", Warnings},
                                 {"known", Known},
                                 {"structs", Records.size()}};
}

void Writer::causes() {
  Table Rows("causes", 1000, To);
  for (const Cause &Each : Causes)
    Rows.add(json::Array{json::fixUTF8(Each.First->Cause->Message),
                         place(Each.First->Cause->Where), Each.Uses,
                         severity(*Each.First)});
  Tables["causes"] = Rows.finish();
}

//===----------------------------------------------------------------------===//
// Structs
//===----------------------------------------------------------------------===//

void Writer::linkTypes() {
  llvm::DenseMap<const managed::Method *, size_t> ByMethod;
  for (const auto &[I, B] : llvm::enumerate(C.Bindings))
    ByMethod[B.Managed] = I;
  RecordsOf.resize(C.Bindings.size());
  std::set<std::pair<std::string, std::string>> Seen;
  for (const match::Layouts *In : C.Layouts)
    for (const match::RecordLayouts &R : In->Records) {
      // Outputs with different rules pass the same structs.
      if (!Seen.emplace(toString(*R.Managed) + "\n" +
                            R.Managed->Decl.Where.File,
                        toString(*R.Native))
               .second)
        continue;
      for (const managed::Method *M : R.Users)
        if (auto Found = ByMethod.find(M); Found != ByMethod.end())
          RecordsOf[Found->second].push_back(Records.size());
      Records.push_back({In, &R});
    }
}

void Writer::types() {
  Table Rows("types", 1000, To), Details("type-details", 100, To);
  for (const Record &R : Records) {
    std::string Letters(TargetNames.size(), 'n');
    for (const match::RecordLayouts::OnTargets &On : R.Of->Layouts)
      for (size_t I : On.Targets)
        if (auto Found = llvm::find(TargetNames, R.In->Targets[I].Target.Name);
            Found != TargetNames.end())
          Letters[Found - TargetNames.begin()] = state(*R.Of, On)[0];
    Rows.add(json::Array{json::fixUTF8(toString(*R.Of->Managed)),
                         json::fixUTF8(toString(*R.Of->Native)),
                         std::move(Letters), R.Of->Users.size()});
    Details.add(layouts(*R.Of, R.In->Targets, O.Shown));
  }
  Tables["types"] = Rows.finish();
  Tables["type-details"] = Details.finish();
}

//===----------------------------------------------------------------------===//
// Bridges
//===----------------------------------------------------------------------===//

void Writer::bridges() {
  if (!C.TheBridges)
    return;
  const Bridges &B = *C.TheBridges;
  constexpr size_t MostUsers = 50;
  auto Texts = [](llvm::ArrayRef<std::string> All) {
    json::Array A;
    for (const std::string &Each : All)
      A.push_back(json::fixUTF8(Each));
    return A;
  };
  Table Rows("bridges", 1000, To), Structs("bridge-structs", 1000, To);
  for (const BridgeRow &R : B.Rows)
    Rows.add(json::Array{R.Table, json::fixUTF8(R.Key), R.Users.size(),
                         Texts(llvm::ArrayRef(R.Users).take_front(MostUsers))});
  for (const Bridges::Struct &S : B.Structs)
    Structs.add(json::Array{json::fixUTF8(S.Name), json::fixUTF8(S.Assembly),
                            S.Token, S.Rows, Texts(S.Fields)});
  Tables["bridges"] = Rows.finish();
  Tables["bridge-structs"] = Structs.finish();
  json::Array Sharing;
  for (const Bridges::Sharing &S : B.OnTargets)
    Sharing.push_back(json::Array{S.Target, S.Functions});
  Index["bridges"] = json::Object{{"functions", B.Functions},
                                  {"sharing", std::move(Sharing)},
                                  {"growth", json::Object(B.Growth)}};
}

//===----------------------------------------------------------------------===//
// All
//===----------------------------------------------------------------------===//

json::Object Writer::write() {
  linkFindings();
  linkTypes();
  bindings();
  findings();
  causes();
  types();
  bridges();
  json::Array Targets;
  for (const match::ComparedTarget &T : C.Targets)
    Targets.push_back(
        json::Object{{"name", T.Target.Name}, {"configured", T.IsConfigured}});
  Index["version"] = 1;
  Index["program"] = "ilbridge " ILBRIDGE_VERSION;
  Index["targets"] = std::move(Targets);
  Index["runtimes"] = json::Array(C.Runtimes);
  Index["coverage"] = coverage();
  Index["tables"] = std::move(Tables);
  return std::move(Index);
}

void write(const Content &C, const Options &O, Put To) {
  json::Object Index = Writer(C, O, To).write();
  To("data/index.js",
     "ilbridge.index(" + scriptText(std::move(Index)) + ");\n");
  for (const PageText &Each : Page)
    To(Each.Name, Each.Text);
}

} // namespace ilbridge::report

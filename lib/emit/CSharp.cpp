//===- CSharp.cpp - The `csharp` backend ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   exports ─▶ proposals ─▶ compared as `check` would ─▶ those that agree
//                  ▲                  │
//                  └── plainer form ──┘ of those that do not
//
// The comparison decides which declarations are correct, so this backend
// contains no rules of runtimes or targets. If no form of a function is
// correct, a finding names the function.
//
//===----------------------------------------------------------------------===//

#include "CSharpComment.h"
#include "CSharpForms.h"
#include "CSharpText.h"
#include "CxxType.h"
#include "ilbridge/emit/Backend.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using llvm::StringRef;

namespace ilbridge::emit {

using managed::Method;
using native::Export;

/// The file name in the locations of proposals.
static constexpr StringRef ProposalFile = "<C#>";

namespace {

class CSharpPlan final : public Plan {
public:
  CSharpPlan(const OutputRequest &Request, const DeclarationInputs &In);
  std::string print(size_t) const override;
  /// The first function whose library is not known; null if there is none.
  const Export *WithoutLibrary = nullptr;

private:
  struct Proposal {
    const Export *Of;
    std::string Library; ///< empty: an internal call
    CSharpForm Form;
    std::string Class; ///< with its namespace
    std::string Name;  ///< from the annotation; empty: the function's name
    bool IsRight = false;
    /// The reason why the form that was tried last is not correct.
    std::string Problem = {};
    Method Made = {};
  };
  /// Accepts the proposals that compare equal.
  void compare(const DeclarationInputs &In);
  bool isDeclared(const Method &M) const;
  std::vector<Proposal> propose(const DeclarationInputs &In) const;
  void refuse(const Proposal &P);
  /// Reads the class and the method from the annotation of \p P.
  bool takeName(Proposal &P) const;
  void printClass(Printer &P, StringRef FullName,
                  llvm::ArrayRef<const Proposal *> Methods) const;

  const OutputRequest Request;
  CSharpStyle Style = CSharpStyle::DllImport;
  std::string Namespace, Class;
  std::string qualifiedClass() const {
    return Namespace.empty() ? Class : Namespace + "." + Class;
  }
  managed::Model M; ///< the model of the proposed declarations
  std::optional<CSharpForms> Forms;
  std::vector<Proposal> All;
  const bool IsRegion;
};

} // namespace

static CSharpStyle styleOf(StringRef Word) {
  if (Word == "libraryimport")
    return CSharpStyle::LibraryImport;
  return Word == "function-pointer" ? CSharpStyle::FunctionPointer
                                    : CSharpStyle::DllImport;
}

/// Whether all runtimes have CLong and CULong.
static bool haveCLong(llvm::ArrayRef<const runtime::Runtime *> Runtimes) {
  return llvm::all_of(Runtimes, [](const runtime::Runtime *R) {
    return R->ruleValue(runtime::Rule::CNumbers, runtime::Platform::Other)
        .Holds;
  });
}

/// Returns the first runtime that has internal calls; null if there is none.
static const runtime::Runtime *
withObjects(llvm::ArrayRef<const runtime::Runtime *> Runtimes) {
  for (const runtime::Runtime *R : Runtimes)
    if (R->conversion(runtime::Crossing::InternalCall) !=
        runtime::Conversion::Absent)
      return R;
  return nullptr;
}

/// Whether \p Method is declared by this output itself, in a file that is
/// completely overwritten. The location of text that is written to a stream is
/// unknown.
bool CSharpPlan::isDeclared(const Method &Other) const {
  return !Request.IsStream && !Other.Declaring->Enclosing &&
         Other.Declaring->Namespace == Namespace &&
         Other.Declaring->Name == Class;
}

std::vector<CSharpPlan::Proposal>
CSharpPlan::propose(const DeclarationInputs &In) const {
  llvm::DenseSet<const Export *> Declared;
  if (In.Known && !Request.Options.flag(OutputOptionID::All))
    for (const auto *List : {&In.Known->Bindings, &In.Known->Disagreeing})
      for (const match::Binding &B : *List)
        if (!isDeclared(*B.Managed))
          Declared.insert(B.Native);
  std::vector<Proposal> Result;
  std::set<std::pair<std::string, std::string>> Seen;
  for (const Export *E : In.Program.exports()) {
    bool IsCall = E->Kind == native::ExportKind::InternalCall;
    if ((E->Kind != native::ExportKind::PInvoke && !IsCall) ||
        Declared.contains(E))
      continue;
    const native::HeaderEntry *L = In.Program.headerEntry(*E);
    // A lookup by name cannot find a function with a C++ name or internal
    // linkage.
    if (L && (!E->HasCLinkage || E->IsInternal))
      continue;
    Proposal P = {E, "", CSharpForm::Managed, qualifiedClass(), ""};
    if (!IsCall) {
      P.Library = L && !L->Names.empty() ? L->Names.front() : In.Library;
      P.Form = Style == CSharpStyle::FunctionPointer ? CSharpForm::Raw
                                                     : CSharpForm::Idiomatic;
    }
    if (Seen.emplace(P.Library, E->Symbol + E->ManagedName).second)
      Result.push_back(std::move(P));
  }
  return Result;
}

bool CSharpPlan::takeName(Proposal &P) const {
  const std::string &Full = P.Of->ManagedName;
  if (Full.empty())
    return true;
  llvm::Expected<managed::MethodName> Name = managed::parseMethodName(Full);
  if (!Name) {
    P.Problem = llvm::toString(Name.takeError());
    return false;
  }
  StringRef Namespace = StringRef(Name->Type).split('.').first;
  if (StringRef(Name->Type).contains('/') || Namespace == "System" ||
      !isIdentifier(Name->Method)) {
    P.Problem = "'" + Full +
                "' is a member of a nested class or of the core library, or "
                "has no name of its own";
    return false;
  }
  P.Class = Name->Type;
  P.Name = Name->Method;
  return true;
}

void CSharpPlan::refuse(const Proposal &P) {
  Findings.add(diagnose(DiagnosticID::NotExpressible, P.Of->Decl.Where,
                        P.Of->Decl.qualifiedName(), "C#", P.Problem));
}

/// Returns the finding of the comparison about the proposal \p Name.
static const Diagnostic *findingAbout(const DiagnosticList &Findings,
                                      StringRef Name) {
  auto IsHere = [&](const Location &L) {
    return L.File == ProposalFile && L.Member == Name;
  };
  for (const Diagnostic &D : Findings.all()) {
    // An export without a proposal does not concern the proposals.
    if (D.ID == DiagnosticID::MissingImport)
      continue;
    if (IsHere(D.Where) ||
        llvm::any_of(D.Notes, [&](const Note &N) { return IsHere(N.Where); }))
      return &D;
  }
  return nullptr;
}

void CSharpPlan::compare(const DeclarationInputs &In) {
  M.Assemblies = {""};
  M.Imports.clear();
  std::vector<Proposal *> Compared;
  for (Proposal &P : All) {
    if (P.IsRight || !takeName(P))
      continue;
    std::optional<Method> Made = Forms->method(*P.Of, P.Form, P.Library);
    if (!Made) {
      P.Problem = Forms->problem();
      continue;
    }
    managed::TypeDef &Declaring = M.Types.define("", P.Class);
    Declaring.TheKind = managed::TypeDef::Class;
    Made->Declaring = &Declaring;
    if (!P.Name.empty())
      Made->Name = P.Name;
    // Names may be repeated, so proposals are identified by their locations.
    Made->Where = {ProposalFile.str(),
                   {},
                   P.Library + "!" + P.Of->Symbol + P.Of->ManagedName};
    P.Made = std::move(*Made);
    M.Imports.push_back(P.Made);
    Compared.push_back(&P);
  }
  if (Compared.empty())
    return;
  match::Matching Result = In.Pair(M);
  std::set<std::string> Agreeing;
  for (const match::Binding &B : Result.Bindings)
    if (llvm::none_of(B.OnTargets, [](const match::TargetState &S) {
          return S.What == match::TargetState::Differs;
        }))
      Agreeing.insert(B.Managed->Where.Member);
  for (Proposal *P : Compared) {
    const std::string &Name = P->Made.Where.Member;
    const Diagnostic *About = findingAbout(Result.Findings, Name);
    P->IsRight = Agreeing.count(Name) && !About;
    if (!P->IsRight)
      P->Problem =
          About ? About->Message : "its parameters have no equivalent in C#";
  }
}

CSharpPlan::CSharpPlan(const OutputRequest &Request,
                       const DeclarationInputs &In)
    : Request(Request),
      Style(styleOf(Request.Options.text(OutputOptionID::Style))),
      IsRegion(Request.Options.has(OutputOptionID::Region)) {
  StringRef Name = Request.Options.text(OutputOptionID::Class);
  std::tie(Namespace, Class) = [&] {
    auto [Scope, Last] = Name.rsplit('.');
    return Last.empty() ? std::pair(std::string(),
                                    Name.empty() ? "NativeMethods" : Name.str())
                        : std::pair(Scope.str(), Last.str());
  }();
  Forms.emplace(
      M, CSharpForms::Rules{Namespace, Class, Style != CSharpStyle::DllImport,
                            haveCLong(In.Runtimes), In.Program.model(),
                            withObjects(In.Runtimes)});
  All = propose(In);
  for (const Proposal &P : All)
    if (P.Library.empty() && P.Form != CSharpForm::Managed && !WithoutLibrary)
      WithoutLibrary = P.Of;
  if (WithoutLibrary)
    return;
  compare(In);
  for (Proposal &P : All)
    if (P.Form != CSharpForm::Managed && !P.IsRight)
      P.Form = CSharpForm::Plain;
  compare(In);
  for (const Proposal &P : All)
    if (!P.IsRight)
      refuse(P);
  llvm::erase_if(All, [](const Proposal &P) { return !P.IsRight; });
  Files.push_back(
      {this->Request.File, Request.Options.text(OutputOptionID::Region).str()});
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

/// Prints \p Body in its namespace, if it has one.
static void within(Printer &P, StringRef Namespace,
                   llvm::function_ref<void()> Body) {
  if (Namespace.empty())
    return Body();
  P.emit("namespace $name$\n"
         "{\n"
         "    $body$\n"
         "}\n",
         {{"name", csharpQualified(Namespace)}, {"body", Body}});
}

void CSharpPlan::printClass(Printer &P, StringRef FullName,
                            llvm::ArrayRef<const Proposal *> Methods) const {
  auto IsPointer = [&](const Proposal *Each) {
    return isUnsafe(Each->Made) || (Style == CSharpStyle::FunctionPointer &&
                                    Each->Made.TheKind == Method::PInvoke);
  };
  StringRef Name = FullName.substr(FullName.rfind('.') + 1);
  P.emit("internal static $unsafe$partial class $name$\n"
         "{\n"
         "    $methods$\n"
         "}\n",
         {{"unsafe", llvm::any_of(Methods, IsPointer) ? "unsafe " : ""},
          {"name", csharpIdentifier(Name)},
          {"methods", [&] {
             bool IsFirst = true;
             for (const Proposal *Each : Methods) {
               if (!std::exchange(IsFirst, false))
                 P.emit("\n");
               printComment(P, Each->Of->Decl.Comment);
               printMethod(P, Each->Made, Style);
             }
           }}});
}

std::string CSharpPlan::print(size_t) const {
  std::vector<const Method *> Methods;
  std::set<std::string> Sources;
  // The class for which the output is requested comes first; the others are
  // sorted by name.
  std::map<std::pair<bool, std::string>, std::vector<const Proposal *>> Classes;
  bool HasCalls = false;
  for (const Proposal &P : All) {
    Methods.push_back(&P.Made);
    Sources.insert(shownFile(P.Of->Decl.Where.File).str());
    HasCalls |= P.Made.TheKind == Method::InternalCall;
    Classes[{P.Class != qualifiedClass(), P.Class}].push_back(&P);
  }
  if (Classes.empty())
    Classes[{false, qualifiedClass()}];
  Printer P;
  // The author writes the text around a region, including `using`.
  if (!IsRegion)
    P.emit(
        "// <auto-generated>\n"
        "// Generated by ilbridge; do not edit.\n"
        "//\n"
        "// C++: $files$\n"
        "// </auto-generated>\n"
        "\n"
        "using System;\n"
        "$compiler$\n"
        "using System.Runtime.InteropServices;\n"
        "$own$\n"
        "\n",
        {{"files",
          [&] {
            for (const std::string &Each : Sources)
              P.emit(Each == *Sources.begin() ? "$name$" : ",\n//      $name$",
                     {{"name", comment(Each)}});
          }},
         {"compiler", HasCalls ? "using System.Runtime.CompilerServices;" : ""},
         {"own", [&] {
            // The types that all classes use are in this namespace.
            if (Classes.size() > 1 && !Namespace.empty())
              P.emit("using $name$;\n", {{"name", csharpQualified(Namespace)}});
          }}});
  std::vector<const managed::TypeDef *> Types = neededTypes(Methods);
  auto PrintTypes = [&] {
    for (const managed::TypeDef *D : Types) {
      printComment(P, Forms->comment(*D));
      printType(P, *D);
      P.emit("\n");
    }
  };
  bool IsFirst = true;
  for (const auto &[Key, Members] : Classes) {
    const std::string &Name = Key.second;
    size_t Dot = Name.rfind('.');
    std::string Scope = Dot == std::string::npos ? "" : Name.substr(0, Dot);
    if (IsFirst && Scope != Namespace && !Types.empty()) {
      within(P, Namespace, PrintTypes);
      P.emit("\n");
      Types.clear();
    }
    if (!std::exchange(IsFirst, false))
      P.emit("\n");
    within(P, Scope, [&] {
      PrintTypes();
      Types.clear();
      printClass(P, Name, Members);
    });
  }
  return P.take();
}

static llvm::Expected<std::unique_ptr<Plan>>
planCSharp(const OutputRequest &Request, const DeclarationInputs &In) {
  auto Result = std::make_unique<CSharpPlan>(Request, In);
  if (const Export *E = Result->WithoutLibrary)
    return llvm::createStringError(
        "the library that has '" + E->Decl.qualifiedName() +
        "' is not known; name it with --library or 'libraries', as "
        "[DllImport] is to have it");
  return Result;
}

static constexpr OutputOptionID CSharpOptions[] = {
    OutputOptionID::Region, OutputOptionID::Style, OutputOptionID::Class,
    OutputOptionID::All};

extern constexpr Backend CSharp = {
    .Name = "csharp",
    .Summary = "C# declarations of the functions that C++ exports",
    .Runtime = "",
    .Options = CSharpOptions,
    .Serves = {},
    .FromDeclarations = planCSharp,
    .From = Backend::Side::Native,
};

} // namespace ilbridge::emit

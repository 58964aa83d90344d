//===- FunctionRows.cpp - Functions that a runtime calls itself -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionRows.h"
#include "CxxType.h"
#include "FilePreamble.h"
#include "LayoutChecks.h"

namespace ilbridge::emit {

using native::ExportKind;

//===----------------------------------------------------------------------===//
// Which rows there are
//===----------------------------------------------------------------------===//

/// How the runtime that calls them looks for internal calls: the first one of
/// the output's that has any.
static runtime::Lookup lookup(const BindingInputs &In) {
  for (const runtime::Runtime *R : In.Runtimes)
    if (R->conversion(runtime::Crossing::InternalCall) !=
        runtime::Conversion::Absent)
      return R->Names;
  return {};
}

/// The name of an internal call. Where the name of a method stands for several
/// methods, a runtime finds each by the name with its parameter types.
static std::string callName(const managed::Method &M,
                            const runtime::Lookup &Names) {
  std::string Name = M.lookupName(Names.Words);
  return M.IsOverloaded && Names.HasParameters
             ? Name + M.parameterList(Names.Words)
             : Name;
}

/// The bindings of one kind, in the order of their names, each row once: two
/// P/Invokes of one function are one row.
static std::vector<FunctionRow> rows(const BindingInputs &In, ExportKind Kind,
                                     DiagnosticList &Findings) {
  std::vector<FunctionRow> All;
  runtime::Lookup Names = lookup(In);
  for (const match::Binding &B : In.Bindings) {
    const managed::Method &M = *B.Managed;
    if (B.Native->Kind != Kind)
      continue;
    if (Kind == ExportKind::InternalCall)
      All.push_back({"", callName(M, Names), &B});
    else
      All.push_back({M.Import.Library, M.Import.EntryPoint, &B});
  }
  llvm::stable_sort(All);
  std::vector<FunctionRow> Unique;
  for (FunctionRow &R : All) {
    const FunctionRow *Last = Unique.empty() ? nullptr : &Unique.back();
    if (!Last || *Last < R) {
      Unique.push_back(std::move(R));
      continue;
    }
    if (Last->Binding->Native->Symbol == R.Binding->Native->Symbol)
      continue;
    const managed::Method &A = *Last->Binding->Managed;
    const managed::Method &B = *R.Binding->Managed;
    Diagnostic &D = Findings.add(diagnose(
        DiagnosticID::DuplicateRegistration, B.Where, A.Where.Member,
        B.Where.Member, R.Library.empty() ? R.Name : R.Library + "!" + R.Name));
    D.note(A.Where, "the other one is declared here");
  }
  return Unique;
}

RowsPlan::RowsPlan(const OutputRequest &Request, const BindingInputs &In,
                   llvm::StringRef DefaultName)
    : Request(Request), Program(In.Program), Seen(Program, this->Request) {
  llvm::StringRef Qualified = Request.Options.text(OutputOptionID::Name);
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  (Qualified.empty() ? DefaultName : Qualified).split(Parts, "::");
  Name = Parts.pop_back_val().str();
  Scopes.assign(Parts.begin(), Parts.end());

  for (auto [Kind, List] : {std::pair(ExportKind::PInvoke, &Imports),
                            {ExportKind::InternalCall, &Calls}}) {
    *List = rows(In, Kind, Findings);
    llvm::erase_if(*List, [&](const FunctionRow &R) {
      return !Seen.need(*R.Binding->Native);
    });
  }
  Findings.append(Seen.takeFindings());
  Files.push_back(
      {Request.File, Request.Options.text(OutputOptionID::Region).str()});
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

static std::string address(const native::Export &E) {
  std::string Name = qualified(E.Decl);
  if (E.IsOverloaded)
    Name = "static_cast<" + functionPointer(E) + ">(" + Name + ")";
  return "reinterpret_cast<ilbridge_function>(" + Name + ")";
}

static void printRows(Printer &P, llvm::StringRef Type,
                      const std::string &Array,
                      const std::vector<FunctionRow> &List) {
  if (List.empty())
    return;
  P.emit("const $type$ $array$[] = {\n"
         "    $rows$\n"
         "};\n",
         {{"type", Type.str()},
          {"array", Array},
          {"rows", [&] {
             for (const FunctionRow &R : List)
               P.emit("{$library$$name$,\n"
                      " $address$},\n",
                      {{"library",
                        R.Library.empty() ? "" : literal(R.Library) + ", "},
                       {"name", literal(R.Name)},
                       {"address", address(*R.Binding->Native)}});
           }}});
}

/// The members of an ilbridge_import_table that describe an array.
static std::string reference(const std::string &Array,
                             const std::vector<FunctionRow> &List) {
  return List.empty() ? "nullptr, 0"
                      : Array + ",\n    sizeof(" + Array + ") / sizeof(" +
                            Array + "[0])";
}

std::string RowsPlan::tableInitialiser() const {
  return "{\n    " + reference(importArray(), Imports) + ",\n    " +
         reference(callArray(), Calls) + "}";
}

std::string RowsPlan::print(size_t) const {
  LayoutChecks Checks(Program.model());
  std::vector<const match::Binding *> Used;
  for (const std::vector<FunctionRow> *List : {&Imports, &Calls})
    for (const FunctionRow &R : *List) {
      Used.push_back(R.Binding);
      Checks.add(*R.Binding,
                 [&](const RecordType &Type) { return Seen.isComplete(Type); });
    }
  Printer P;
  printPreamble(P, Used);
  P.emit("#include \"ilbridge/import_table.h\"\n"
         "\n"
         "$includes$\n"
         "#include <cstddef>\n"
         "#include <cstdint>\n"
         "$headers$\n"
         "$own$\n"
         "$checks$\n"
         "\n"
         "$open$\n"
         "namespace {\n"
         "\n"
         "$imports$\n"
         "$calls$\n"
         "\n"
         "} // namespace\n"
         "\n"
         "$use$\n"
         "$close$\n",
         {{"includes", [&] { Seen.printIncludes(P); }},
          {"headers", [&] { printHeaders(P); }},
          {"own", [&] { Seen.printOwn(P); }},
          {"checks", [&] { printChecks(P, Checks); }},
          {"open",
           [&] {
             for (const std::string &Scope : Scopes)
               P.emit("namespace $name$ {\n", {{"name", Scope}});
           }},
          {"imports",
           [&] { printRows(P, "ilbridge_import", importArray(), Imports); }},
          {"calls",
           [&] { printRows(P, "ilbridge_internal_call", callArray(), Calls); }},
          {"use", [&] { printUse(P); }},
          {"close", [&] {
             for (const std::string &Scope : llvm::reverse(Scopes))
               P.emit("} // namespace $name$\n", {{"name", Scope}});
           }}});
  return P.take();
}

} // namespace ilbridge::emit

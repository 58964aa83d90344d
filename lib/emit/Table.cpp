//===- Table.cpp - The `table` backend ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CxxType.h"
#include "Declarations.h"
#include "FilePreamble.h"
#include "LayoutChecks.h"

namespace ilbridge::emit {

using native::ExportKind;

namespace {
struct Entry {
  std::string Library; ///< empty: an internal call
  std::string Name;
  const match::Binding *Binding;
  bool operator<(const Entry &O) const {
    return std::tie(Library, Name) < std::tie(O.Library, O.Name);
  }
};
} // namespace

static std::string address(const native::Export &E) {
  std::string Name = qualified(E.Decl);
  if (E.IsOverloaded)
    Name = "static_cast<" + functionPointer(E) + ">(" + Name + ")";
  return "reinterpret_cast<ilbridge_function>(" + Name + ")";
}

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

/// The bindings of one kind, in the order of the table, each row once: two
/// P/Invokes of one function are one row.
static std::vector<Entry> entries(const BindingInputs &In, ExportKind Kind,
                                  DiagnosticList &Findings) {
  std::vector<Entry> All;
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
  std::vector<Entry> Unique;
  for (Entry &E : All) {
    const Entry *Last = Unique.empty() ? nullptr : &Unique.back();
    if (!Last || *Last < E) {
      Unique.push_back(std::move(E));
      continue;
    }
    if (Last->Binding->Native->Symbol == E.Binding->Native->Symbol)
      continue;
    const managed::Method &A = *Last->Binding->Managed;
    const managed::Method &B = *E.Binding->Managed;
    Diagnostic &D = Findings.add(diagnose(
        DiagnosticID::DuplicateRegistration, B.Where, A.Where.Member,
        B.Where.Member, E.Library.empty() ? E.Name : E.Library + "!" + E.Name));
    D.note(A.Where, "the other one is declared here");
  }
  return Unique;
}

//===----------------------------------------------------------------------===//
// The plan
//===----------------------------------------------------------------------===//

namespace {
class TablePlan final : public Plan {
public:
  TablePlan(const OutputRequest &Request, const BindingInputs &In)
      : Request(Request), Program(In.Program), Seen(Program, this->Request) {
    for (auto [Kind, List] : {std::pair(ExportKind::PInvoke, &Imports),
                              {ExportKind::InternalCall, &Calls}}) {
      *List = entries(In, Kind, Findings);
      llvm::erase_if(*List, [&](const Entry &E) {
        return !Seen.need(*E.Binding->Native);
      });
    }
    Findings.append(Seen.takeFindings());
    Files.push_back(
        {Request.File, Request.Options.text(OutputOptionID::Region).str()});
  }
  std::string print(size_t) const override;

private:
  const OutputRequest Request;
  const native::Program &Program;
  Declarations Seen;
  std::vector<Entry> Imports, Calls;
};
} // namespace

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

static void printRows(Printer &P, llvm::StringRef Type,
                      const std::string &Array,
                      const std::vector<Entry> &List) {
  if (List.empty())
    return;
  P.emit("const $type$ $array$[] = {\n"
         "    $rows$\n"
         "};\n",
         {{"type", Type.str()},
          {"array", Array},
          {"rows", [&] {
             for (const Entry &E : List)
               P.emit("{$library$$name$,\n"
                      " $address$},\n",
                      {{"library",
                        E.Library.empty() ? "" : literal(E.Library) + ", "},
                       {"name", literal(E.Name)},
                       {"address", address(*E.Binding->Native)}});
           }}});
}

/// The members of the table that describe an array.
static std::string reference(const std::string &Array,
                             const std::vector<Entry> &List) {
  return List.empty() ? "nullptr, 0"
                      : Array + ",\n    sizeof(" + Array + ") / sizeof(" +
                            Array + "[0])";
}

std::string TablePlan::print(size_t) const {
  llvm::SmallVector<llvm::StringRef, 4> Scopes;
  llvm::StringRef Qualified = Request.Options.text(OutputOptionID::Name);
  (Qualified.empty() ? "ilbridge_imports" : Qualified).split(Scopes, "::");
  std::string Name = Scopes.pop_back_val().str();
  // One file may have several tables.
  std::string ImportRows = Name + "_imports", CallRows = Name + "_calls";
  LayoutChecks Checks(Program.model());
  std::vector<const match::Binding *> Used;
  for (const std::vector<Entry> *List : {&Imports, &Calls})
    for (const Entry &E : *List) {
      Used.push_back(E.Binding);
      Checks.add(*E.Binding,
                 [&](const RecordType &R) { return Seen.isComplete(R); });
    }
  Printer P;
  printPreamble(P, Used);
  P.emit("#include \"ilbridge/import_table.h\"\n"
         "\n"
         "$includes$\n"
         "#include <cstddef>\n"
         "#include <cstdint>\n"
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
         "extern \"C\" const ilbridge_import_table $name$;\n"
         "const ilbridge_import_table $name$ = {\n"
         "    $import_size$,\n"
         "    $call_size$};\n"
         "$close$\n",
         {{"includes", [&] { Seen.printIncludes(P); }},
          {"own", [&] { Seen.printOwn(P); }},
          {"checks", [&] { printChecks(P, Checks); }},
          {"open",
           [&] {
             for (llvm::StringRef Scope : Scopes)
               P.emit("namespace $name$ {\n", {{"name", Scope.str()}});
           }},
          {"imports",
           [&] { printRows(P, "ilbridge_import", ImportRows, Imports); }},
          {"calls",
           [&] { printRows(P, "ilbridge_internal_call", CallRows, Calls); }},
          {"import_size", reference(ImportRows, Imports)},
          {"call_size", reference(CallRows, Calls)},
          {"name", Name},
          {"close", [&] {
             for (llvm::StringRef Scope : llvm::reverse(Scopes))
               P.emit("} // namespace $name$\n", {{"name", Scope.str()}});
           }}});
  return P.take();
}

static std::unique_ptr<Plan> planTable(const OutputRequest &Request,
                                       const BindingInputs &In) {
  return std::make_unique<TablePlan>(Request, In);
}

static constexpr OutputOptionID Options[] = {OutputOptionID::Name,
                                             OutputOptionID::Region};
static constexpr ExportKind Kinds[] = {ExportKind::PInvoke,
                                       ExportKind::InternalCall};

extern constexpr Backend Table = {
    .Name = "table",
    .Summary = "a constant table of imports, for any runtime with a resolver",
    .Runtime = "",
    .Options = Options,
    .Serves = Kinds,
    .FromBindings = planTable,
};

} // namespace ilbridge::emit

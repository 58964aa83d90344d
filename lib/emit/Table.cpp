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

/// The bindings that the table has a row for, in its order, each row once: two
/// P/Invokes of one function are one row.
static std::vector<Entry> entries(llvm::ArrayRef<match::Binding> Bindings,
                                  bool InternalCalls,
                                  DiagnosticList &Findings) {
  std::vector<Entry> All;
  for (const match::Binding &B : Bindings) {
    const managed::Method &M = *B.Managed;
    if (InternalCalls && B.Native->Kind == native::ExportKind::InternalCall)
      All.push_back({"", M.qualifiedName(), &B});
    if (!InternalCalls && B.Native->Kind == native::ExportKind::PInvoke)
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

Emitted emitTable(llvm::ArrayRef<match::Binding> Bindings,
                  const native::Program &Program, const managed::Model &,
                  const EmitOptions &Options) {
  Emitted Out;
  Declarations Seen(Program, Options);
  LayoutChecks Checks(Program.model());
  std::vector<Entry> Imports = entries(Bindings, false, Out.Findings);
  std::vector<Entry> Calls = entries(Bindings, true, Out.Findings);
  for (std::vector<Entry> *List : {&Imports, &Calls})
    llvm::erase_if(
        *List, [&](const Entry &E) { return !Seen.need(*E.Binding->Native); });
  for (const std::vector<Entry> *List : {&Imports, &Calls})
    for (const Entry &E : *List)
      Checks.add(*E.Binding,
                 [&](const RecordType &R) { return Seen.isComplete(R); });

  llvm::SmallVector<llvm::StringRef, 4> Scopes;
  llvm::StringRef Qualified = Options.Name;
  (Qualified.empty() ? "ilbridge_imports" : Qualified).split(Scopes, "::");
  std::string Name = Scopes.pop_back_val().str();
  // One file may have several tables.
  std::string ImportRows = Name + "_imports", CallRows = Name + "_calls";
  Printer P;
  auto Rows = [&](llvm::StringRef Type, const std::string &Array,
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
  };
  auto Size = [](const std::string &Array, const std::vector<Entry> &List) {
    return List.empty() ? "nullptr, 0"
                        : Array + ",\n    sizeof(" + Array + ") / sizeof(" +
                              Array + "[0])";
  };
  std::vector<match::Binding> Used;
  for (const std::vector<Entry> *List : {&Imports, &Calls})
    for (const Entry &E : *List)
      Used.push_back(*E.Binding);
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
          {"imports", [&] { Rows("ilbridge_import", ImportRows, Imports); }},
          {"calls", [&] { Rows("ilbridge_internal_call", CallRows, Calls); }},
          {"import_size", Size(ImportRows, Imports)},
          {"call_size", Size(CallRows, Calls)},
          {"name", Name},
          {"close", [&] {
             for (llvm::StringRef Scope : llvm::reverse(Scopes))
               P.emit("} // namespace $name$\n", {{"name", Scope.str()}});
           }}});
  Out.Text = P.take();
  Out.Findings.append(Seen.takeFindings());
  return Out;
}

} // namespace ilbridge::emit

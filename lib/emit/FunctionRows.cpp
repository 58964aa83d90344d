//===- FunctionRows.cpp - Functions that a runtime calls itself -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionRows.h"
#include "CxxType.h"
#include "FilePreamble.h"
#include "HybridCLRShim.h"
#include "LayoutChecks.h"
#include "Names.h"
#include "ObjectThunks.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace ilbridge::emit {

using native::ExportKind;

//===----------------------------------------------------------------------===//
// The rows
//===----------------------------------------------------------------------===//

/// Returns how the runtime looks up internal calls. It is the first runtime of
/// the output that has internal calls.
static runtime::Lookup lookup(const BindingInputs &In) {
  for (const runtime::Runtime *R : In.Runtimes)
    if (R->conversion(runtime::Crossing::InternalCall) !=
        runtime::Conversion::Absent)
      return R->Names;
  return {};
}

/// Returns the name of an internal call. If several methods have the name, the
/// runtime looks each of them up with its parameter types.
static std::string callName(const managed::Method &M,
                            const runtime::Lookup &Names) {
  std::string Name = M.lookupName(Names.Words);
  return M.isOverloaded(Names.Words) && Names.HasParameters
             ? Name + M.parameterList(Names.Words)
             : Name;
}

/// Whether both have the same address.
static bool areOne(const match::Binding &A, const match::Binding &B) {
  if (A.Native->Symbol != B.Native->Symbol)
    return false;
  bool Converts = match::needsShim(A);
  return Converts == match::needsShim(B) && (!Converts || haveSameShim(A, B));
}

/// Returns the bindings of one kind, sorted by name, without duplicates: two
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
    if (areOne(*Last->Binding, *R.Binding))
      continue;
    const managed::Method &A = *Last->Binding->Managed;
    const managed::Method &B = *R.Binding->Managed;
    Diagnostic &D = Findings.add(diagnose(
        DiagnosticID::DuplicateRegistration, B.Where, A.Where.Member,
        B.Where.Member, R.Library.empty() ? R.Name : R.Library + "!" + R.Name));
    D.note(A.Where, "the other one is declared here");
    if (Last->Binding->Native->Symbol == R.Binding->Native->Symbol)
      D.note(R.Binding->Native->Decl.Where,
             "their values are converted in different ways before this "
             "function is called; export another function for one of them, and "
             "name it with EntryPoint in C#");
  }
  return Unique;
}

RowsPlan::~RowsPlan() = default;

RowsPlan::RowsPlan(const OutputRequest &Request, const BindingInputs &In,
                   llvm::ArrayRef<ExportKind> Kinds,
                   llvm::StringRef DefaultName, bool ConnectsCalls,
                   const ObjectAPI *Objects)
    : Request(Request), Program(In.Program), Seen(Program, this->Request) {
  llvm::StringRef Qualified = Request.Options.text(OutputOptionID::Name);
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  (Qualified.empty() ? DefaultName : Qualified).split(Parts, "::");
  Name = Parts.pop_back_val().str();
  Scopes.assign(Parts.begin(), Parts.end());

  for (auto [Kind, List] : {std::pair(ExportKind::PInvoke, &Imports),
                            {ExportKind::InternalCall, &Calls}}) {
    if (!llvm::is_contained(Kinds, Kind))
      continue;
    *List = rows(In, Kind, Findings);
    llvm::erase_if(*List, [&](const FunctionRow &R) {
      // findUnserved() reports it.
      if (R.Binding->unwrapsObjects() && !Objects)
        return true;
      return !Seen.need(*R.Binding->Native) || !Seen.needClasses(*R.Binding);
    });
  }
  if (Objects)
    planThunks(*Objects);
  if (llvm::is_contained(Kinds, ExportKind::FunctionPointer))
    planTables(In);
  planShims();
  if (ConnectsCalls)
    for (const match::ManagedCall &C : In.Calls)
      if (Seen.need(*C.Native))
        Called.push_back(C);
  Findings.append(Seen.takeFindings());
  Files.push_back(
      {Request.File, Request.Options.text(OutputOptionID::Region).str()});
}

void RowsPlan::planThunks(const ObjectAPI &API) {
  Thunks = std::make_unique<ObjectThunks>(API, Name, Calls);
  for (FunctionRow &R : Calls)
    if (R.Binding->unwrapsObjects())
      R.Shim = Thunks->nameOf(*R.Binding);
}

void RowsPlan::planShims() {
  for (const FunctionRow &R : Imports)
    if (match::needsShim(*R.Binding))
      Shimmed.push_back(R.Binding);
  MethodIdentifiers Identifiers(Shimmed);
  for (FunctionRow &R : Imports)
    if (match::needsShim(*R.Binding))
      R.Shim = Name + "_shims::" + Identifiers(*R.Binding);
}

/// Sorted by the names of the types.
void RowsPlan::planTables(const BindingInputs &In) {
  std::map<std::pair<std::string, std::string>, PointerTable> ByType;
  auto TableOf = [&](const managed::Method &M) -> PointerTable & {
    PointerTable &T = ByType[{M.Declaring->fullName(), M.Assembly}];
    T.Type = M.Declaring;
    T.Array = identifier(M.Declaring->fullName()) + "_functions";
    if (T.Slots.size() <= M.Slot)
      T.Slots.resize(M.Slot + 1);
    return T;
  };
  for (const match::Binding &B : In.Bindings)
    if (B.Native->Kind == ExportKind::FunctionPointer && Seen.need(*B.Native))
      TableOf(*B.Managed).Slots[B.Managed->Slot] = &B;
  // Managed code reads as many elements as the type has function pointers, so a
  // function pointer without a function has an element as well.
  for (const auto *List : {&In.Model.Methods, &In.Model.Unread})
    for (const managed::Method &M : *List)
      if (M.TheKind == managed::Method::FunctionPointer &&
          ByType.count({M.Declaring->fullName(), M.Assembly}))
        TableOf(M);
  llvm::StringMap<const PointerTable *> ByName;
  for (auto &[Name, T] : ByType) {
    auto [It, IsNew] = ByName.try_emplace(T.Array, &T);
    if (!IsNew) {
      auto First = [](const PointerTable &Each) -> const match::Binding & {
        return **llvm::find_if(Each.Slots, [](auto *B) { return B; });
      };
      const managed::Method &A = *First(*It->second).Managed;
      const managed::Method &B = *First(T).Managed;
      Diagnostic &D = Findings.add(
          diagnose(DiagnosticID::DuplicateRegistration, B.Where,
                   "[" + A.Assembly + "]" + A.Where.Member,
                   "[" + B.Assembly + "]" + B.Where.Member, T.Array));
      D.note(A.Where, "the other one is declared here");
    }
    Tables.push_back(T);
  }
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

static std::string address(const FunctionRow &R) {
  return R.Shim.empty() ? address(*R.Binding->Native)
                        : "reinterpret_cast<ilbridge_function>(" + R.Shim + ")";
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
                       {"address", address(R)}});
           }}});
}

static void printTable(Printer &P, const PointerTable &T) {
  P.emit("// The function pointers of $type$, as they are declared.\n"
         "extern \"C\" const ilbridge_function $array$[$count$];\n"
         "const ilbridge_function $array$[$count$] = {\n"
         "    $slots$\n"
         "};\n"
         "\n",
         {{"type", comment(T.Type->fullName())},
          {"array", T.Array},
          {"count", std::to_string(T.Slots.size())},
          {"slots", [&] {
             for (const match::Binding *B : T.Slots)
               P.emit("$address$,$name$\n",
                      {{"address", B ? address(*B->Native) : "nullptr"},
                       {"name", B ? " // " + comment(B->Managed->Name) : ""}});
           }}});
}

/// Prints the functions with which some imports are registered. A file may have
/// several outputs, each with shims.
void RowsPlan::printShims(Printer &P, const ConvertedStructs &Structs) const {
  if (Shimmed.empty())
    return;
  P.emit("namespace $name$_shims {\n", {{"name", Name}});
  printShimHelpers(P, Shimmed, Structs);
  for (const FunctionRow &R : Imports)
    if (!R.Shim.empty())
      printShim(P, *R.Binding,
                llvm::StringRef(R.Shim).rsplit("::").second.str(), Structs);
  P.emit("\n} // namespace $name$_shims\n\n", {{"name", Name}});
}

/// Returns the members of an ilbridge_import_table that describe an array.
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
  for (const PointerTable &T : Tables)
    for (const match::Binding *B : T.Slots)
      if (B) {
        Used.push_back(B);
        Checks.add(
            *B, [&](const RecordType &Type) { return Seen.isComplete(Type); });
      }
  for (const match::ManagedCall &C : Called)
    Checks.add(C,
               [&](const RecordType &Type) { return Seen.isComplete(Type); });
  const ConvertedStructs Structs(Shimmed);
  Printer P;
  printPreamble(P, Used, Called);
  P.emit("#include \"ilbridge/import_table.h\"\n"
         "\n"
         "$includes$\n"
         "#include <cstddef>\n"
         "#include <cstdint>\n"
         "$headers$\n"
         "$own$\n"
         "$checks$\n"
         "\n"
         "$own_code$\n"
         "$calls$\n",
         {{"includes", [&] { Seen.printIncludes(P); }},
          {"headers",
           [&] {
             printHeaders(P);
             if (Thunks)
               Thunks->printHeaders(P);
             if (!Shimmed.empty())
               printShimHeaders(P, Shimmed, Structs);
           }},
          {"own", [&] { Seen.printOwn(P); }},
          {"checks", [&] { printChecks(P, Checks); }},
          {"own_code", [&] { inScopes(P, [&] { printOwnCode(P, Structs); }); }},
          {"calls", [&] {
             if (!Called.empty())
               printCalls(P);
           }}});
  return P.take();
}

void RowsPlan::inScopes(Printer &P, llvm::function_ref<void()> Print) const {
  for (const std::string &Scope : Scopes)
    P.emit("namespace $name$ {\n", {{"name", Scope}});
  Print();
  for (const std::string &Scope : llvm::reverse(Scopes))
    P.emit("} // namespace $name$\n", {{"name", Scope}});
}

void RowsPlan::printOwnCode(Printer &P, const ConvertedStructs &Structs) const {
  if (Thunks)
    Thunks->print(P);
  if (!Imports.empty() || !Calls.empty()) {
    P.emit("namespace {\n\n");
    printShims(P, Structs);
    printRows(P, "ilbridge_import", importArray(), Imports);
    printRows(P, "ilbridge_internal_call", callArray(), Calls);
    P.emit("\n} // namespace\n\n");
  }
  for (const PointerTable &T : Tables)
    printTable(P, T);
  printUse(P);
}

} // namespace ilbridge::emit

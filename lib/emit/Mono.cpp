//===- Mono.cpp - The `mono` backend --------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints one function that a host of embedded Mono calls. It registers the
// internal calls and installs a loader that finds the P/Invokes.
//
//===----------------------------------------------------------------------===//

#include "CxxType.h"
#include "FunctionRows.h"
#include "MonoCalls.h"
#include "ObjectThunks.h"

namespace ilbridge::emit {

using native::ExportKind;

static constexpr ExportKind MonoKinds[] = {
    ExportKind::PInvoke, ExportKind::InternalCall, ExportKind::FunctionPointer};

/// Mono looks for P/Invokes of this library among the symbols of the program,
/// without calling a loader (mono_lookup_pinvoke_call in metadata/loader.c). So
/// each of them is mapped to a library with another name.
static constexpr llvm::StringLiteral Internal = "__Internal";
static constexpr llvm::StringLiteral MappedInternal = "ilbridge:__Internal";

static constexpr llvm::StringLiteral ObjectHeaders[] = {
    "<mono/metadata/appdomain.h>", "<mono/metadata/class.h>",
    "<mono/metadata/exception.h>", "<mono/metadata/object.h>"};
static constexpr ObjectAPI MonoObjects = {.Prefix = "mono",
                                          .Object = "MonoObject",
                                          .Class = "MonoClass",
                                          .Field = "MonoClassField",
                                          .HasDomains = true,
                                          .Headers = ObjectHeaders};

namespace {
class MonoPlan final : public RowsPlan {
public:
  MonoPlan(const OutputRequest &Request, const BindingInputs &In);

private:
  void printHeaders(Printer &P) const override;
  void printUse(Printer &P) const override;
  void printCalls(Printer &P) const override;
  void printLoader(Printer &P) const;
  void printMapping(Printer &P) const;

  bool HasInternal = false;
};
} // namespace

MonoPlan::MonoPlan(const OutputRequest &Request, const BindingInputs &In)
    : RowsPlan(Request, In, MonoKinds, "RegisterNativeMethods",
               /*ConnectsCalls=*/true, &MonoObjects) {
  for (FunctionRow &R : Imports)
    if (R.Library == Internal) {
      R.Library = MappedInternal.str();
      HasInternal = true;
    }
  llvm::sort(Imports);
}

void MonoPlan::printHeaders(Printer &P) const {
  if (!Calls.empty() || HasInternal)
    P.emit("#include <mono/metadata/loader.h>\n");
  if (!Imports.empty())
    P.emit("#include <mono/utils/mono-dl-fallback.h>\n");
  if (!Called.empty())
    printMonoCallHeaders(P);
}

void MonoPlan::printCalls(Printer &P) const {
  MonoCalls Calls(Called, Name);
  Calls.printHelpers(P);
  Calls.printFunctions(P);
  inScopes(P, [&] { Calls.printConnection(P); });
}

void MonoPlan::printLoader(Printer &P) const {
  P.emit(
      "namespace {\n"
      "\n"
      "const ilbridge_import_table $name$_table = $rows$;\n"
      "\n"
      "// A library is its first row.\n"
      "void *$name$_open(const char *library, int, char **, void *) {\n"
      "  return library == nullptr\n"
      "             ? nullptr\n"
      "             : const_cast<ilbridge_import *>(\n"
      "                   ilbridge_find_library(&$name$_table, library));\n"
      "}\n"
      "\n"
      "void *$name$_find(void *library, const char *entry_point, char **, "
      "void *) {\n"
      "  return reinterpret_cast<void *>(ilbridge_find_import(\n"
      "      &$name$_table, static_cast<ilbridge_import *>(library)->library,"
      "\n"
      "      entry_point));\n"
      "}\n"
      "\n"
      "void *$name$_close(void *, void *) { return nullptr; }\n"
      "\n"
      "} // namespace\n"
      "\n",
      {{"name", Name}, {"rows", tableInitialiser()}});
}

void MonoPlan::printMapping(Printer &P) const {
  P.emit(
      "// Mono asks a loader for $internal$ only under another name.\n"
      "for (const ilbridge_import *row = ilbridge_find_library(\n"
      "         &$name$_table, $mapped$);\n"
      "     row != $array$ + sizeof($array$) / sizeof($array$[0]) &&\n"
      "     strcmp(row->library, $mapped$) == 0;\n"
      "     ++row)\n"
      "  mono_dllmap_insert(nullptr, $internal$, row->entry_point,\n"
      "                     row->library, row->entry_point);\n"
      "// The last entry comes first: other functions stay where they are.\n"
      "mono_dllmap_insert(nullptr, $internal$, nullptr, $internal$, nullptr);"
      "\n",
      {{"name", Name},
       {"internal", literal(Internal)},
       {"mapped", literal(MappedInternal)},
       {"array", importArray()}});
}

void MonoPlan::printUse(Printer &P) const {
  if (!Imports.empty())
    printLoader(P);
  P.emit("void $name$();\n"
         "void $name$() {\n"
         "  $loader$\n"
         "  $mapping$\n"
         "  $calls$\n"
         "}\n",
         {{"name", Name},
          {"loader",
           [&] {
             if (!Imports.empty())
               P.emit("mono_dl_fallback_register($name$_open, $name$_find,\n"
                      "                          $name$_close, nullptr);\n",
                      {{"name", Name}});
           }},
          {"mapping",
           [&] {
             if (HasInternal)
               printMapping(P);
           }},
          {"calls", [&] {
             if (!Calls.empty())
               P.emit("for (const ilbridge_internal_call &call : $array$)\n"
                      "  mono_add_internal_call(\n"
                      "      call.name, reinterpret_cast<const void *>("
                      "call.function));\n",
                      {{"array", callArray()}});
           }}});
}

static std::unique_ptr<Plan> planMono(const OutputRequest &Request,
                                      const BindingInputs &In) {
  return std::make_unique<MonoPlan>(Request, In);
}

static constexpr OutputOptionID MonoOptions[] = {OutputOptionID::Name,
                                                 OutputOptionID::Region};

extern constexpr Backend Mono = {
    .Name = "mono",
    .Summary = "a function that registers everything in embedded Mono",
    .Runtime = "mono",
    .Options = MonoOptions,
    .Serves = MonoKinds,
    .UnwrapsObjects = true,
    .FromBindings = planMono,
    .ConnectsCalls = true,
};

} // namespace ilbridge::emit

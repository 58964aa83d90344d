//===- CoreCLR.cpp - The `coreclr` backend --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A host that starts CoreCLR passes it the address of a function that finds
// P/Invokes: the property PINVOKE_OVERRIDE, since .NET 5. coreclrhost.h
// declares the type of that function, PInvokeOverrideFn, with the calling
// convention of all hosting functions: __stdcall on 32-bit Windows. CoreCLR
// cannot register internal calls. Managed code uses a table of addresses
// instead, from which it sets its function pointers.
//
//===----------------------------------------------------------------------===//

#include "CxxType.h"
#include "FunctionRows.h"
#include "ManagedCalls.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::emit {

using native::ExportKind;

static constexpr ExportKind CoreCLRKinds[] = {ExportKind::PInvoke,
                                              ExportKind::FunctionPointer};

namespace {
class CoreCLRPlan final : public RowsPlan {
public:
  CoreCLRPlan(const OutputRequest &Request, const BindingInputs &In)
      : RowsPlan(Request, In, CoreCLRKinds, "PInvokeOverride",
                 /*ConnectsCalls=*/true) {}

private:
  void printHeaders(Printer &P) const override {
    if (!Called.empty())
      P.emit("#include \"ilbridge/export.h\"\n");
  }
  void printUse(Printer &P) const override;
  void printCalls(Printer &P) const override;
};
} // namespace

void CoreCLRPlan::printUse(Printer &P) const {
  // A host that only has function pointers does not use this function.
  if (Imports.empty() && (!Tables.empty() || !Called.empty()))
    return;
  P.emit(
      "// The calling convention of the hosting functions of coreclrhost.h.\n"
      "#if defined(_WIN32) && (defined(_M_IX86) || defined(__i386__))\n"
      "#define ILBRIDGE_CORECLR_CALL __stdcall\n"
      "#else\n"
      "#define ILBRIDGE_CORECLR_CALL\n"
      "#endif\n"
      "\n"
      "// The function whose address is the property PINVOKE_OVERRIDE.\n"
      "extern \"C\" const void *ILBRIDGE_CORECLR_CALL $name$(\n"
      "    const char *library, const char *entry_point);\n"
      "const void *ILBRIDGE_CORECLR_CALL $name$(\n"
      "    const char *library, const char *entry_point) {\n"
      "  static const ilbridge_import_table rows = $rows$;\n"
      "  return reinterpret_cast<const void *>(\n"
      "      ilbridge_find_import(&rows, library, entry_point));\n"
      "}\n"
      "#undef ILBRIDGE_CORECLR_CALL\n",
      {{"name", Name}, {"rows", tableInitialiser()}});
}

/// The comparison has checked that the runtime's pointer has the type that
/// native code declares. It is assigned to a variable, or a function calls it.
void CoreCLRPlan::printCalls(Printer &P) const {
  std::vector<CallNames> All;
  for (const match::ManagedCall &C : Called)
    All.emplace_back(C, Name);
  auto PointerName = [](const CallNames &C) {
    return C.native().IsPointer ? qualified(C.native().Decl)
                                : C.Helper + "_pointer";
  };
  P.emit("\n// Managed methods that native code calls.\n");
  for (const CallNames &C : All) {
    if (C.native().IsPointer)
      continue;
    P.emit("static $pointer$;\n\n",
           {{"pointer", pointerDeclaration(C.native(), PointerName(C))}});
    printCallFunction(P, C, [&] {
      P.emit("$return$$pointer$($arguments$);\n",
             {{"return", C.isVoid() ? "" : "return "},
              {"pointer", PointerName(C)},
              {"arguments", llvm::join(C.Params, ", ")}});
    });
    P.emit("\n");
  }
  inScopes(P, [&] {
    P.emit(
        "// Finds the address of a method, with coreclr_create_delegate or\n"
        "// with load_assembly_and_get_function_pointer; returns whether there "
        "is one.\n"
        "using $name$_find = bool (*)(void *context, const char *assembly,\n"
        "                             const char *type, const char "
        "*method,\n"
        "                             void **address);\n",
        {{"name", Name}});
    printFindFunction(P, Name, Name + "_find find, void *context", [&] {
      P.emit("void *address = nullptr;\n");
      for (const CallNames &C : All) {
        const managed::Method &M = *C.Call.Managed;
        std::string Type = M.Declaring->fullName();
        std::replace(Type.begin(), Type.end(), '/', '+');
        P.emit("if (!find(context, $assembly$, $type$, $method$, &address))\n"
               "  return $shown$;\n"
               "$pointer$ = reinterpret_cast<decltype($pointer$)>(address);\n",
               {{"assembly", literal(M.Assembly)},
                {"type", literal(Type)},
                {"method", literal(M.Name)},
                {"shown", C.shown()},
                {"pointer", PointerName(C)}});
      }
    });
  });
}

static std::unique_ptr<Plan> planCoreCLR(const OutputRequest &Request,
                                         const BindingInputs &In) {
  return std::make_unique<CoreCLRPlan>(Request, In);
}

static constexpr OutputOptionID CoreCLROptions[] = {OutputOptionID::Name,
                                                    OutputOptionID::Region};

extern constexpr Backend CoreCLR = {
    .Name = "coreclr",
    .Summary = "a resolver of P/Invokes and tables of function pointers for a "
               "host of CoreCLR",
    .Runtime = "coreclr",
    .Options = CoreCLROptions,
    .Serves = CoreCLRKinds,
    .FromBindings = planCoreCLR,
    .ConnectsCalls = true,
};

} // namespace ilbridge::emit

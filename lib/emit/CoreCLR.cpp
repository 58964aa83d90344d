//===- CoreCLR.cpp - The `coreclr` backend --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A host that starts CoreCLR gives it the address of a function that finds
// P/Invokes: the property PINVOKE_OVERRIDE, since .NET 5. coreclrhost.h
// declares the type of that function, PInvokeOverrideFn, with the calling
// convention of all hosting functions: __stdcall on 32-bit Windows. CoreCLR
// cannot register internal calls. What takes their place is a table of
// addresses, from which managed code sets its function pointers.
//
//===----------------------------------------------------------------------===//

#include "FunctionRows.h"

namespace ilbridge::emit {

using native::ExportKind;

static constexpr ExportKind Kinds[] = {ExportKind::PInvoke,
                                       ExportKind::FunctionPointer};

namespace {
class CoreCLRPlan final : public RowsPlan {
public:
  CoreCLRPlan(const OutputRequest &Request, const BindingInputs &In)
      : RowsPlan(Request, In, Kinds, "PInvokeOverride") {}

private:
  void printHeaders(Printer &) const override {}
  void printUse(Printer &P) const override;
};
} // namespace

void CoreCLRPlan::printUse(Printer &P) const {
  // A host of function pointers alone has no use for it.
  if (Imports.empty() && !Tables.empty())
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

static std::unique_ptr<Plan> planCoreCLR(const OutputRequest &Request,
                                         const BindingInputs &In) {
  return std::make_unique<CoreCLRPlan>(Request, In);
}

static constexpr OutputOptionID Options[] = {OutputOptionID::Name,
                                             OutputOptionID::Region};

extern constexpr Backend CoreCLR = {
    .Name = "coreclr",
    .Summary = "a resolver of P/Invokes and tables of function pointers for a "
               "host of CoreCLR",
    .Runtime = "coreclr",
    .Options = Options,
    .Serves = Kinds,
    .FromBindings = planCoreCLR,
};

} // namespace ilbridge::emit

//===- Il2Cpp.cpp - The `il2cpp` backend ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints one function that registers the internal calls. P/Invokes are not
// registered: those of the library __Internal are linked, and all others are
// found in libraries.
//
//===----------------------------------------------------------------------===//

#include "FunctionRows.h"
#include "ObjectThunks.h"

namespace ilbridge::emit {

using native::ExportKind;

static constexpr ExportKind Il2CppRows[] = {ExportKind::InternalCall,
                                            ExportKind::FunctionPointer};

static constexpr ObjectAPI Il2CppObjects = {.Prefix = "il2cpp",
                                            .Object = "Il2CppObject",
                                            .Class = "Il2CppClass",
                                            .Field = "FieldInfo",
                                            .HasDomains = false,
                                            .Headers = {}};

namespace {
class Il2CppPlan final : public RowsPlan {
public:
  Il2CppPlan(const OutputRequest &Request, const BindingInputs &In)
      : RowsPlan(Request, In, Il2CppRows, "RegisterNativeMethods",
                 /*ConnectsCalls=*/false, &Il2CppObjects) {}

private:
  void printHeaders(Printer &P) const override {
    if (!Calls.empty())
      P.emit("#include \"il2cpp-api.h\"\n");
  }
  void printUse(Printer &P) const override;
};
} // namespace

void Il2CppPlan::printUse(Printer &P) const {
  P.emit("void $name$();\n"
         "void $name$() {\n"
         "  $calls$\n"
         "}\n",
         {{"name", Name},
          {"calls", [&] {
             if (!Calls.empty())
               P.emit("for (const ilbridge_internal_call &call : $array$)\n"
                      "  il2cpp_add_internal_call(call.name, call.function);\n",
                      {{"array", callArray()}});
           }}});
}

static std::unique_ptr<Plan> planIl2Cpp(const OutputRequest &Request,
                                        const BindingInputs &In) {
  return std::make_unique<Il2CppPlan>(Request, In);
}

static constexpr OutputOptionID Il2CppOptions[] = {OutputOptionID::Name,
                                                   OutputOptionID::Region};
static constexpr ExportKind Il2CppKinds[] = {
    ExportKind::PInvoke, ExportKind::InternalCall, ExportKind::FunctionPointer};

extern constexpr Backend Il2Cpp = {
    .Name = "il2cpp",
    .Summary = "a function that registers internal calls in Unity's il2cpp",
    .Runtime = "il2cpp",
    .Options = Il2CppOptions,
    .Serves = Il2CppKinds,
    .UnwrapsObjects = true,
    .FromBindings = planIl2Cpp,
};

} // namespace ilbridge::emit

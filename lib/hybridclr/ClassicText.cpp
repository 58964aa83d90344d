//===- ClassicText.cpp - The text of classic tables -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TableText.h"
#include "ilbridge/hybridclr/Text.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::hybridclr {
namespace {

constexpr llvm::StringLiteral ClassicReverseIncludes =
    R"(#include "../metadata/ReversePInvokeMethodStub.h"
#include "../metadata/MetadataModule.h"

#include "../interpreter/MethodBridge.h"
#include "../interpreter/InstrinctDef.h"

namespace hybridclr
{
namespace metadata
{
using namespace hybridclr::interpreter;

)";

StringRef guard(AbiFamily F) {
  switch (F) {
  case AbiFamily::Arm64:
    return "HYBRIDCLR_ABI_ARM_64";
  case AbiFamily::Universal32:
    return "HYBRIDCLR_ABI_UNIVERSAL_32";
  case AbiFamily::Universal64:
    return "HYBRIDCLR_ABI_UNIVERSAL_64";
  case AbiFamily::WebGL32:
    return "HYBRIDCLR_ABI_WEBGL32";
  }
  llvm_unreachable("not a family");
}

/// The types that the function of a row passes.
struct ClassicSignature {
  ClassicSignature(const ClassicTables &T, const SharedTypes &Classes,
                   ABIClassList L)
      : Result(&T.Types->type(Classes.classes(L).front(), true)) {
    for (ABIClass V : Classes.classes(L).drop_front()) {
      Params.push_back(&T.Types->type(V, false));
      Types.push_back(Params.back()->Type);
    }
  }
  const ClassicType *Result;
  std::vector<const ClassicType *> Params;
  std::vector<std::string> Types; ///< of Params
};

/// Returns "a, b, c".
std::string joined(llvm::ArrayRef<std::string> Parts) {
  return llvm::join(Parts, ", ");
}

/// Returns the same, but with one argument per line if the line would be too
/// long.
std::string arguments(llvm::ArrayRef<std::string> Parts) {
  size_t Length = 0;
  for (const std::string &Part : Parts)
    Length += Part.size() + 2;
  return Length <= 60 ? joined(Parts)
                      : "\n        " + llvm::join(Parts, ",\n        ");
}

/// Returns "T0 __arg0, T1 __arg1, " followed by \p Last.
std::string declared(llvm::ArrayRef<std::string> Types, StringRef Last = "") {
  std::string Text;
  llvm::ListSeparator Comma;
  for (size_t I = 0; I != Types.size(); ++I)
    Text += (StringRef(Comma) + Types[I] + " __arg" + llvm::Twine(I)).str();
  if (!Last.empty())
    Text += (StringRef(Comma) + Last).str();
  return Text;
}

void managedToNative(std::string &Text, const FunctionRow &R,
                     const ClassicSignature &S) {
  std::vector<std::string> Types = S.Types, Args;
  for (size_t I = 0; I != S.Params.size(); ++I) {
    std::string Slot =
        "(localVarBase + argVarIndexs[" + std::to_string(I) + "])";
    Args.push_back(S.Params[I]->TheKind == ClassicType::Address
                       ? "(uint64_t)" + Slot
                       : "*(" + Types[I] + " *)" + Slot);
  }
  Types.push_back("const MethodInfo *");
  Args.push_back("method");
  bool IsVoid = S.Result->TheKind == ClassicType::Nothing;
  const std::string &Result = S.Result->Type;
  Text += "\nstatic void __M2N_" + R.Key + "(const MethodInfo *method, " +
          (S.Params.empty() ? "uint16_t *, StackObject *, "
                            : "uint16_t *argVarIndexs, "
                              "StackObject *localVarBase, ") +
          (IsVoid ? "void *" : "void *ret") + ")\n{\n";
  Text += "    typedef " + Result + " (*NativeMethod)(" + joined(Types) +
          ");\n    " + (IsVoid ? "" : "*(" + Result + " *)ret = ") +
          "((NativeMethod)method->methodPointerCallByInterp)(" +
          arguments(Args) + ");\n}\n";
}

void nativeToManaged(std::string &Text, const FunctionRow &R,
                     const ClassicSignature &S, bool IsThunk) {
  const ClassicType &Result = *S.Result;
  std::string Count = std::to_string(S.Params.size());
  uint64_t Slots = S.Params.size() + (Result.Size + 7) / 8;
  Text += "\nstatic " + Result.Type +
          (IsThunk ? " __N2M_AdjustorThunk_" : " __N2M_") + R.Key + "(" +
          declared(S.Types, "const MethodInfo *method") + ")\n{\n";
  if (IsThunk)
    Text += "    __arg0 += sizeof(Il2CppObject);\n";
  Text += "    StackObject args[" +
          std::to_string(std::max<uint64_t>(Slots, 1)) + "];\n";
  for (size_t I = 0; I != S.Params.size(); ++I) {
    std::string Arg = "__arg" + std::to_string(I);
    std::string Slot = "args[" + std::to_string(I) + "]";
    const ClassicType &C = *S.Params[I];
    if (C.isNumber())
      Text += "    " + Slot + "." + C.slotMember() + " = " + Arg + ";\n";
    else if (C.Size <= 8)
      Text += "    std::memcpy(&" + Slot + ", &" + Arg + ", sizeof(" + Arg +
              "));\n";
    else
      Text += "    " + Slot + ".ptr = &" + Arg + ";\n";
  }
  if (Result.TheKind == ClassicType::Nothing) {
    Text += "    Interpreter::Execute(method, args, nullptr);\n}\n";
    return;
  }
  Text += "    Interpreter::Execute(method, args, args + " + Count + ");\n";
  Text +=
      Result.isNumber()
          ? "    return args[" + Count + "]." + Result.exactMember() + ";\n}\n"
          : "    return *(" + Result.Type + " *)(args + " + Count + ");\n}\n";
}

void reverse(std::string &Text, const ClassicSignature &S, uint64_t Index) {
  std::vector<std::string> Types = S.Types, Names;
  for (size_t I = 0; I != S.Params.size(); ++I)
    Names.push_back("__arg" + std::to_string(I));
  Names.push_back("method");
  std::string Result = S.Result->Type, Number = std::to_string(Index);
  Text += "\nstatic " + Result + " __ReversePInvokeMethod_" + Number + "(" +
          declared(Types) +
          ")\n{\n    const MethodInfo *method = MetadataModule::"
          "GetMethodInfoByReversePInvokeWrapperIndex(" +
          Number + ");\n";
  Types.push_back("const MethodInfo *");
  Text += "    typedef " + Result + " (*Callback)(" + joined(Types) +
          ");\n    " +
          (S.Result->TheKind == ClassicType::Nothing ? "" : "return ") +
          "((Callback)method->methodPointerCallByInterp)(" + joined(Names) +
          ");\n}\n";
}

constexpr llvm::StringLiteral Header =
    "// Generated by ilbridge. Do not edit: the next run replaces it.\n";

} // namespace

FileFrame classicFrame(AbiFamily F) {
  return {(IncludesUpTo54 + "#if " + guard(F) + "\n").str(), "#endif\n"};
}

FileFrame classicReverseFrame(AbiFamily F) {
  return {(ClassicReverseIncludes + "#if " + guard(F) + "\n").str(),
          "#endif\n}\n}\n"};
}

std::string printClassicBridges(const ClassicTables &T,
                                const SharedTypes &Classes) {
  constexpr StringRef Scope = "hybridclr::interpreter::";
  std::string Text = Header.str();
  for (const FunctionRow &R : T.M2N)
    managedToNative(Text, R, {T, Classes, R.Classes});
  table(Text, "Managed2NativeMethodInfo", Scope, "g_managed2nativeStub", T.M2N,
        "__M2N_");
  for (const FunctionRow &R : T.N2M)
    nativeToManaged(Text, R, {T, Classes, R.Classes}, false);
  table(Text, "Native2ManagedMethodInfo", Scope, "g_native2managedStub", T.N2M,
        "(Il2CppMethodPointer)__N2M_");
  for (const FunctionRow &R : T.AdjustThunk)
    nativeToManaged(Text, R, {T, Classes, R.Classes}, true);
  table(Text, "NativeAdjustThunkMethodInfo", Scope, "g_adjustThunkStub",
        T.AdjustThunk, "(Il2CppMethodPointer)__N2M_AdjustorThunk_");
  return Text;
}

std::string printClassicReverseWrappers(const ClassicTables &T,
                                        const SharedTypes &Classes) {
  std::string Text = Header.str();
  uint64_t Index = 0;
  for (const ReverseRow &R : T.Reverse)
    for (uint64_t I = 0; I != R.Count; ++I)
      reverse(Text, {T, Classes, R.Classes}, Index++);
  reverseTable(Text, "ReversePInvokeMethodData", "", T.Reverse);
  return Text;
}

} // namespace ilbridge::hybridclr

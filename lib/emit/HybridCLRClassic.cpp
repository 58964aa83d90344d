//===- HybridCLRClassic.cpp - Bridge tables of HybridCLR up to 3.4 --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HybridCLRText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ilbridge::bridge;
using llvm::StringRef;

namespace ilbridge::emit {
namespace {

constexpr llvm::StringLiteral ReverseIncludes =
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

/// The C++ type that carries a token's value, and its size in bytes.
struct Carrier {
  std::string Type;
  uint64_t Size;
  /// It fits a slot and has a member of StackObject of its own.
  bool IsNumber = false;
};

Carrier carrier(StringRef Token) {
  if (Token == "v")
    return {"void", 0};
  if (Token == "sr") // the address of the argument
    return {"uint64_t", 8, true};
  if (Token == "i16")
    return {"ValueTypeSize16", 16};
  if (StringRef Number = primitiveType(Token); !Number.empty())
    return {Number.str(), uint64_t(Token[1] - '0'), true};
  // vf3 and v3f: the number of elements, and which.
  if (Token.front() == 'v') {
    char Count = llvm::isDigit(Token[1]) ? Token[1] : Token[2];
    char Kind = llvm::isDigit(Token[1]) ? Token[2] : Token[1];
    return {std::string("HtVector") + Count + Kind,
            uint64_t(Count - '0') * (Kind == 'f' ? 4 : 8)};
  }
  uint64_t Size;
  Token.drop_front().getAsInteger(10, Size);
  StringRef Type = llvm::StringSwitch<StringRef>(Token.take_front())
                       .Case("S", "ValueTypeSize")
                       .Case("A", "ValueTypeSizeAlign2")
                       .Case("B", "ValueTypeSizeAlign4")
                       .Case("C", "ValueTypeSizeAlign8")
                       .Case("X", "WebGLSpeicalValueType")
                       .Case("Y", "WebGLSpeicalValueTypeAlign2")
                       .Case("Z", "WebGLSpeicalValueTypeAlign4")
                       .Case("W", "WebGLSpeicalValueTypeAlign8");
  return {(Type + "<" + llvm::Twine(Size) + ">").str(), Size};
}

std::vector<std::string> types(const TokenSignature &S) {
  std::vector<std::string> Types;
  for (const std::string &Param : S.Params)
    Types.push_back(carrier(Param).Type);
  return Types;
}

void managedToNative(std::string &Text, const FunctionRow &R) {
  const TokenSignature &S = R.Signature;
  std::vector<std::string> Types = types(S), Args;
  for (size_t I = 0; I != S.Params.size(); ++I) {
    std::string Slot =
        "(localVarBase + argVarIndexs[" + std::to_string(I) + "])";
    Args.push_back(S.Params[I] == "sr" ? "(uint64_t)" + Slot
                                       : "*(" + Types[I] + " *)" + Slot);
  }
  Types.push_back("const MethodInfo *");
  Args.push_back("method");
  std::string Result = carrier(S.Result).Type;
  Text += "\nstatic void __M2N_" + R.Key + "(const MethodInfo *method, " +
          (S.Params.empty() ? "uint16_t *, StackObject *, "
                            : "uint16_t *argVarIndexs, "
                              "StackObject *localVarBase, ") +
          (S.Result == "v" ? "void *" : "void *ret") + ")\n{\n";
  Text += "    typedef " + Result + " (*NativeMethod)(" + joined(Types) +
          ");\n    " + (S.Result == "v" ? "" : "*(" + Result + " *)ret = ") +
          "((NativeMethod)method->methodPointerCallByInterp)(" +
          arguments(Args) + ");\n}\n";
}

/// The member of StackObject that is as wide as a number.
std::string exactMember(StringRef Token) {
  if (Token.front() == 'r')
    return slotMember(Token).str();
  return (Token.take_front() + llvm::Twine(8 * unsigned(Token[1] - '0'))).str();
}

void nativeToManaged(std::string &Text, const FunctionRow &R, bool IsThunk) {
  const TokenSignature &S = R.Signature;
  Carrier Result = carrier(S.Result);
  std::string Count = std::to_string(S.Params.size());
  uint64_t Slots = S.Params.size() + (Result.Size + 7) / 8;
  Text += "\nstatic " + Result.Type +
          (IsThunk ? " __N2M_AdjustorThunk_" : " __N2M_") + R.Key + "(" +
          declared(types(S), "const MethodInfo *method") + ")\n{\n";
  if (IsThunk)
    Text += "    __arg0 += sizeof(Il2CppObject);\n";
  Text += "    StackObject args[" +
          std::to_string(std::max<uint64_t>(Slots, 1)) + "];\n";
  for (size_t I = 0; I != S.Params.size(); ++I) {
    std::string Arg = "__arg" + std::to_string(I);
    std::string Slot = "args[" + std::to_string(I) + "]";
    Carrier C = carrier(S.Params[I]);
    if (C.IsNumber)
      Text += "    " + Slot + "." + slotMember(S.Params[I]).str() + " = " +
              Arg + ";\n";
    else if (C.Size <= 8)
      Text += "    std::memcpy(&" + Slot + ", &" + Arg + ", sizeof(" + Arg +
              "));\n";
    else
      Text += "    " + Slot + ".ptr = &" + Arg + ";\n";
  }
  if (S.Result == "v") {
    Text += "    Interpreter::Execute(method, args, nullptr);\n}\n";
    return;
  }
  Text += "    Interpreter::Execute(method, args, args + " + Count + ");\n";
  Text +=
      Result.IsNumber
          ? "    return args[" + Count + "]." + exactMember(S.Result) + ";\n}\n"
          : "    return *(" + Result.Type + " *)(args + " + Count + ");\n}\n";
}

void reverse(std::string &Text, const ReverseRow &R, uint64_t Index) {
  const TokenSignature &S = R.Signature;
  std::vector<std::string> Types = types(S), Names;
  for (size_t I = 0; I != S.Params.size(); ++I)
    Names.push_back("__arg" + std::to_string(I));
  Names.push_back("method");
  std::string Result = carrier(S.Result).Type, Number = std::to_string(Index);
  Text += "\nstatic " + Result + " __ReversePInvokeMethod_" + Number + "(" +
          declared(Types) +
          ")\n{\n    const MethodInfo *method = MetadataModule::"
          "GetMethodInfoByReversePInvokeWrapperIndex(" +
          Number + ");\n";
  Types.push_back("const MethodInfo *");
  Text += "    typedef " + Result + " (*Callback)(" + joined(Types) +
          ");\n    " + (S.Result == "v" ? "" : "return ") +
          "((Callback)method->methodPointerCallByInterp)(" + joined(Names) +
          ");\n}\n";
}

constexpr llvm::StringLiteral Header =
    "// Generated by ilbridge. Do not edit: the next run replaces it.\n";

} // namespace

ForeignRegion classicRegion(AbiFamily F) {
  return {BridgeRegionBegin.str(), BridgeRegionEnd.str(),
          (IncludesUpTo54 + "#if " + guard(F) + "\n").str(), "#endif\n"};
}

ForeignRegion classicReverseRegion(AbiFamily F) {
  return {BridgeRegionBegin.str(), BridgeRegionEnd.str(),
          (ReverseIncludes + "#if " + guard(F) + "\n").str(), "#endif\n}\n}\n"};
}

std::string printClassicBridges(const ClassicTables &T) {
  constexpr StringRef Scope = "hybridclr::interpreter::";
  std::string Text = Header.str();
  for (const FunctionRow &R : T.M2N)
    managedToNative(Text, R);
  table(Text, "Managed2NativeMethodInfo", Scope, "g_managed2nativeStub", T.M2N,
        "__M2N_");
  for (const FunctionRow &R : T.N2M)
    nativeToManaged(Text, R, false);
  table(Text, "Native2ManagedMethodInfo", Scope, "g_native2managedStub", T.N2M,
        "(Il2CppMethodPointer)__N2M_");
  for (const FunctionRow &R : T.AdjustThunk)
    nativeToManaged(Text, R, true);
  table(Text, "NativeAdjustThunkMethodInfo", Scope, "g_adjustThunkStub",
        T.AdjustThunk, "(Il2CppMethodPointer)__N2M_AdjustorThunk_");
  return Text;
}

std::string printClassicReverseWrappers(const ClassicTables &T) {
  std::string Text = Header.str();
  uint64_t Index = 0;
  for (const ReverseRow &R : T.Reverse)
    for (uint64_t I = 0; I != R.Count; ++I)
      reverse(Text, R, Index++);
  reverseTable(Text, "ReversePInvokeMethodData", "", T.Reverse);
  return Text;
}

} // namespace ilbridge::emit

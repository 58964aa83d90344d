//===- HybridCLRStructural.cpp - Bridge tables of current HybridCLR -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   struct definitions        what s{N} stands for
//   full names                how the runtime finds s{N}
//   M2N, N2M, adjustor thunks functions, and behind each kind its table
//   reverse wrappers, calls   the same, with calling conventions
//
// The text of a large application has a hundred thousand lines, so it is put
// together by hand and not from templates.
//
//===----------------------------------------------------------------------===//

#include "HybridCLRText.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ilbridge::bridge;
using llvm::StringRef;

namespace ilbridge::emit {
namespace {

/// The text before the region of HybridCLR 6.0 and later.
constexpr llvm::StringLiteral Includes =
    R"(#include <codegen/il2cpp-codegen-metadata.h>
#if HYBRIDCLR_UNITY_2023_OR_NEW
#include <codegen/il2cpp-codegen.h>
#elif HYBRIDCLR_UNITY_2022
#include <codegen/il2cpp-codegen-il2cpp.h>
#elif HYBRIDCLR_UNITY_2020 || HYBRIDCLR_UNITY_2021
#include <codegen/il2cpp-codegen-common-big.h>
#else
#include <codegen/il2cpp-codegen-common.h>
#endif

#include "vm/ClassInlines.h"
#include "vm/Object.h"
#include "vm/Class.h"
#include "vm/ScopedThreadAttacher.h"

#include "../metadata/MetadataUtil.h"

#include "../interpreter/InterpreterModule.h"
#include "../interpreter/MethodBridge.h"
#include "../interpreter/Interpreter.h"
#include "../interpreter/MemoryUtil.h"
#include "../interpreter/InstrinctDef.h"

using namespace hybridclr::interpreter;
using namespace hybridclr::metadata;

)";

/// The text before the region of reverse wrappers.
constexpr llvm::StringLiteral ReverseIncludes =
    R"(#include "../metadata/ReversePInvokeMethodStub.h"
#include "../metadata/MetadataModule.h"
)";

constexpr llvm::StringLiteral Attacher = R"(
#include "vm/ScopedThreadAttacher.h"
)";

constexpr llvm::StringLiteral ReverseNamespaces = R"(
namespace hybridclr
{
namespace metadata
{

)";

/// The result of functions that are shared by rows whose results differ in size
/// but all go through memory. Returned in braces it is constructed where the
/// caller wants the result (C++11, [stmt.return]), and never copied; with a
/// destructor of its own no C++ ABI passes it in registers. So the compiler
/// knows no size of the result, nor has it an object to copy or to initialise.
/// Sharing.cpp asks whether a target passes it as it does the results.
constexpr llvm::StringLiteral ResultInPlace = R"(
/// A result of any size that goes through memory: the interpreter writes it
/// where the caller wants it. It has a destructor, so that it never is in
/// registers, and is not copied.
struct __ResultInPlace {
    __ResultInPlace(const MethodInfo *method, StackObject *args) { Interpreter::Execute(method, args, this); }
    __ResultInPlace(const __ResultInPlace &) = delete;
    ~__ResultInPlace() {}
};
)";

bool isStruct(StringRef Token) { return Token.front() == 's'; }

std::string cxxType(StringRef Token) {
  if (isStruct(Token))
    return ("__struct_" + Token.drop_front() + "__").str();
  return llvm::StringSwitch<StringRef>(Token)
      .Case("v", "void")
      .Case("i", "intptr_t")
      .Case("u", "uintptr_t")
      .Case("typedbyref", "Il2CppTypedRef")
      .Default(primitiveType(Token))
      .str();
}

/// How many slots of the interpreter's stack a value takes is known to the C++
/// compiler only, for structs.
bool hasOwnSlots(StringRef Token) {
  return isStruct(Token) || Token == "typedbyref";
}

class Emitter {
public:
  Emitter(const StructuralTables &T, SharedTypes &Types,
          const runtime::BridgeDialect &D)
      : T(T), Types(Types), D(D) {}
  std::string emit(bool Development);
  std::string emitReverseFile();

private:
  void shape(const StructuralTables::Shape &S);
  void explicitFields(const StructuralTables::Shape &S, const Structure &F);
  std::string declare(StringRef Type) const {
    return ((D.HasConstTables ? "const " : "") + Type).str();
  }
  void fullNames();
  void managedToNative(const FunctionRow &R);
  void nativeToManaged(const FunctionRow &R, bool IsThunk);
  void reverse(const ReverseRow &R, uint64_t Index);
  void reverseWrappers(StringRef Scope);
  void call(const CallRow &R);
  void helpers();

  const StructuralTables &T;
  SharedTypes &Types;
  const runtime::BridgeDialect &D;
  std::string Text;
};

} // namespace

//===----------------------------------------------------------------------===//
// Structs
//===----------------------------------------------------------------------===//

/// il2cpp gives every field of an explicit layout twice: packed at its offset,
/// and once more for the alignment. The members count where a struct is passed
/// (a union of one member is passed like that member), so they stay both.
void Emitter::explicitFields(const StructuralTables::Shape &S,
                             const Structure &F) {
  for (size_t I = 0; I != F.Fields.size(); ++I) {
    std::string Name = "__" + std::to_string(I);
    std::string Type = cxxType(S.FieldTokens[I]);
    std::string Offset;
    if (uint32_t At = *F.Fields[I].Offset)
      Offset = "char __offset[" + std::to_string(At) + "]; ";
    Text += "#pragma pack(push, 1)\n";
    Text += "    struct { " + Offset + Type + " __value; } " + Name + ";\n";
    Text += "#pragma pack(pop)\n";
    if (uint32_t Pack = F.effectivePack())
      Text += "#pragma pack(push, " + std::to_string(Pack) + ")\n";
    Text += "    struct { " + Offset + Type + " __value; } " + Name +
            "_alignment;\n";
    if (F.effectivePack())
      Text += "#pragma pack(pop)\n";
  }
}

void Emitter::shape(const StructuralTables::Shape &S) {
  const Structure &F = Types.structure(S.Example);
  std::string Name = "__struct_" + std::to_string(S.Number) + "__";
  std::string Size =
      F.Size ? "    char __size[" + std::to_string(F.Size) + "];\n" : "";
  if (F.Layout == managed::TypeDef::Explicit) {
    Text += "struct " + Name + " {\n  union {\n" + Size;
    explicitFields(S, F);
    Text += "  } __fields;\n};\n";
    return;
  }
  if (uint32_t Pack = F.effectivePack())
    Text += "#pragma pack(push, " + std::to_string(Pack) + ")\n";
  Text += (F.Size ? "union " : "struct ") + Name + " {\n" + Size;
  std::string Indent = "    ";
  if (F.Size) {
    Text += "    struct {\n";
    Indent = "        ";
  }
  for (size_t I = 0; I != F.Fields.size(); ++I)
    Text +=
        Indent + cxxType(S.FieldTokens[I]) + " __" + std::to_string(I) + ";\n";
  if (F.Size)
    Text += "    } __fields;\n";
  Text += "};\n";
  if (F.effectivePack())
    Text += "#pragma pack(pop)\n";
}

void Emitter::fullNames() {
  Text += "\n" + declare("FullName2Signature") +
          " hybridclr::interpreter::g_fullName2SignatureStub[] = {\n";
  for (const StructuralTables::FullName &F : T.FullNames)
    Text += "    {" + literal(F.Name) + ", \"" + F.Token + "\"},\n";
  Text += "    {nullptr, nullptr},\n};\n";
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// The calling function's own argument list: M2NFromValueOrAddress<T>(…), ….
static std::vector<std::string> loads(const TokenSignature &S) {
  std::vector<std::string> Args;
  for (size_t I = 0; I != S.Params.size(); ++I)
    Args.push_back("M2NFromValueOrAddress<" + cxxType(S.Params[I]) +
                   ">(localVarBase + argVarIndexs[" + std::to_string(I) + "])");
  return Args;
}

static std::vector<std::string> types(const TokenSignature &S) {
  std::vector<std::string> Types;
  for (const std::string &Param : S.Params)
    Types.push_back(cxxType(Param));
  return Types;
}

/// The parameters that a function from the interpreter has, without the names
/// of those that it does not use.
static std::string fromInterpreter(StringRef First, const TokenSignature &S) {
  return (First +
          (S.Params.empty()
               ? ", uint16_t *, StackObject *, "
               : ", uint16_t *argVarIndexs, StackObject *localVarBase, ") +
          (S.Result == "v" ? "void *" : "void *ret"))
      .str();
}

static std::string storeResult(const TokenSignature &S) {
  return S.Result == "v" ? "" : "*(" + cxxType(S.Result) + " *)ret = ";
}

void Emitter::managedToNative(const FunctionRow &R) {
  std::vector<std::string> Types = types(R.Signature),
                           Args = loads(R.Signature);
  Types.push_back("const MethodInfo *");
  Args.push_back("method");
  Text += "\nstatic void __M2N_" + R.Key + "(" +
          fromInterpreter("const MethodInfo *method", R.Signature) + ")\n{\n";
  Text += "    typedef " + cxxType(R.Signature.Result) + " (*NativeMethod)(" +
          joined(Types) + ");\n";
  Text += "    " + storeResult(R.Signature) +
          "((NativeMethod)method->methodPointerCallByInterp)(" +
          arguments(Args) + ");\n}\n";
}

void Emitter::helpers() {
  auto Needs = [&](auto Condition) {
    return llvm::any_of(T.N2M, Condition) ||
           llvm::any_of(T.AdjustThunk, Condition);
  };
  if (Needs([](const FunctionRow &R) {
        return llvm::any_of(R.Signature.Params, hasOwnSlots);
      }))
    Text += "\n/// How many slots of the interpreter's stack a T takes.\n"
            "template <typename T> constexpr size_t __slots() "
            "{ return (sizeof(T) + 7) / 8; }\n";
  if (Needs([](const FunctionRow &R) {
        return R.Result == FunctionRow::InPlace;
      }))
    Text += ResultInPlace;
}

/// The code that stores a parameter into the slots from args + \p Offset on.
static std::string storeParam(StringRef Token, StringRef Offset,
                              StringRef Arg) {
  if (hasOwnSlots(Token))
    return ("    std::memcpy(args + " + Offset + ", &" + Arg + ", sizeof(" +
            Arg + "));\n")
        .str();
  auto Store = [&](const llvm::Twine &Member, StringRef Cast) {
    return ("    args[" + Offset + "]." + Member + " = " + Cast + Arg + ";\n")
        .str();
  };
  if (Token == "i" || Token == "u")
    return Store("ptr", "(void *)");
  if (Token == "i4" || Token == "u4")
    return Store(llvm::Twine(Token.take_front()) + "32", "");
  return Store(slotMember(Token), "");
}

void Emitter::nativeToManaged(const FunctionRow &R, bool IsThunk) {
  const TokenSignature &S = R.Signature;
  bool IsInPlace = R.Result == FunctionRow::InPlace;
  std::string Result = IsInPlace ? "__ResultInPlace" : cxxType(S.Result);
  Text += "\nstatic " + Result +
          (IsThunk ? " __N2M_AdjustorThunk_" : " __N2M_") + R.Key + "(" +
          declared(types(S), "const MethodInfo *method") + ")\n{\n";
  if (IsThunk)
    Text += "    __arg0 += sizeof(Il2CppObject);\n";
  // Slots whose number is known, and sizes that only the compiler knows.
  unsigned Known = 0;
  std::string Others, Stores;
  auto Offset = [&] { return std::to_string(Known) + Others; };
  for (size_t I = 0; I != S.Params.size(); ++I) {
    Stores += storeParam(S.Params[I], Offset(), "__arg" + std::to_string(I));
    if (hasOwnSlots(S.Params[I]))
      Others += " + __slots<" + cxxType(S.Params[I]) + ">()";
    else
      ++Known;
  }
  if (S.Params.empty())
    Known = 1;
  Text += "    StackObject args[" + Offset() + "];\n" + Stores;
  if (S.Result == "v")
    Text += "    Interpreter::Execute(method, args, nullptr);\n}\n";
  else if (IsInPlace)
    Text += "    return {method, args};\n}\n";
  else
    Text += "    " + Result + " ret" +
            (R.Result == FunctionRow::Cleared ? " = {}" : "") +
            ";\n    Interpreter::Execute(method, args, &ret);\n"
            "    return ret;\n}\n";
}

static StringRef conventionMacro(std::optional<CallingConvention> CC) {
  switch (letter(CC)) {
  case 'B':
    return "CDECL";
  case 'C':
    return "STDCALL";
  case 'D':
    return "THISCALL";
  case 'E':
    return "FASTCALL";
  default:
    return "DEFAULT_CALL";
  }
}

void Emitter::reverse(const ReverseRow &R, uint64_t Index) {
  const TokenSignature &S = R.Signature;
  std::string Number = std::to_string(Index), Result = cxxType(S.Result);
  std::vector<std::string> Types = types(S), Names;
  for (size_t I = 0; I != S.Params.size(); ++I)
    Names.push_back("__arg" + std::to_string(I));
  Names.push_back("method");
  // Without a letter in the key, callbacks of all conventions share it. A file
  // of reverse wrappers includes nothing that defines DEFAULT_CALL.
  std::string Convention;
  if (D.HasReverseConventions && (R.Convention || !D.HasReverseFile))
    Convention = conventionMacro(R.Convention).str() + " ";
  Text += "\nstatic " + Result + " " + Convention + "__ReversePInvokeMethod_" +
          Number + "(" + declared(Types) + ")\n{\n";
  if (D.AttachesThreads)
    Text += "    il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;\n";
  Text += std::string("    const MethodInfo *method = ") +
          (D.HasReverseFile ? "MetadataModule" : "InterpreterModule") +
          "::GetMethodInfoByReversePInvokeWrapperIndex(" + Number + ");\n";
  Types.push_back("const MethodInfo *");
  Text += "    typedef " + Result + " (*Callback)(" + joined(Types) +
          ");\n    " + (S.Result == "v" ? "" : "return ") +
          "((Callback)method->methodPointerCallByInterp)(" + joined(Names) +
          ");\n}\n";
}

void Emitter::reverseWrappers(StringRef Scope) {
  uint64_t Index = 0;
  for (const ReverseRow &R : T.Reverse)
    for (uint64_t I = 0; I != R.Count; ++I)
      reverse(R, Index++);
  reverseTable(Text, declare("ReversePInvokeMethodData"), Scope, T.Reverse);
}

void Emitter::call(const CallRow &R) {
  const TokenSignature &S = R.Signature;
  Text += "\nstatic void __M2NF_" + R.Key + "(" +
          fromInterpreter((D.FunctionPointer + "methodPointer").str(), S) +
          ")\n{\n";
  Text += "    typedef " + cxxType(S.Result) + " (" +
          conventionMacro(R.Convention).str() + " *NativeMethod)(" +
          joined(types(S)) + ");\n";
  Text += "    " + storeResult(S) + "((NativeMethod)methodPointer)(" +
          arguments(loads(S)) + ");\n}\n";
}

std::string Emitter::emit(bool Development) {
  constexpr StringRef Interpreter = "hybridclr::interpreter::";
  Text = Development ? "// DEVELOPMENT=1\n" : "// DEVELOPMENT=0\n";
  Text +=
      "// Generated by ilbridge. Do not edit: the next run replaces it.\n\n";
  for (const StructuralTables::Shape &S : T.Shapes)
    shape(S);
  fullNames();

  for (const FunctionRow &R : T.M2N)
    if (R.SharedWith.empty())
      managedToNative(R);
  table(Text, declare("Managed2NativeMethodInfo"), Interpreter,
        "g_managed2nativeStub", T.M2N, "__M2N_");
  helpers();
  for (const FunctionRow &R : T.N2M)
    if (R.SharedWith.empty())
      nativeToManaged(R, false);
  table(Text, declare("Native2ManagedMethodInfo"), Interpreter,
        "g_native2managedStub", T.N2M, "(Il2CppMethodPointer)__N2M_");
  for (const FunctionRow &R : T.AdjustThunk)
    if (R.SharedWith.empty())
      nativeToManaged(R, true);
  table(Text, declare("NativeAdjustThunkMethodInfo"), Interpreter,
        "g_adjustThunkStub", T.AdjustThunk,
        "(Il2CppMethodPointer)__N2M_AdjustorThunk_");

  if (!D.HasReverseFile)
    reverseWrappers(Interpreter);
  if (D.FunctionPointer.empty())
    return std::move(Text);
  for (const CallRow &R : T.Calls)
    call(R);
  table(Text, declare("Managed2NativeFunctionPointerCallData"), Interpreter,
        "g_managed2NativeFunctionPointerCallStub", T.Calls, "__M2NF_");
  return std::move(Text);
}

std::string Emitter::emitReverseFile() {
  Text = "// Generated by ilbridge. Do not edit: the next run replaces it.\n\n";
  // The structs that wrappers pass, and those in them, which stand before them.
  llvm::StringSet<> Passed;
  for (const ReverseRow &R : T.Reverse) {
    Passed.insert(R.Signature.Result);
    for (const std::string &Param : R.Signature.Params)
      Passed.insert(Param);
  }
  std::vector<const StructuralTables::Shape *> Shapes;
  for (const StructuralTables::Shape &S : llvm::reverse(T.Shapes)) {
    if (!Passed.contains("s" + std::to_string(S.Number)))
      continue;
    Shapes.push_back(&S);
    for (const std::string &Field : S.FieldTokens)
      Passed.insert(Field);
  }
  for (const StructuralTables::Shape *S : llvm::reverse(Shapes))
    shape(*S);
  reverseWrappers("");
  return std::move(Text);
}

ForeignRegion structuralRegion(const runtime::BridgeDialect &D) {
  StringRef Before = D.HasReverseFile ? IncludesUpTo54 : Includes;
  return {BridgeRegionBegin.str(), BridgeRegionEnd.str(), Before.str(), ""};
}

ForeignRegion structuralReverseRegion(const runtime::BridgeDialect &D) {
  std::string Before = ReverseIncludes.str();
  if (D.AttachesThreads)
    Before += Attacher;
  Before += ReverseNamespaces;
  return {BridgeRegionBegin.str(), BridgeRegionEnd.str(), std::move(Before),
          "}\n}\n"};
}

std::string printStructuralBridges(const StructuralTables &T,
                                   SharedTypes &Types,
                                   const runtime::BridgeDialect &D,
                                   bool Development) {
  return Emitter(T, Types, D).emit(Development);
}

std::string printStructuralReverseWrappers(const StructuralTables &T,
                                           SharedTypes &Types,
                                           const runtime::BridgeDialect &D) {
  return Emitter(T, Types, D).emitReverseFile();
}

} // namespace ilbridge::emit

//===- StructuralText.cpp - The text of structural tables -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   struct definitions        definitions of the tokens s{N}
//   full names                the runtime finds s{N} by these
//   M2N, N2M, adjustor thunks functions, and a table after each kind
//   reverse wrappers, calls   the same, with calling conventions
//
// The text of a large application has a hundred thousand lines. Therefore it is
// appended directly, and not generated from templates.
//
//===----------------------------------------------------------------------===//

#include "TableText.h"
#include "ilbridge/hybridclr/Text.h"
#include "ilbridge/type/Literal.h"
#include "llvm/ADT/DenseSet.h"

using llvm::StringRef;

namespace ilbridge::hybridclr {
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

/// The types that the function of a row passes.
struct Signature {
  const Type *Result;
  llvm::SmallVector<const Type *, 8> Params;
  bool isVoid() const { return llvm::isa<VoidType>(Result); }
};

/// Returns true for structs: only the C++ compiler knows how many slots of the
/// interpreter's stack they take.
bool hasOwnSlots(const Type &T) { return llvm::isa<RecordType>(T); }

class Emitter {
public:
  Emitter(const StructuralTables &T, const SharedTypes &Classes,
          const runtime::BridgeDialect &D)
      : T(T), Classes(Classes), D(D) {}
  std::string emit(bool Development);
  std::string emitReverseFile();

private:
  Signature signature(ABIClassList Classes) const;
  std::string declare(StringRef Type) const {
    return ((D.HasConstTables ? "const " : "") + Type).str();
  }
  /// Appends all of the parts.
  template <typename... Parts> void put(const Parts &...P) {
    (static_cast<void>(Text.append(StringRef(P).data(), StringRef(P).size())),
     ...);
  }
  void fullNames();
  void types(const Signature &S, StringRef Last);
  void declarations(const Signature &S, StringRef Last);
  void loads(const Signature &S, StringRef Last);
  void beginFromInterpreter(StringRef Prefix, StringRef Key, StringRef First,
                            const Signature &S);
  void beginCall(const Signature &S, StringRef Function);
  void storeParam(const Type &T, StringRef Offset, StringRef Number);
  void managedToNative(const FunctionRow &R);
  void nativeToManaged(const FunctionRow &R, bool IsThunk);
  void reverse(const ReverseRow &R, uint64_t Index);
  void reverseWrappers(StringRef Scope);
  void call(const CallRow &R);
  void helpers();
  size_t expectedSize() const;

  const StructuralTables &T;
  const SharedTypes &Classes;
  const runtime::BridgeDialect &D;
  std::string Text;
};

} // namespace

Signature Emitter::signature(ABIClassList L) const {
  llvm::ArrayRef<ABIClass> All = Classes.classes(L);
  Signature S{&T.type(All.front()), {}};
  for (ABIClass V : All.drop_front())
    S.Params.push_back(&T.type(V));
  return S;
}

void Emitter::fullNames() {
  Text += "\n" + declare("FullName2Signature") +
          " hybridclr::interpreter::g_fullName2SignatureStub[] = {\n";
  for (const StructuralTables::FullName &F : T.FullNames)
    put("    {", literal(F.Name), ", \"", F.Token, "\"},\n");
  Text += "    {nullptr, nullptr},\n};\n";
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Prints "T0, T1, " followed by \p Last.
void Emitter::types(const Signature &S, StringRef Last) {
  StringRef Between;
  for (const Type *P : S.Params) {
    put(Between, typeName(*P));
    Between = ", ";
  }
  if (!Last.empty())
    put(Between, Last);
}

/// Prints "T0 __arg0, T1 __arg1, " followed by \p Last.
void Emitter::declarations(const Signature &S, StringRef Last) {
  StringRef Between;
  for (auto [I, P] : llvm::enumerate(S.Params)) {
    put(Between, typeName(*P), " __arg", std::to_string(I));
    Between = ", ";
  }
  if (!Last.empty())
    put(Between, Last);
}

/// Prints the arguments of a call: M2NFromValueOrAddress<T>(…), … followed by
/// \p Last. Each argument is on its own line if the line would be too long.
void Emitter::loads(const Signature &S, StringRef Last) {
  constexpr StringRef Load = "M2NFromValueOrAddress<",
                      From = ">(localVarBase + argVarIndexs[";
  size_t Length = Last.empty() ? 0 : Last.size() + 2;
  for (auto [I, P] : llvm::enumerate(S.Params))
    Length += Load.size() + typeName(*P).size() + From.size() +
              std::to_string(I).size() + 4;
  StringRef Between = Length <= 60 ? "" : "\n        ";
  StringRef Next = Length <= 60 ? ", " : ",\n        ";
  for (auto [I, P] : llvm::enumerate(S.Params)) {
    put(Between, Load, typeName(*P), From, std::to_string(I), "])");
    Between = Next;
  }
  if (!Last.empty())
    put(Between, Last);
}

/// Begins a function that the interpreter calls. Parameters that it does not
/// use have no names.
void Emitter::beginFromInterpreter(StringRef Prefix, StringRef Key,
                                   StringRef First, const Signature &S) {
  put("\nstatic void ", Prefix, Key, "(", First,
      S.Params.empty()
          ? ", uint16_t *, StackObject *, "
          : ", uint16_t *argVarIndexs, StackObject *localVarBase, ",
      S.isVoid() ? "void *" : "void *ret", ")\n{\n");
}

/// Prints a call of a native function up to its arguments.
void Emitter::beginCall(const Signature &S, StringRef Function) {
  put("    ");
  if (!S.isVoid())
    put("*(", typeName(*S.Result), " *)ret = ");
  put("((NativeMethod)", Function, ")(");
}

void Emitter::managedToNative(const FunctionRow &R) {
  Signature S = signature(R.Classes);
  beginFromInterpreter("__M2N_", R.Key, "const MethodInfo *method", S);
  put("    typedef ", typeName(*S.Result), " (*NativeMethod)(");
  types(S, "const MethodInfo *");
  put(");\n");
  beginCall(S, "method->methodPointerCallByInterp");
  loads(S, "method");
  put(");\n}\n");
}

void Emitter::helpers() {
  auto BridgeRequirements = [&](auto Condition) {
    return llvm::any_of(T.N2M, Condition) ||
           llvm::any_of(T.AdjustThunk, Condition);
  };
  if (BridgeRequirements([&](const FunctionRow &R) {
        return llvm::any_of(Classes.classes(R.Classes).drop_front(),
                            [&](ABIClass V) { return hasOwnSlots(T.type(V)); });
      }))
    Text += "\n/// How many slots of the interpreter's stack a T takes.\n"
            "template <typename T> constexpr size_t __slots() "
            "{ return (sizeof(T) + 7) / 8; }\n";
  if (BridgeRequirements([](const FunctionRow &R) {
        return R.Result == FunctionRow::InPlace;
      }))
    Text += ResultInPlaceText;
}

/// Prints the code that stores the parameter __arg{Number} into the slots from
/// args + \p Offset on. The whole slot is written.
void Emitter::storeParam(const Type &T, StringRef Offset, StringRef Number) {
  if (hasOwnSlots(T)) {
    put("    std::memcpy(args + ", Offset, ", &__arg", Number, ", sizeof(__arg",
        Number, "));\n");
    return;
  }
  const auto &S = llvm::cast<ScalarType>(T);
  bool IsSigned = S.signedness() == Signedness::Signed;
  StringRef Member = IsSigned ? "i64" : "u64", Cast;
  if (S.width() == Width::Pointer) {
    Member = "ptr";
    Cast = "(void *)";
  } else if (S.scalarClass() == ScalarType::Float) {
    Member = S.width() == Width::W32 ? "f4" : "f8";
  } else if (S.width() == Width::W32) {
    Member = IsSigned ? "i32" : "u32";
  }
  put("    args[", Offset, "].", Member, " = ", Cast, "__arg", Number, ";\n");
}

void Emitter::nativeToManaged(const FunctionRow &R, bool IsThunk) {
  Signature S = signature(R.Classes);
  bool IsInPlace = R.Result == FunctionRow::InPlace;
  StringRef Result = typeName(IsInPlace ? T.Types.resultInPlace() : *S.Result);
  put("\nstatic ", Result, IsThunk ? " __N2M_AdjustorThunk_" : " __N2M_", R.Key,
      "(");
  declarations(S, "const MethodInfo *method");
  put(")\n{\n", IsThunk ? "    __arg0 += sizeof(Il2CppObject);\n" : "");
  // The offsets consist of known numbers of slots, and of sizes that only the
  // compiler knows.
  std::vector<std::string> Offsets;
  unsigned Known = 0;
  std::string Others;
  for (const Type *P : S.Params) {
    Offsets.push_back(std::to_string(Known) + Others);
    if (hasOwnSlots(*P))
      Others += (" + __slots<" + typeName(*P) + ">()").str();
    else
      ++Known;
  }
  if (S.Params.empty())
    Known = 1;
  put("    StackObject args[", std::to_string(Known), Others, "];\n");
  for (auto [I, P] : llvm::enumerate(S.Params))
    storeParam(*P, Offsets[I], std::to_string(I));
  if (S.isVoid())
    put("    Interpreter::Execute(method, args, nullptr);\n}\n");
  else if (IsInPlace)
    put("    return {method, args};\n}\n");
  else
    put("    ", Result, " ret", R.Result == FunctionRow::Cleared ? " = {}" : "",
        ";\n    Interpreter::Execute(method, args, &ret);\n"
        "    return ret;\n}\n");
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
  Signature S = signature(R.Classes);
  std::string Number = std::to_string(Index);
  StringRef Result = typeName(*S.Result);
  put("\nstatic ", Result, " ");
  // If keys have no letter, callbacks of all conventions share a key. A file of
  // reverse wrappers includes no header that defines DEFAULT_CALL.
  if (D.HasReverseConventions && (R.Convention || !D.HasReverseFile))
    put(conventionMacro(R.Convention), " ");
  put("__ReversePInvokeMethod_", Number, "(");
  declarations(S, "");
  put(")\n{\n");
  if (D.AttachesThreads)
    put("    il2cpp::vm::ScopedThreadAttacher _vmThreadHelper;\n");
  put("    const MethodInfo *method = ",
      D.HasReverseFile ? "MetadataModule" : "InterpreterModule",
      "::GetMethodInfoByReversePInvokeWrapperIndex(", Number, ");\n");
  put("    typedef ", Result, " (*Callback)(");
  types(S, "const MethodInfo *");
  put(");\n    ", S.isVoid() ? "" : "return ",
      "((Callback)method->methodPointerCallByInterp)(");
  for (size_t I = 0; I != S.Params.size(); ++I)
    put("__arg", std::to_string(I), ", ");
  put("method);\n}\n");
}

void Emitter::reverseWrappers(StringRef Scope) {
  uint64_t Index = 0;
  for (const ReverseRow &R : T.Reverse)
    for (uint64_t I = 0; I != R.Count; ++I)
      reverse(R, Index++);
  reverseTable(Text, declare("ReversePInvokeMethodData"), Scope, T.Reverse);
}

void Emitter::call(const CallRow &R) {
  Signature S = signature(R.Classes);
  beginFromInterpreter("__M2NF_", R.Key,
                       (D.FunctionPointer + "methodPointer").str(), S);
  put("    typedef ", typeName(*S.Result), " (", conventionMacro(R.Convention),
      " *NativeMethod)(");
  types(S, "");
  put(");\n");
  beginCall(S, "methodPointer");
  loads(S, "");
  put(");\n}\n");
}

/// Returns an upper estimate of the size of the text, so that a text of
/// megabytes is not moved while it grows.
size_t Emitter::expectedSize() const {
  constexpr size_t OfFunction = 400, OfParam = 120;
  size_t Size = 1 << 16;
  Size += T.Shapes.size() * OfFunction + T.FullNames.size() * OfParam;
  for (const auto *Rows : {&T.M2N, &T.N2M, &T.AdjustThunk})
    for (const FunctionRow &R : *Rows)
      Size +=
          OfFunction + 3 * R.Key.size() +
          (R.SharedWith.empty() ? Classes.classes(R.Classes).size() * OfParam
                                : 0);
  return Size;
}

std::string Emitter::emit(bool Development) {
  constexpr StringRef Interpreter = "hybridclr::interpreter::";
  Text.reserve(expectedSize());
  Text = Development ? "// DEVELOPMENT=1\n" : "// DEVELOPMENT=0\n";
  Text +=
      "// Generated by ilbridge. Do not edit: the next run replaces it.\n\n";
  for (const RecordType *Shape : T.Shapes)
    printDefinition(Text, *Shape);
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

/// Adds \p T if it is a struct, and the structs in it.
static void addContained(const Type &T, llvm::DenseSet<const Type *> &All) {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  if (!R || !All.insert(R).second)
    return;
  for (const Field &F : R->Fields)
    addContained(*F.Ty, All);
}

std::string Emitter::emitReverseFile() {
  Text = "// Generated by ilbridge. Do not edit: the next run replaces it.\n\n";
  llvm::DenseSet<const Type *> Passed;
  for (const ReverseRow &R : T.Reverse)
    for (ABIClass V : Classes.classes(R.Classes))
      addContained(T.type(V), Passed);
  for (const RecordType *Shape : T.Shapes)
    if (Passed.contains(Shape))
      printDefinition(Text, *Shape);
  reverseWrappers("");
  return std::move(Text);
}

FileFrame structuralFrame(const runtime::BridgeDialect &D) {
  StringRef Before = D.HasReverseFile ? IncludesUpTo54 : Includes;
  return {Before.str(), ""};
}

FileFrame structuralReverseFrame(const runtime::BridgeDialect &D) {
  std::string Before = ReverseIncludes.str();
  if (D.AttachesThreads)
    Before += Attacher;
  Before += ReverseNamespaces;
  return {std::move(Before), "}\n}\n"};
}

std::string printStructuralBridges(const StructuralTables &T,
                                   const SharedTypes &Classes,
                                   const runtime::BridgeDialect &D,
                                   bool Development) {
  return Emitter(T, Classes, D).emit(Development);
}

std::string printStructuralReverseWrappers(const StructuralTables &T,
                                           const SharedTypes &Classes,
                                           const runtime::BridgeDialect &D) {
  return Emitter(T, Classes, D).emitReverseFile();
}

} // namespace ilbridge::hybridclr

//===- CSharpText.cpp - Declarations as C# source -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CSharpText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using llvm::StringRef;

namespace ilbridge::emit {

using managed::Parameter;
using managed::TypeDef;
using managed::TypeSig;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

bool isUsedBySystem(StringRef Name) {
  static constexpr llvm::StringLiteral Used[] = {"CLong",
                                                 "CULong",
                                                 "CallConvCdecl",
                                                 "CallConvFastcall",
                                                 "CallConvStdcall",
                                                 "CallConvThiscall",
                                                 "CallingConvention",
                                                 "DllImport",
                                                 "FieldOffset",
                                                 "In",
                                                 "IntPtr",
                                                 "LayoutKind",
                                                 "LibraryImport",
                                                 "MarshalAs",
                                                 "NativeLibrary",
                                                 "Out",
                                                 "StructLayout",
                                                 "UIntPtr",
                                                 "UnmanagedCallConv",
                                                 "UnmanagedFunctionPointer",
                                                 "UnmanagedType"};
  StringRef Short = Name;
  Short.consume_back("Attribute");
  return llvm::is_contained(Used, Short) || llvm::is_contained(Used, Name);
}

std::string csharpIdentifier(StringRef Name) {
  // The keywords of ECMA-334, 6.4.4. Contextual keywords can be used as names.
  static const llvm::StringSet<> Keywords = {
      "abstract", "as",       "base",       "bool",      "break",
      "byte",     "case",     "catch",      "char",      "checked",
      "class",    "const",    "continue",   "decimal",   "default",
      "delegate", "do",       "double",     "else",      "enum",
      "event",    "explicit", "extern",     "false",     "finally",
      "fixed",    "float",    "for",        "foreach",   "goto",
      "if",       "implicit", "in",         "int",       "interface",
      "internal", "is",       "lock",       "long",      "namespace",
      "new",      "null",     "object",     "operator",  "out",
      "override", "params",   "private",    "protected", "public",
      "readonly", "ref",      "return",     "sbyte",     "sealed",
      "short",    "sizeof",   "stackalloc", "static",    "string",
      "struct",   "switch",   "this",       "throw",     "true",
      "try",      "typeof",   "uint",       "ulong",     "unchecked",
      "unsafe",   "ushort",   "using",      "virtual",   "void",
      "volatile", "while"};
  return (Keywords.contains(Name) ? "@" : "") + Name.str();
}

std::string csharpLiteral(StringRef Text) {
  std::string Result = "\"";
  llvm::raw_string_ostream OS(Result);
  for (unsigned char C : Text)
    if (C == '"' || C == '\\')
      OS << '\\' << C;
    else if (C < ' ' || C == 0x7f)
      OS << llvm::format("\\u%04x", C);
    else
      OS << C;
  OS << '"';
  return Result;
}

std::string csharpQualified(StringRef Name) {
  llvm::SmallVector<StringRef, 4> Parts;
  Name.split(Parts, '.');
  return llvm::join(llvm::map_range(Parts, csharpIdentifier), ".");
}

/// Returns "Cdecl", the name in CallingConvention, or the name in `delegate*
/// unmanaged[…]`.
static std::string conventionWord(CallingConvention CC, bool OfPointer) {
  switch (CC) {
  case CallingConvention::C:
    return "Cdecl";
  case CallingConvention::StdCall:
    return OfPointer ? "Stdcall" : "StdCall";
  case CallingConvention::ThisCall:
    return OfPointer ? "Thiscall" : "ThisCall";
  case CallingConvention::FastCall:
    return OfPointer ? "Fastcall" : "FastCall";
  default:
    llvm_unreachable("CSharpForms refuses it");
  }
}

static std::string typeName(const TypeSig &T) {
  switch (T.kind()) {
  case TypeSig::Definition:
    return csharpIdentifier(T.definition().Name);
  case TypeSig::Pointer:
    return typeName(T.element()) + "*";
  case TypeSig::ByRef:
    return "ref " + typeName(T.element());
  case TypeSig::SZArray:
    return typeName(T.element()) + "[]";
  case TypeSig::FunctionPointer: {
    std::string Text = "delegate* unmanaged";
    if (T.convention())
      Text += "[" + conventionWord(*T.convention(), /*OfPointer=*/true) + "]";
    Text += "<";
    for (const TypeSig *Param : T.arguments().drop_front())
      Text += typeName(*Param) + ", ";
    return Text + typeName(*T.arguments().front()) + ">";
  }
  default:
    return csharpName(T);
  }
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

namespace {
class Needs {
public:
  void add(const TypeSig &T);
  void add(const managed::Signature &S) {
    add(*S.Result.Type);
    for (const Parameter &P : S.Params)
      add(*P.Type);
  }
  std::map<std::string, const TypeDef *> ByName;
};
} // namespace

void Needs::add(const TypeSig &T) {
  switch (T.kind()) {
  case TypeSig::Pointer:
  case TypeSig::ByRef:
  case TypeSig::SZArray:
    return add(T.element());
  case TypeSig::FunctionPointer:
    for (const TypeSig *Each : T.arguments())
      add(*Each);
    return;
  case TypeSig::Definition: {
    const TypeDef &D = T.definition();
    // Other types are declared by the system's libraries.
    if (!D.Assembly.empty() || isFixedBuffer(D) ||
        !ByName.try_emplace(D.fullName(), &D).second)
      return;
    for (const managed::FieldDef &F : D.Fields)
      add(*F.Type);
    if (D.Invocation)
      add(D.Invocation->Invoke);
    return;
  }
  default:
    return;
  }
}

std::vector<const TypeDef *>
neededTypes(llvm::ArrayRef<const managed::Method *> Methods) {
  Needs All;
  for (const managed::Method *M : Methods)
    All.add(M->Sig);
  std::vector<const TypeDef *> Result;
  for (const auto &[Name, D] : All.ByName)
    Result.push_back(D);
  return Result;
}

static StringRef unmanagedType(ecma335::NativeType T) {
  switch (T) {
  case ecma335::NATIVE_TYPE_U1:
    return "U1";
  case ecma335::NATIVE_TYPE_U2:
    return "U2";
  case ecma335::NATIVE_TYPE_LPUTF8STR:
    return "LPUTF8Str";
  case ecma335::NATIVE_TYPE_LPWSTR:
    return "LPWStr";
  case ecma335::NATIVE_TYPE_FIXEDARRAY:
    return "ByValArray";
  default:
    llvm_unreachable("CSharpForms makes no such MarshalAs");
  }
}

static std::string marshalAs(const managed::MarshalAs &As) {
  std::string Text =
      "MarshalAs(UnmanagedType." + unmanagedType(As.Native).str();
  if (As.SizeConst)
    Text += ", SizeConst = " + std::to_string(*As.SizeConst);
  return Text + ")";
}

/// Returns the size of an element of a fixed buffer, in bytes.
static unsigned bytes(managed::Primitive P) {
  switch (P) {
  case managed::Primitive::SByte:
  case managed::Primitive::Byte:
    return 1;
  case managed::Primitive::Int16:
  case managed::Primitive::UInt16:
    return 2;
  case managed::Primitive::Int64:
  case managed::Primitive::UInt64:
  case managed::Primitive::Double:
    return 8;
  default:
    return 4;
  }
}

static void printField(Printer &P, const managed::FieldDef &F) {
  if (F.Offset)
    P.emit("[FieldOffset($offset$)]\n",
           {{"offset", std::to_string(*F.Offset)}});
  if (F.Marshal)
    P.emit("[$marshal$]\n", {{"marshal", marshalAs(*F.Marshal)}});
  const TypeDef *Buffer = F.Type->kind() == TypeSig::Definition &&
                                  isFixedBuffer(F.Type->definition())
                              ? &F.Type->definition()
                              : nullptr;
  if (!Buffer) {
    P.emit("public $type$ $name$;\n",
           {{"type", typeName(*F.Type)}, {"name", csharpIdentifier(F.Name)}});
    return;
  }
  P.emit(
      "public fixed $type$ $name$[$count$];\n",
      {{"type", typeName(*Buffer->Fields[0].Type)},
       {"name", csharpIdentifier(F.Name)},
       {"count", std::to_string(Buffer->Size /
                                bytes(Buffer->Fields[0].Type->primitive()))}});
}

static StringRef keyword(managed::Primitive P) {
  switch (P) {
  case managed::Primitive::SByte:
    return "sbyte";
  case managed::Primitive::Byte:
    return "byte";
  case managed::Primitive::Int16:
    return "short";
  case managed::Primitive::UInt16:
    return "ushort";
  case managed::Primitive::UInt32:
    return "uint";
  case managed::Primitive::Int64:
    return "long";
  case managed::Primitive::UInt64:
    return "ulong";
  default:
    return "int";
  }
}

static void printEnum(Printer &P, const TypeDef &D) {
  bool IsUnsigned = D.Underlying == managed::Primitive::UInt64;
  P.emit("internal enum $name$ : $type$\n"
         "{\n"
         "    $values$\n"
         "}\n",
         {{"name", csharpIdentifier(D.Name)},
          {"type", keyword(D.Underlying)},
          {"values", [&] {
             for (const Enumerator &E : D.Enumerators)
               P.emit(
                   "$name$ = $value$,\n",
                   {{"name", csharpIdentifier(E.Name)},
                    {"value",
                     IsUnsigned ? std::to_string(static_cast<uint64_t>(E.Value))
                                : std::to_string(E.Value)}});
           }}});
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// "[In] ref Vec3 position"
static std::string parameter(const Parameter &P, CSharpStyle Style) {
  std::string Text;
  bool IsArray = P.Type->kind() == TypeSig::SZArray;
  if (P.IsIn && P.IsOut)
    Text += "[In, Out] ";
  else if (P.IsIn && Style != CSharpStyle::LibraryImport)
    Text += "[In] ";
  if (P.Marshal)
    Text += "[" + marshalAs(*P.Marshal) + "] ";
  std::string Type = typeName(*P.Type);
  // The source generator uses `in` instead of [In] for a `ref`.
  if (P.IsIn && !IsArray && Style == CSharpStyle::LibraryImport &&
      StringRef(Type).starts_with("ref "))
    Type = "in " + Type.substr(4);
  return Text + Type + " " + csharpIdentifier(P.Name);
}

static std::string parameters(const managed::Signature &S, CSharpStyle Style) {
  std::string Text;
  llvm::ListSeparator Comma;
  for (const Parameter &P : S.Params)
    Text += static_cast<StringRef>(Comma).str() + parameter(P, Style);
  return Text;
}

static void printResultMarshal(Printer &P, const managed::Signature &S) {
  if (S.Result.Marshal)
    P.emit("[return: $marshal$]\n",
           {{"marshal", marshalAs(*S.Result.Marshal)}});
}

static void printDelegate(Printer &P, const TypeDef &D) {
  const managed::DelegateInfo &Info = *D.Invocation;
  if (Info.Convention)
    P.emit("[UnmanagedFunctionPointer(CallingConvention.$word$)]\n",
           {{"word", conventionWord(*Info.Convention, false)}});
  printResultMarshal(P, Info.Invoke);
  P.emit("internal delegate $result$ $name$($params$);\n",
         {{"result", typeName(*Info.Invoke.Result.Type)},
          {"name", csharpIdentifier(D.Name)},
          {"params", parameters(Info.Invoke, CSharpStyle::DllImport)}});
}

static void printStruct(Printer &P, const TypeDef &D) {
  std::string Layout =
      D.TheLayout == TypeDef::Explicit ? "Explicit" : "Sequential";
  if (D.Pack)
    Layout += ", Pack = " + std::to_string(D.Pack);
  if (D.Size)
    Layout += ", Size = " + std::to_string(D.Size);
  bool HasBuffer = llvm::any_of(D.Fields, [](const managed::FieldDef &F) {
    return F.Type->kind() == TypeSig::Definition &&
           isFixedBuffer(F.Type->definition());
  });
  P.emit("[StructLayout(LayoutKind.$layout$)]\n"
         "internal $unsafe$struct $name$\n"
         "{\n"
         "    $fields$\n"
         "}\n",
         {{"layout", Layout},
          {"unsafe", HasBuffer ? "unsafe " : ""},
          {"name", csharpIdentifier(D.Name)},
          {"fields", [&] {
             for (const managed::FieldDef &F : D.Fields)
               printField(P, F);
           }}});
}

void printType(Printer &P, const TypeDef &D) {
  if (D.TheKind == TypeDef::Enum)
    printEnum(P, D);
  else if (D.TheKind == TypeDef::Delegate)
    printDelegate(P, D);
  else
    printStruct(P, D);
}

bool isUnsafe(const managed::Method &M) {
  auto IsPointer = [](const Parameter &P) {
    return P.Type->kind() == TypeSig::Pointer ||
           P.Type->kind() == TypeSig::FunctionPointer;
  };
  return IsPointer(M.Sig.Result) || llvm::any_of(M.Sig.Params, IsPointer);
}

static void printPointer(Printer &P, const managed::Method &M) {
  std::string Type = "delegate* unmanaged[" +
                     conventionWord(*M.Import.Convention, true) + "]<";
  for (const Parameter &Each : M.Sig.Params)
    Type += typeName(*Each.Type) + ", ";
  Type += typeName(*M.Sig.Result.Type) + ">";
  P.emit(
      "internal static readonly $type$ $name$ =\n"
      "    ($type$)NativeLibrary.GetExport(\n"
      "        NativeLibrary.Load($library$, typeof($class$).Assembly, null),"
      "\n"
      "        $entry$);\n",
      {{"type", Type},
       {"name", csharpIdentifier(M.Name)},
       {"library", csharpLiteral(M.Import.Library)},
       {"class", csharpIdentifier(M.Declaring->Name)},
       {"entry", csharpLiteral(M.Import.EntryPoint)}});
}

void printMethod(Printer &P, const managed::Method &M, CSharpStyle Style) {
  if (M.TheKind == managed::Method::InternalCall) {
    P.emit("[MethodImpl(MethodImplOptions.InternalCall)]\n"
           "internal static extern $result$ $name$($params$);\n",
           {{"result", typeName(*M.Sig.Result.Type)},
            {"name", csharpIdentifier(M.Name)},
            {"params", parameters(M.Sig, CSharpStyle::DllImport)}});
    return;
  }
  if (Style == CSharpStyle::FunctionPointer)
    return printPointer(P, M);
  bool IsGenerated = Style == CSharpStyle::LibraryImport;
  std::string Convention =
      conventionWord(*M.Import.Convention, /*OfPointer=*/IsGenerated);
  std::string Entry =
      M.Import.EntryPoint == M.Name
          ? ""
          : ", EntryPoint = " + csharpLiteral(M.Import.EntryPoint);
  if (IsGenerated)
    P.emit("[LibraryImport($library$$entry$)]\n"
           "[UnmanagedCallConv(CallConvs = new[] { "
           "typeof(System.Runtime.CompilerServices.CallConv$convention$) })]\n",
           {{"library", csharpLiteral(M.Import.Library)},
            {"entry", Entry},
            {"convention", Convention}});
  else
    P.emit("[DllImport($library$$entry$, CallingConvention = "
           "CallingConvention.$convention$, ExactSpelling = true)]\n",
           {{"library", csharpLiteral(M.Import.Library)},
            {"entry", Entry},
            {"convention", Convention}});
  printResultMarshal(P, M.Sig);
  P.emit("internal static $words$ $result$ $name$($params$);\n",
         {{"words", IsGenerated ? "partial" : "extern"},
          {"result", typeName(*M.Sig.Result.Type)},
          {"name", csharpIdentifier(M.Name)},
          {"params", parameters(M.Sig, Style)}});
}

} // namespace ilbridge::emit

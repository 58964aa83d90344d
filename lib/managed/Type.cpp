//===- Type.cpp - Types as managed code declares them ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Type.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::managed {

static constexpr llvm::StringLiteral PrimitiveNames[] = {
    "System.Void",   "System.Boolean",        "System.Char",    "System.SByte",
    "System.Byte",   "System.Int16",          "System.UInt16",  "System.Int32",
    "System.UInt32", "System.Int64",          "System.UInt64",  "System.Single",
    "System.Double", "System.IntPtr",         "System.UIntPtr", "System.String",
    "System.Object", "System.TypedReference",
};

llvm::StringRef fullName(Primitive P) {
  return PrimitiveNames[static_cast<unsigned>(P)];
}

std::optional<Primitive> primitive(llvm::StringRef FullName) {
  for (unsigned I = 0; I != std::size(PrimitiveNames); ++I)
    if (PrimitiveNames[I] == FullName)
      return static_cast<Primitive>(I);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Native types
//===----------------------------------------------------------------------===//

namespace {
struct NativeTypeWord {
  ecma335::NativeType Native;
  llvm::StringLiteral Word;
};
} // namespace

/// The names are those of System.Runtime.InteropServices.UnmanagedType.
static constexpr NativeTypeWord NativeTypeWords[] = {
    {ecma335::NATIVE_TYPE_BOOLEAN, "bool"},
    {ecma335::NATIVE_TYPE_I1, "i1"},
    {ecma335::NATIVE_TYPE_U1, "u1"},
    {ecma335::NATIVE_TYPE_I2, "i2"},
    {ecma335::NATIVE_TYPE_U2, "u2"},
    {ecma335::NATIVE_TYPE_I4, "i4"},
    {ecma335::NATIVE_TYPE_U4, "u4"},
    {ecma335::NATIVE_TYPE_I8, "i8"},
    {ecma335::NATIVE_TYPE_U8, "u8"},
    {ecma335::NATIVE_TYPE_R4, "r4"},
    {ecma335::NATIVE_TYPE_R8, "r8"},
    {ecma335::NATIVE_TYPE_CURRENCY, "currency"},
    {ecma335::NATIVE_TYPE_BSTR, "bstr"},
    {ecma335::NATIVE_TYPE_LPSTR, "lpstr"},
    {ecma335::NATIVE_TYPE_LPWSTR, "lpwstr"},
    {ecma335::NATIVE_TYPE_LPTSTR, "lptstr"},
    {ecma335::NATIVE_TYPE_FIXEDSYSSTRING, "by-val-tstr"},
    {ecma335::NATIVE_TYPE_IUNKNOWN, "iunknown"},
    {ecma335::NATIVE_TYPE_IDISPATCH, "idispatch"},
    {ecma335::NATIVE_TYPE_STRUCT, "struct"},
    {ecma335::NATIVE_TYPE_INTF, "interface"},
    {ecma335::NATIVE_TYPE_SAFEARRAY, "safe-array"},
    {ecma335::NATIVE_TYPE_FIXEDARRAY, "by-val-array"},
    {ecma335::NATIVE_TYPE_INT, "sys-int"},
    {ecma335::NATIVE_TYPE_UINT, "sys-uint"},
    {ecma335::NATIVE_TYPE_BYVALSTR, "vb-by-ref-str"},
    {ecma335::NATIVE_TYPE_ANSIBSTR, "ansi-bstr"},
    {ecma335::NATIVE_TYPE_TBSTR, "tbstr"},
    {ecma335::NATIVE_TYPE_VARIANTBOOL, "variant-bool"},
    {ecma335::NATIVE_TYPE_FUNC, "function-pointer"},
    {ecma335::NATIVE_TYPE_ASANY, "as-any"},
    {ecma335::NATIVE_TYPE_ARRAY, "lp-array"},
    {ecma335::NATIVE_TYPE_LPSTRUCT, "lp-struct"},
    {ecma335::NATIVE_TYPE_CUSTOMMARSHALER, "custom-marshaler"},
    {ecma335::NATIVE_TYPE_ERROR, "error"},
    {ecma335::NATIVE_TYPE_IINSPECTABLE, "iinspectable"},
    {ecma335::NATIVE_TYPE_HSTRING, "hstring"},
    {ecma335::NATIVE_TYPE_LPUTF8STR, "lputf8str"},
};

llvm::StringRef name(ecma335::NativeType T) {
  for (const NativeTypeWord &Each : NativeTypeWords)
    if (Each.Native == T)
      return Each.Word;
  return "";
}

std::optional<ecma335::NativeType> nativeType(llvm::StringRef Name) {
  for (const NativeTypeWord &Each : NativeTypeWords)
    if (Each.Word == Name)
      return Each.Native;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// TypeSig
//===----------------------------------------------------------------------===//

managed::Primitive TypeSig::primitive() const {
  assert(TheKind == Primitive);
  return static_cast<managed::Primitive>(Number);
}

const TypeDef &TypeSig::definition() const {
  assert(TheKind == Definition || TheKind == Instance);
  return *Def;
}

const TypeSig &TypeSig::element() const {
  assert(TheKind == Pointer || TheKind == ByRef || TheKind == SZArray ||
         TheKind == Array || TheKind == Modified);
  return *Arguments.front();
}

bool TypeSig::is(managed::Primitive P) const {
  return TheKind == Primitive && primitive() == P;
}

bool TypeSig::isValueType() const {
  return (TheKind == Definition || TheKind == Instance) && Def->isValueType();
}

static void profile(llvm::FoldingSetNodeID &ID, TypeSig::Kind K,
                    const TypeDef *D, unsigned Number,
                    llvm::ArrayRef<const TypeSig *> Arguments) {
  ID.AddInteger(K);
  ID.AddPointer(D);
  ID.AddInteger(Number);
  for (const TypeSig *Argument : Arguments)
    ID.AddPointer(Argument);
}

void TypeSig::Profile(llvm::FoldingSetNodeID &ID) const {
  profile(ID, TheKind, Def, Number, Arguments);
}

static std::string inQuotes(llvm::StringRef Name) {
  std::string Quoted = "'";
  for (char C : Name) {
    if (C == '\'' || C == '\\')
      Quoted += '\\';
    Quoted += C;
  }
  return Quoted + "'";
}

std::string manifestName(const TypeDef &D, llvm::StringRef HomeAssembly) {
  std::string Name = D.fullName();
  if (!llvm::json::isUTF8(Name))
    Name = llvm::json::fixUTF8(Name);
  bool IsPlain = llvm::all_of(Name, [](unsigned char C) {
    return llvm::isAlnum(C) || llvm::is_contained("_.`/$", C) || C >= 0x80;
  });
  if (!IsPlain || Name.empty())
    Name = inQuotes(Name);
  if (D.Assembly == HomeAssembly)
    return Name;
  // The file of an assembly can have any name without these characters.
  bool IsFileName =
      llvm::StringRef(D.Assembly).find_first_of("]'\\:") == std::string::npos;
  return "[" + (IsFileName ? D.Assembly : inQuotes(D.Assembly)) + "]" + Name;
}

/// As TypeDef::fullName, without creating strings.
static void printFullName(llvm::raw_ostream &OS, const TypeDef &D) {
  if (D.Enclosing) {
    printFullName(OS, *D.Enclosing);
    OS << '/';
  } else if (!D.Namespace.empty()) {
    OS << D.Namespace << '.';
  }
  OS << D.Name;
}

static void printDefinition(llvm::raw_ostream &OS, const TypeDef &D,
                            const TypeNaming &Naming) {
  if (Naming.HomeAssembly)
    OS << manifestName(D, *Naming.HomeAssembly);
  else if (Naming.Words != runtime::TypeSpelling::Reflection)
    OS << runtime::typeSpelling(Naming.Words, D.fullName());
  else
    printFullName(OS, D);
}

static void printList(llvm::raw_ostream &OS,
                      llvm::ArrayRef<const TypeSig *> Types,
                      const TypeNaming &Naming) {
  // mono_ginst_get_desc in mono/metadata/debug-helpers.c
  bool IsMono = Naming.Words == runtime::TypeSpelling::Mono;
  llvm::ListSeparator Comma(IsMono ? ", " : ",");
  for (const TypeSig *T : Types) {
    OS << Comma;
    print(OS, *T, Naming);
  }
}

static void printParameter(llvm::raw_ostream &OS, const TypeSig &T,
                           llvm::ArrayRef<std::string> Names,
                           llvm::StringRef Sigil, const TypeNaming &Naming) {
  if (T.index() < Names.size())
    OS << Names[T.index()];
  else
    OS << Sigil << T.index();
  if (Naming.HomeAssembly && T.constraint()) {
    OS << ':';
    print(OS, *T.constraint(), Naming);
  }
}

void print(llvm::raw_ostream &OS, const TypeSig &T, const TypeNaming &Naming) {
  switch (T.kind()) {
  case TypeSig::Primitive:
    OS << runtime::typeSpelling(Naming.Words, fullName(T.primitive()));
    return;
  case TypeSig::Definition:
    printDefinition(OS, T.definition(), Naming);
    return;
  case TypeSig::Instance:
    printDefinition(OS, T.definition(), Naming);
    OS << '<';
    printList(OS, T.arguments(), Naming);
    OS << '>';
    return;
  case TypeSig::Pointer:
    print(OS, T.element(), Naming);
    OS << '*';
    return;
  case TypeSig::ByRef:
    print(OS, T.element(), Naming);
    OS << '&';
    return;
  case TypeSig::SZArray:
    print(OS, T.element(), Naming);
    OS << "[]";
    return;
  case TypeSig::Array:
    print(OS, T.element(), Naming);
    OS << '[' << std::string(T.rank() - 1, ',') << ']';
    return;
  case TypeSig::FunctionPointer:
    if (Naming.Words == runtime::TypeSpelling::Mono) {
      OS << "*()";
      return;
    }
    OS << "method ";
    if (!T.convention())
      OS << "unmanaged ";
    else if (*T.convention() != CallingConvention::C)
      OS << name(*T.convention()) << ' ';
    print(OS, *T.arguments().front(), Naming);
    OS << "*(";
    printList(OS, T.arguments().drop_front(), Naming);
    OS << ')';
    return;
  case TypeSig::TypeParameter:
    return printParameter(OS, T, Naming.OfType, "!", Naming);
  case TypeSig::MethodParameter:
    return printParameter(OS, T, Naming.OfMethod, "!!", Naming);
  case TypeSig::Modified:
    // As mono_custom_modifiers_get_desc in mono/metadata/debug-helpers.c.
    print(OS, T.element(), Naming);
    OS << (T.isRequired() ? " modreq(" : " modopt(");
    print(OS, T.modifier(), Naming);
    OS << ')';
    return;
  }
  llvm_unreachable("not a type");
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const TypeSig &T) {
  print(OS, T, {});
  return OS;
}

std::string toString(const TypeSig &T) {
  std::string Text;
  llvm::raw_string_ostream(Text) << T;
  return Text;
}

/// Returns "[Cdecl]", as C# spells it after `delegate* unmanaged`.
static llvm::StringRef csharpConvention(std::optional<CallingConvention> CC) {
  switch (CC.value_or(CallingConvention::Managed)) {
  case CallingConvention::C:
    return "[Cdecl]";
  case CallingConvention::StdCall:
    return "[Stdcall]";
  case CallingConvention::ThisCall:
    return "[Thiscall]";
  case CallingConvention::FastCall:
    return "[Fastcall]";
  case CallingConvention::Swift:
    return "[Swift]";
  default:
    return "";
  }
}

std::string csharpName(const TypeSig &T) {
  static constexpr llvm::StringLiteral Keywords[] = {
      "void",   "bool",   "char",    "sbyte",  "byte",   "short",
      "ushort", "int",    "uint",    "long",   "ulong",  "float",
      "double", "IntPtr", "UIntPtr", "string", "object", "TypedReference"};
  auto WithoutArity = [](const TypeDef &D) {
    return llvm::StringRef(D.Name).split('`').first.str();
  };
  switch (T.kind()) {
  case TypeSig::Primitive:
    return Keywords[static_cast<unsigned>(T.primitive())].str();
  case TypeSig::Definition:
    return WithoutArity(T.definition());
  case TypeSig::Instance: {
    std::string Text = WithoutArity(T.definition()) + "<";
    llvm::ListSeparator Comma;
    for (const TypeSig *A : T.arguments())
      Text += (llvm::StringRef(Comma) + csharpName(*A)).str();
    return Text + ">";
  }
  case TypeSig::Pointer:
    return csharpName(T.element()) + "*";
  case TypeSig::ByRef:
    return "ref " + csharpName(T.element());
  case TypeSig::SZArray:
    return csharpName(T.element()) + "[]";
  case TypeSig::Array:
    return csharpName(T.element()) + "[" + std::string(T.rank() - 1, ',') + "]";
  case TypeSig::FunctionPointer: {
    std::string Text = "delegate*";
    if (T.convention() != CallingConvention::Managed)
      Text += " unmanaged";
    Text += csharpConvention(T.convention()).str() + "<";
    llvm::ListSeparator Comma;
    for (const TypeSig *Param : T.arguments().drop_front())
      Text += (llvm::StringRef(Comma) + csharpName(*Param)).str();
    // The result type is last.
    return Text + static_cast<llvm::StringRef>(Comma).str() +
           csharpName(*T.arguments().front()) + ">";
  }
  default:
    return toString(T);
  }
}

std::string TypeDef::fullName() const {
  if (Enclosing)
    return Enclosing->fullName() + "/" + Name;
  return Namespace.empty() ? Name : Namespace + "." + Name;
}

//===----------------------------------------------------------------------===//
// TypeTable
//===----------------------------------------------------------------------===//

const TypeSig &TypeTable::unique(TypeSig::Kind K, const TypeDef *D,
                                 unsigned Number,
                                 llvm::ArrayRef<const TypeSig *> Arguments) {
  llvm::FoldingSetNodeID ID;
  profile(ID, K, D, Number, Arguments);
  void *Place;
  if (TypeSig *Known = Sigs.FindNodeOrInsertPos(ID, Place))
    return *Known;
  auto *Kept = Allocator.Allocate<const TypeSig *>(Arguments.size());
  llvm::copy(Arguments, Kept);
  auto *New = new (Allocator.Allocate<TypeSig>())
      TypeSig(K, D, Number, llvm::ArrayRef(Kept, Arguments.size()));
  Sigs.InsertNode(New, Place);
  return *New;
}

const TypeSig &TypeTable::primitive(Primitive P) {
  return unique(TypeSig::Primitive, nullptr, static_cast<unsigned>(P), {});
}

const TypeSig &TypeTable::definition(const TypeDef &D) {
  return unique(TypeSig::Definition, &D, 0, {});
}

const TypeSig &TypeTable::instance(const TypeDef &D,
                                   llvm::ArrayRef<const TypeSig *> Arguments) {
  return unique(TypeSig::Instance, &D, 0, Arguments);
}

const TypeSig &TypeTable::derived(TypeSig::Kind K, const TypeSig &Element) {
  assert(K == TypeSig::Pointer || K == TypeSig::ByRef || K == TypeSig::SZArray);
  return unique(K, nullptr, 0, &Element);
}

const TypeSig &TypeTable::array(const TypeSig &Element, unsigned Rank) {
  return unique(TypeSig::Array, nullptr, Rank, &Element);
}

const TypeSig &
TypeTable::functionPointer(llvm::ArrayRef<const TypeSig *> ResultAndParams,
                           std::optional<CallingConvention> CC) {
  assert(!ResultAndParams.empty());
  return unique(TypeSig::FunctionPointer, nullptr,
                CC ? static_cast<unsigned>(*CC) : TypeSig::PlatformConvention,
                ResultAndParams);
}

const TypeSig &TypeTable::parameter(TypeSig::Kind K, unsigned Index,
                                    const TypeSig *Constraint) {
  assert(K == TypeSig::TypeParameter || K == TypeSig::MethodParameter);
  if (Constraint)
    return unique(K, nullptr, Index, Constraint);
  return unique(K, nullptr, Index, {});
}

const TypeSig &TypeTable::modified(const TypeSig &T, const TypeSig &Modifier,
                                   bool IsRequired) {
  return unique(TypeSig::Modified, nullptr, IsRequired, {&T, &Modifier});
}

static std::string key(llvm::StringRef Assembly, llvm::StringRef FullName) {
  return ("[" + Assembly + "]" + FullName).str();
}

TypeDef *TypeTable::find(llvm::StringRef Assembly, llvm::StringRef FullName) {
  return ByName.lookup(key(Assembly, FullName));
}

TypeDef &TypeTable::define(llvm::StringRef Assembly, llvm::StringRef FullName) {
  auto [It, IsNew] = ByName.try_emplace(key(Assembly, FullName), nullptr);
  if (!IsNew)
    return *It->second;
  TypeDef &D = Definitions.emplace_back();
  It->second = &D;
  D.Assembly = Assembly.str();
  auto [Outer, Inner] = FullName.rsplit('/');
  if (Outer.size() != FullName.size()) {
    D.Enclosing = &define(Assembly, Outer);
    D.Name = Inner.str();
  } else if (size_t Dot = FullName.rfind('.');
             Dot != llvm::StringRef::npos && Dot != 0) {
    D.Namespace = FullName.take_front(Dot).str();
    D.Name = FullName.drop_front(Dot + 1).str();
  } else {
    D.Name = FullName.str();
  }
  return D;
}

} // namespace ilbridge::managed

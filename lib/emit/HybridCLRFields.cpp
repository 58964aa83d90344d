//===- HybridCLRFields.cpp - Structs that shims convert -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rules of conversion are those of il2cpp's own generated code:
//  - If an array in a struct is shorter than its field declares, an
//    ArgumentException is thrown. A null array leaves zeros.
//  - If native code may change a struct, its strings and arrays become new
//    objects after the call. They are stored through the write barrier of the
//    collector, because the struct can be a part of an object.
// In one respect they are safer: text that native code stores in a struct
// belongs to native code and is not freed, because no type states how it was
// allocated.
//
//===----------------------------------------------------------------------===//

#include "HybridCLRFields.h"
#include "CxxType.h"
#include "Names.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::emit {

using managed::StructConversion;
using managed::ValueConversion;
using match::Argument;
using match::Binding;
using match::Passing;

//===----------------------------------------------------------------------===//
// Converted structs
//===----------------------------------------------------------------------===//

ConvertedStructs::ConvertedStructs(llvm::ArrayRef<const Binding *> Bindings) {
  for (const Binding *B : Bindings) {
    for (const Argument &A : B->Params)
      if (A.How == Passing::Fields) {
        managed::CopyDirections To = managed::copyDirections(*A.Managed);
        add(*A.Struct, To.ToNative, To.ToManaged);
        HasParams = true;
        HasArrays |= A.Element != nullptr;
      }
    if (B->Result.How == Passing::Fields)
      add(*B->Result.Struct, /*ToNative=*/false, /*ToManaged=*/true);
  }
}

void ConvertedStructs::add(const StructConversion &C, bool ToNative,
                           bool ToManaged) {
  auto [It, IsNew] = Entries.try_emplace(C.Held, Entry{&C});
  It->second.ToNative |= ToNative;
  It->second.ToManaged |= ToManaged;
  for (const ValueConversion &F : C.Fields)
    add(F, ToNative, ToManaged);
  if (!IsNew)
    return;
  setNames(*C.Held, "_managed", *C.Native, "_native");
  Order.push_back(C.Held);
}

void ConvertedStructs::add(const ValueConversion &V, bool ToNative,
                           bool ToManaged) {
  if (V.Struct)
    return add(*V.Struct, ToNative, ToManaged);
  for (const ValueConversion &E : V.Element)
    add(E, ToNative, ToManaged);
  if (V.How == ValueConversion::Same)
    addSame(*V.Held, *V.Native);
}

/// Adds the structs of a value with the same bytes on both sides.
void ConvertedStructs::addSame(const Type &Held, const Type &Native) {
  const auto *H = llvm::dyn_cast<RecordType>(&Held);
  if (!H)
    return;
  const auto &N = llvm::cast<RecordType>(Native);
  bool IsNew = Entries.try_emplace(H, Entry{nullptr}).second;
  for (const auto &[Mine, Theirs] : llvm::zip_equal(H->Fields, N.Fields))
    addSame(*Mine.Ty, *Theirs.Ty);
  if (!IsNew)
    return;
  setNames(*H, "", N, "");
  Order.push_back(H);
}

void ConvertedStructs::setNames(const RecordType &Held,
                                llvm::StringRef HeldSuffix,
                                const RecordType &Native,
                                llvm::StringRef NativeSuffix) {
  std::string Name = identifier(Held.Decl.qualifiedName());
  auto Mine = [&] { return (Name + HeldSuffix).str(); };
  auto Theirs = [&] { return (Name + NativeSuffix).str(); };
  while (Used.contains(Mine()) || Used.contains(Theirs()))
    Name += "_";
  Used.insert(Names[&Held] = Mine());
  Used.insert(Names[&Native] = Theirs());
}

bool ConvertedStructs::needsTexts(const StructConversion &C) {
  return C.any(
      [](const ValueConversion &V) { return V.How == ValueConversion::Text; });
}

bool ConvertedStructs::anyToNative(Condition Is) const {
  return llvm::any_of(Entries, [&](const auto &Each) {
    const Entry &E = Each.second;
    return E.Struct && E.ToNative && E.Struct->any(Is);
  });
}

bool ConvertedStructs::anyToManaged(Condition Is) const {
  return llvm::any_of(Entries, [&](const auto &Each) {
    const Entry &E = Each.second;
    return E.Struct && E.ToManaged && E.Struct->any(Is);
  });
}

//===----------------------------------------------------------------------===//
// Definitions of the two forms
//===----------------------------------------------------------------------===//

/// Returns the C++ type of a number: a bool is an integer of its width, and a
/// managed character is a UTF-16 code unit.
static std::string numberType(const ScalarType &S, bool IsHeld) {
  switch (S.scalarClass()) {
  case ScalarType::Bool:
    return S.width() == Width::W8    ? "uint8_t"
           : S.width() == Width::W16 ? "int16_t"
                                     : "int32_t";
  case ScalarType::Character:
    return IsHeld ? "uint16_t" : declare(S);
  default:
    return declare(S);
  }
}

/// Declares an element of a managed array, or a field.
std::string ConvertedStructs::declareField(const Type &T,
                                           const std::string &Name,
                                           bool IsHeld) const {
  auto Named = [&](const std::string &Word) {
    return Name.empty() ? Word : Word + " " + Name;
  };
  switch (T.kind()) {
  case Type::Enum:
    return declareField(*llvm::cast<EnumType>(T).Underlying, Name, IsHeld);
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return declareField(*A.element(),
                        Name + "[" + std::to_string(A.count()) + "]", IsHeld);
  }
  case Type::Record:
    return Named(name(llvm::cast<RecordType>(T)));
  case Type::Pointer: {
    const Type &Pointee = *llvm::cast<PointerType>(T).pointee();
    std::string Word = "void";
    if (const auto *O = llvm::dyn_cast<OpaqueType>(&Pointee))
      Word = O->Object == ObjectKind::String  ? "Il2CppString"
             : O->Object == ObjectKind::Array ? "Il2CppArray"
                                              : "Il2CppObject";
    const auto *S = llvm::dyn_cast<ScalarType>(&Pointee);
    if (!IsHeld && S && S->scalarClass() == ScalarType::Character)
      Word = "const " + declare(*S);
    return Word + " *" + Name;
  }
  default:
    return Named(numberType(llvm::cast<ScalarType>(T), IsHeld));
  }
}

/// Common macros, and names that the functions use.
static constexpr llvm::StringLiteral FieldMacros[] = {
    "errno", "stdin", "stdout", "stderr", "linux", "unix"};

/// Both forms of a struct have the same fields.
static std::vector<std::string> fieldNames(const RecordType &R) {
  LocalNames Names(FieldMacros);
  std::vector<std::string> All;
  for (const auto &[I, F] : llvm::enumerate(R.Fields))
    All.push_back(Names(F.Name, I));
  return All;
}

/// Returns an expression whose value depends on the target: 64-bit or 32-bit.
static std::string
onBoth(llvm::function_ref<uint64_t(const managed::ManagedLayout &)> Value) {
  auto On = [&](unsigned Bits) {
    DataModel Model;
    Model.Pointer = Model.Size = Bits;
    return std::to_string(Value(managed::ManagedLayout(Model)));
  };
  std::string Wide = On(64), Narrow = On(32);
  return Wide == Narrow
             ? Wide
             : "(sizeof(void *) == 8 ? " + Wide + " : " + Narrow + ")";
}

void ConvertedStructs::printForm(Printer &P, const RecordType &R,
                                 bool IsHeld) const {
  const std::string &Name = name(R);
  const std::vector<std::string> Fields = fieldNames(R);
  if (R.Pack)
    P.emit("#pragma pack(push, $pack$)\n", {{"pack", std::to_string(R.Pack)}});
  P.emit("struct $name$ {\n"
         "  $fields$\n"
         "};\n",
         {{"name", Name},
          {"fields", [&] {
             for (const auto &[F, Field] : llvm::zip_equal(R.Fields, Fields))
               P.emit("$field$;\n",
                      {{"field", declareField(*F.Ty, Field, IsHeld)}});
           }}});
  if (R.Pack)
    P.emit("#pragma pack(pop)\n");
  printStaticAssert(P,
                    "sizeof(" + Name + ") == " +
                        onBoth([&](const managed::ManagedLayout &Layout) {
                          return Layout.of(R).Size;
                        }),
                    "the size of " + R.Decl.qualifiedName());
  for (const auto &[I, Field] : llvm::enumerate(Fields))
    if (I != 0)
      printStaticAssert(
          P,
          "offsetof(" + Name + ", " + Field +
              ") == " + onBoth([&](const managed::ManagedLayout &Layout) {
                return Layout.offsets(R)[I];
              }),
          "the offset of " + R.Decl.qualifiedName() + "." + R.Fields[I].Name);
}

//===----------------------------------------------------------------------===//
// Conversion functions
//===----------------------------------------------------------------------===//

static std::string count(const ValueConversion &V) {
  return std::to_string(llvm::cast<ArrayType>(V.Native)->count());
}

static void printAssign(Printer &P, const std::string &To,
                        const std::string &Value) {
  P.emit("$to$ = $value$;\n", {{"to", To}, {"value", Value}});
}

/// Prints the copy of a value with the same bytes in both forms.
static void printCopy(Printer &P, const ValueConversion &V,
                      const std::string &From, const std::string &To) {
  if (!llvm::isa<ArrayType>(V.Native))
    return printAssign(P, To, From);
  P.emit("std::memcpy($to$, $from$, sizeof($to$));\n",
         {{"to", To}, {"from", From}});
}

void ConvertedStructs::printValueToNative(Printer &P, const ValueConversion &V,
                                          const std::string &From,
                                          const std::string &To) const {
  auto Assign = [&](const std::string &Value) { printAssign(P, To, Value); };
  switch (V.How) {
  case ValueConversion::Same:
    return printCopy(P, V, From, To);
  case ValueConversion::Truth: {
    // Only a VARIANT_BOOL has two bytes.
    const auto &S = llvm::cast<ScalarType>(*V.Native);
    return Assign(
        From + (S.width() == Width::W16 ? " != 0 ? -1 : 0" : " != 0 ? 1 : 0"));
  }
  case ValueConversion::Character:
    return Assign("static_cast<char>(" + From + ")");
  case ValueConversion::Text:
    return Assign((isUtf8(V) ? "texts.utf8(" : "texts.utf16(") + From + ")");
  case ValueConversion::InlineText:
    P.emit("put_text($from$, $to$);\n", {{"from", From}, {"to", To}});
    return;
  case ValueConversion::InlineElements: {
    const ValueConversion &E = V.Element.front();
    P.emit("if (const auto *first = first_elements<$type$>($from$, $count$))\n"
           "  for (size_t i = 0; i != $count$; ++i)\n"
           "    $element$\n",
           {{"type", declareField(*E.Held, "", /*IsHeld=*/true)},
            {"from", From},
            {"count", count(V)},
            {"element",
             [&] { printValueToNative(P, E, "first[i]", To + "[i]"); }}});
    return;
  }
  case ValueConversion::Fields:
    return Assign("to_native(" + From +
                  (needsTexts(*V.Struct) ? ", texts)" : ")"));
  }
}

/// Returns the name of the type of an element: "Int32" for "System.Int32[]".
static std::string elementName(const ValueConversion &Array) {
  const auto &P = llvm::cast<PointerType>(*Array.Held);
  std::string Name = llvm::cast<OpaqueType>(P.pointee())->Decl.qualifiedName();
  llvm::StringRef Element = Name;
  Element.consume_back("[]");
  return Element.rsplit('.').second.str();
}

void ConvertedStructs::printValueToManaged(Printer &P, const ValueConversion &V,
                                           const std::string &From,
                                           const std::string &To) const {
  auto Assign = [&](const std::string &Value) { printAssign(P, To, Value); };
  auto Store = [&](const std::string &Object) {
    P.emit("store($to$, $object$);\n", {{"to", To}, {"object", Object}});
  };
  switch (V.How) {
  case ValueConversion::Same:
    return printCopy(P, V, From, To);
  case ValueConversion::Truth:
    return Assign(From + " != 0 ? 1 : 0");
  case ValueConversion::Character:
    return Assign("static_cast<unsigned char>(" + From + ")");
  case ValueConversion::Text:
    return Store((isUtf8(V) ? "string_from_utf8(" : "string_from_utf16(") +
                 From + ")");
  case ValueConversion::InlineText:
    return Store("string_from_array(" + From + ")");
  case ValueConversion::InlineElements: {
    const ValueConversion &E = V.Element.front();
    P.emit("store($to$, il2cpp_array_new(\n"
           "    il2cpp_class_from_name(il2cpp_get_corlib(), \"System\",\n"
           "                           \"$element-name$\"),\n"
           "    $count$));\n"
           "for (size_t i = 0; i != $count$; ++i)\n"
           "  $element$\n",
           {{"to", To},
            {"element-name", elementName(V)},
            {"count", count(V)},
            {"element", [&] {
               printValueToManaged(
                   P, E, From + "[i]",
                   "elements<" + declareField(*E.Held, "", /*IsHeld=*/true) +
                       ">(" + To + ")[i]");
             }}});
    return;
  }
  case ValueConversion::Fields:
    P.emit("to_managed($from$, $to$);\n", {{"from", From}, {"to", To}});
    return;
  }
}

void ConvertedStructs::printToNative(Printer &P, const Entry &E) const {
  const StructConversion &C = *E.Struct;
  P.emit("\n"
         "$native$ to_native(const $held$ &from$texts$) {\n"
         "  $native$ to = {};\n"
         "  $fields$\n"
         "  return to;\n"
         "}\n",
         {{"held", name(*C.Held)},
          {"native", name(*C.Native)},
          {"texts", needsTexts(C) ? ", Texts &texts" : ""},
          {"fields", [&] {
             for (const auto &[F, Name] :
                  llvm::zip_equal(C.Fields, fieldNames(*C.Held)))
               printValueToNative(P, F, "from." + Name, "to." + Name);
           }}});
}

void ConvertedStructs::printToManaged(Printer &P, const Entry &E) const {
  const StructConversion &C = *E.Struct;
  P.emit("\n"
         "void to_managed(const $native$ &from, $held$ &to) {\n"
         "  $fields$\n"
         "}\n",
         {{"held", name(*C.Held)},
          {"native", name(*C.Native)},
          {"fields", [&] {
             for (const auto &[F, Name] :
                  llvm::zip_equal(C.Fields, fieldNames(*C.Held)))
               printValueToManaged(P, F, "from." + Name, "to." + Name);
           }}});
}

void ConvertedStructs::print(Printer &P) const {
  if (empty())
    return;
  P.emit("\nnamespace structs {\n");
  printHelpers(P);
  for (const RecordType *R : Order) {
    const Entry &E = Entries.at(R);
    P.emit("\n// $name$$what$\n",
           {{"name", comment(R->Decl.qualifiedName())},
            {"what", E.Struct ? ": as managed code holds it, and as native "
                                "code gets it"
                              : ""}});
    if (!E.Struct) {
      printForm(P, *R, /*IsHeld=*/true);
      continue;
    }
    printForm(P, *R, /*IsHeld=*/true);
    printForm(P, *E.Struct->Native, /*IsHeld=*/false);
    if (E.ToNative)
      printToNative(P, E);
    if (E.ToManaged)
      printToManaged(P, E);
  }
  P.emit("\n} // namespace structs\n");
}

} // namespace ilbridge::emit

//===- CSharpTypeForms.cpp - C++ enums and records as C# declares them ----===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CSharpForms.h"
#include "CSharpText.h"
#include "CxxType.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::emit {

using managed::TypeDef;
using managed::TypeSig;

TypeDef &CSharpForms::define(llvm::StringRef Wanted) {
  std::string Name = identifier(Wanted);
  while (
      isUsedBySystem(Name) || Name == R.Class ||
      M.Types.find("", R.Namespace.empty() ? Name : R.Namespace + "." + Name))
    Name += '_';
  return M.Types.define("",
                        R.Namespace.empty() ? Name : R.Namespace + "." + Name);
}

/// Two types with the same qualified name are one type. A type without a name
/// is identified by its location.
static std::string keyOf(const Declaration &D) {
  std::string Key = D.qualifiedName();
  if (D.Path.back().empty())
    Key += D.Where.File + ":" + std::to_string(D.Where.Start.Line) + ":" +
           std::to_string(D.Where.Start.Column);
  return Key;
}

static std::string wantedName(const Declaration &D) {
  return D.Path.back().empty() ? "Anonymous" : D.Path.back();
}

const TypeSig *CSharpForms::enumeration(const EnumType &E) {
  KnownType &Known = Types[keyOf(E.Decl)];
  if (!Known.Def && Known.Problem.empty()) {
    const auto *S = llvm::dyn_cast<ScalarType>(E.Underlying);
    unsigned Bits = !S                          ? 0
                    : S->width() == Width::Long ? R.Model.Long
                                                : DataModel().bits(S->width());
    const TypeSig *Underlying =
        S ? integer(Bits, S->isSigned(R.Model)) : nullptr;
    if (!Underlying) {
      Known.Problem = "the enum '" + E.Decl.qualifiedName() +
                      "' has an underlying type that C# does not have";
    } else {
      Known.Def = &define(wantedName(E.Decl));
      Known.Def->TheKind = TypeDef::Enum;
      Known.Def->Underlying = Underlying->primitive();
      Known.Def->Enumerators = E.Enumerators;
      Declarations[Known.Def] = &E.Decl;
    }
  }
  if (Known.Def)
    return &M.Types.definition(*Known.Def);
  Problem = Known.Problem;
  return nullptr;
}

const TypeSig *CSharpForms::record(const RecordType &T) {
  std::string Key = keyOf(T.Decl);
  if (!Types.count(Key)) {
    TypeDef Filled;
    Filled.TheKind = TypeDef::Struct;
    if (fill(T, Filled)) {
      TypeDef &D = define(wantedName(T.Decl));
      Filled.Assembly = D.Assembly;
      Filled.Namespace = D.Namespace;
      Filled.Name = D.Name;
      D = std::move(Filled);
      for (managed::FieldDef &F : D.Fields)
        if (F.Name == D.Name) // a member cannot have the name of its type
          F.Name += '_';
      Declarations[&D] = &T.Decl;
      Types[Key].Def = &D;
    } else {
      Types[Key].Problem = "'" + T.Decl.qualifiedName() + "' " + Problem;
    }
  }
  const KnownType &Known = Types[Key];
  if (Known.Def)
    return &M.Types.definition(*Known.Def);
  Problem = Known.Problem;
  return nullptr;
}

bool CSharpForms::fill(const RecordType &T, TypeDef &D) {
  if (T.IsPolymorphic)
    return fails("has virtual functions");
  if (T.IsVector)
    return fails("is a vector of the processor, which no type of C# is");
  bool IsUnion = T.TheTag == RecordType::Union;
  D.TheLayout = IsUnion ? TypeDef::Explicit : TypeDef::Sequential;
  D.Pack = T.IsPacked ? 1 : T.Pack;
  if (T.Align || (T.Fields.empty() && T.Bases.empty()))
    D.Size = T.Layout ? T.Layout->Size : T.MinSize;
  for (const auto &[I, B] : llvm::enumerate(T.Bases)) {
    if (B.IsVirtual)
      return fails("has a virtual base class");
    if (B.Record->Fields.empty() && B.Record->Bases.empty())
      continue;
    const TypeSig *Base = record(*B.Record);
    if (!Base)
      return fails("has a base class: " + Problem);
    D.Fields.push_back(
        {I ? "Base" + std::to_string(I + 1) : "Base", Base, {}, {}});
  }
  for (const Field &F : T.Fields)
    if (!field(F, IsUnion, D))
      return false;
  return true;
}

/// The maximum number of elements that are declared individually.
static constexpr uint64_t MaxElements = 64;

bool CSharpForms::arrayField(const Field &F, const ArrayType &A, bool IsUnion,
                             TypeDef &D) {
  uint64_t Count = A.count();
  const Type *Element = A.element();
  while (const auto *Inner = llvm::dyn_cast<ArrayType>(Element)) {
    // The product cannot overflow, because the record's size is a product of
    // both numbers.
    Count *= Inner->count();
    Element = Inner->element();
  }
  if (Count == 0 || Count > UINT32_MAX)
    return fails("has the array '" + F.Name +
                 "', whose length C# cannot state");
  PassedValue One;
  if (!value(*Element, nullptr, Role::Field, CSharpForm::Plain, One))
    return fails("has a field '" + F.Name + "': " + Problem);
  // An array of structs, or one that overlaps other fields, is declared element
  // by element, because not every runtime marshals it as an array.
  bool IsNumber = One.Type->kind() == TypeSig::Primitive;
  bool IsFixed = R.IsBlittable && IsNumber && Element->kind() != Type::Pointer;
  if (IsUnion || (!IsNumber && Count <= MaxElements) ||
      (R.IsBlittable && !IsFixed)) {
    if (Count > MaxElements)
      return fails("has the array '" + F.Name + "' of more than " +
                   llvm::Twine(MaxElements) +
                   " elements, which C# would have to declare one by one");
    if (IsUnion) {
      // The elements are adjacent, and the array begins at the offset of the
      // union.
      const auto *S = llvm::dyn_cast<ScalarType>(Element);
      bool IsKnown =
          S && (S->width() == Width::W8 || S->width() == Width::W16 ||
                S->width() == Width::W32 || S->width() == Width::W64 ||
                S->width() == Width::Int || S->width() == Width::Short ||
                S->width() == Width::LongLong);
      if (!IsKnown && Count > 1)
        return fails("has the array '" + F.Name +
                     "' in a union, whose elements C# cannot place");
      for (uint64_t I = 0; I != Count; ++I)
        D.Fields.push_back(
            {F.Name + std::to_string(I), One.Type, One.Marshal,
             static_cast<uint32_t>(
                 IsKnown ? I * DataModel().bits(S->width()) / 8 : 0)});
      return true;
    }
    for (uint64_t I = 0; I != Count; ++I)
      D.Fields.push_back(
          {F.Name + std::to_string(I), One.Type, One.Marshal, {}});
    return true;
  }
  MarshalAs ByValue = as(ecma335::NATIVE_TYPE_FIXEDARRAY);
  ByValue.SizeConst = static_cast<uint32_t>(Count);
  if (IsFixed) {
    // C# compiles `fixed` to a struct that is large enough.
    const auto *S = llvm::dyn_cast<ScalarType>(Element);
    if (!S || S->width() == Width::Long || S->width() == Width::Size ||
        S->width() == Width::Pointer)
      return fails("has the array '" + F.Name +
                   "', whose elements C# has no fixed buffer of");
    TypeDef &Buffer = define(F.Name + "_FixedBuffer");
    Buffer.TheKind = TypeDef::Struct;
    Buffer.TheLayout = TypeDef::Sequential;
    Buffer.Size = Count * DataModel().bits(S->width()) / 8;
    Buffer.Fields.push_back({FixedBufferField.str(), One.Type, {}, {}});
    D.Fields.push_back({F.Name, &M.Types.definition(Buffer), {}, {}});
    return true;
  }
  D.Fields.push_back(
      {F.Name, &M.Types.derived(TypeSig::SZArray, *One.Type), ByValue, {}});
  return true;
}

bool CSharpForms::field(const Field &Named, bool IsUnion, TypeDef &D) {
  Field F = Named;
  if (F.BitWidth)
    return fails("has the bit-field '" + F.Name + "'");
  if (F.Name.empty())
    F.Name = "anonymous" + std::to_string(D.Fields.size() + 1);
  if (const auto *A = llvm::dyn_cast<ArrayType>(F.Ty))
    return arrayField(F, *A, IsUnion, D);
  PassedValue Out;
  if (!value(*F.Ty, &F, Role::Field,
             IsUnion ? CSharpForm::Plain : CSharpForm::Idiomatic, Out))
    return fails("has a field '" + F.Name + "': " + Problem);
  managed::FieldDef Made{F.Name, Out.Type, Out.Marshal, {}};
  if (IsUnion)
    Made.Offset = 0;
  D.Fields.push_back(std::move(Made));
  return true;
}

} // namespace ilbridge::emit

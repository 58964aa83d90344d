//===- StructConversion.cpp - Conversion of structs -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/StructConversion.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

using ilbridge::Type;

CopyDirections copyDirections(const PassedValue &Param) {
  switch (Param.Type->kind()) {
  case TypeSig::ByRef:
    return {!Param.IsOut || Param.IsIn, !Param.IsIn || Param.IsOut};
  case TypeSig::SZArray:
    return {!Param.IsOut || Param.IsIn, Param.IsOut};
  default:
    return {true, false};
  }
}

const TypeSig *passedStruct(const TypeSig &T) {
  const TypeSig *Struct =
      T.kind() == TypeSig::ByRef || T.kind() == TypeSig::SZArray ? &T.element()
                                                                 : &T;
  bool IsStruct =
      Struct->isValueType() && Struct->definition().TheKind == TypeDef::Struct;
  return IsStruct ? Struct : nullptr;
}

bool StructConversion::any(
    llvm::function_ref<bool(const ValueConversion &)> Is) const {
  return llvm::any_of(Fields, [&](const ValueConversion &F) {
    return Is(F) || llvm::any_of(F.Element, Is) ||
           (F.Struct && F.Struct->any(Is)) ||
           llvm::any_of(F.Element, [&](const ValueConversion &E) {
             return E.Struct && E.Struct->any(Is);
           });
  });
}

/// Returns the name of the object type if \p T is the address of an object on
/// the managed heap; null otherwise.
static const OpaqueType *object(const Type &T) {
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  return P ? llvm::dyn_cast<OpaqueType>(P->pointee()) : nullptr;
}

/// Returns true if the two forms of a value have the same bytes. The pointee of
/// a pointer is never converted.
static bool isSameForm(const Type &Held, const Type &Native) {
  if (Held.kind() != Native.kind())
    return false;
  switch (Held.kind()) {
  case Type::Scalar: {
    const auto &H = llvm::cast<ScalarType>(Held);
    const auto &N = llvm::cast<ScalarType>(Native);
    return H.scalarClass() == N.scalarClass() && H.width() == N.width();
  }
  case Type::Pointer:
    return !object(Held) && !object(Native);
  case Type::Array: {
    const auto &H = llvm::cast<ArrayType>(Held);
    const auto &N = llvm::cast<ArrayType>(Native);
    return H.count() == N.count() && isSameForm(*H.element(), *N.element());
  }
  case Type::Record:
    return llvm::equal(llvm::cast<RecordType>(Held).Fields,
                       llvm::cast<RecordType>(Native).Fields,
                       [](const Field &H, const Field &N) {
                         return isSameForm(*H.Ty, *N.Ty);
                       });
  default:
    return true;
  }
}

/// Returns true if a value of \p T contains the address of an object.
static bool hasObject(const Type &T) {
  if (const auto *R = llvm::dyn_cast<RecordType>(&T))
    return llvm::any_of(R->Fields,
                        [](const Field &F) { return hasObject(*F.Ty); });
  return object(T);
}

/// Returns true if the width of a value of \p T, or of the characters at its
/// address, depends on the platform (CharSet.Auto).
static bool hasAutoChar(const Type &T) {
  if (const auto *P = llvm::dyn_cast<PointerType>(&T))
    return llvm::isa<ScalarType>(P->pointee()) && hasAutoChar(*P->pointee());
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return hasAutoChar(*A->element());
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return S && S->width() == Width::AutoChar;
}

/// Returns the reason why a C++ struct with the fields of \p R in the same
/// order differs from \p R on a target; empty if it does not.
static std::string layoutProblem(const RecordType &R) {
  std::string Name = "'" + toString(R) + "'";
  RecordType Plain = R;
  Plain.MinSize = 0;
  for (Field &F : Plain.Fields) {
    F.ExplicitOffset.reset();
    if (const auto *Inner = llvm::dyn_cast<RecordType>(F.Ty))
      if (std::string Problem = layoutProblem(*Inner); !Problem.empty())
        return Problem;
  }
  if (R.IsVector || !haveSameLayout(Plain, R))
    return Name + " has a [FieldOffset] or a Size with which its fields do "
                  "not lie one behind the other";
  // il2cpp ignores Pack for such a struct.
  if (R.Pack && hasObject(R))
    return Name + " has references and a Pack, which il2cpp does not apply to "
                  "it";
  return "";
}

std::shared_ptr<const StructConversion>
StructConversions::find(const TypeSig &T) {
  // Lowering has already rejected a struct that contains itself.
  auto [It, IsNew] = Known.try_emplace(&T);
  return IsNew ? Known[&T] = make(T) : It->second;
}

std::shared_ptr<StructConversion> StructConversions::make(const TypeSig &T) {
  Parameter Value;
  Value.Type = &T;
  auto Lower = [&](Marshalling How) {
    return Lowers.lower(Value, How, CharSet::None, /*IsResult=*/false);
  };
  Lowered Held = Lower(Marshalling::None);
  const auto *Record = llvm::dyn_cast_or_null<RecordType>(Held.Ty);
  if (!Record)
    return nullptr;
  Lowered Native = Lower(Marshalling::PInvoke);
  if (Native &&
      (!llvm::isa<RecordType>(Native.Ty) || isSameForm(*Held.Ty, *Native.Ty)))
    return nullptr;
  auto C = std::make_shared<StructConversion>();
  C->Held = Record;
  C->Native = llvm::dyn_cast_or_null<RecordType>(Native.Ty);
  std::string &Problem = C->ToNativeProblem;
  if (!Native)
    Problem = Native.Problem;
  else if (T.kind() != TypeSig::Definition ||
           T.definition().Fields.size() != Record->Fields.size())
    Problem = "'" + toString(T) + "' is generic, or has fields of its own form";
  else if (Problem = layoutProblem(*C->Held); Problem.empty())
    Problem = layoutProblem(*C->Native);
  if (Problem.empty())
    addFields(*C, T.definition());
  else
    C->ToManagedProblem = Problem;
  return C;
}

void StructConversions::addFields(StructConversion &C, const TypeDef &D) {
  for (const auto &[F, Held, Native] :
       llvm::zip_equal(D.Fields, C.Held->Fields, C.Native->Fields))
    C.Fields.push_back(
        field(C, *F.Type, F.Marshal ? &*F.Marshal : nullptr, *Held.Ty,
              *Native.Ty, "field '" + F.Name + "' of '" + D.fullName() + "' "));
}

static void addProblem(StructConversion &C, const std::string &Text) {
  for (std::string *Each : {&C.ToNativeProblem, &C.ToManagedProblem})
    if (Each->empty())
      *Each = Text;
}

/// Returns the conversion of a field of \p C. \p Subject is the beginning of
/// its messages.
ValueConversion StructConversions::field(StructConversion &C, const TypeSig &T,
                                         const MarshalAs *As, const Type &Held,
                                         const Type &Native,
                                         const std::string &Subject) {
  using Kind = ValueConversion::Kind;
  ValueConversion V;
  V.Held = &Held;
  V.Native = &Native;
  auto Fails = [&](const llvm::Twine &Why) {
    addProblem(C, Subject + Why.str());
    return V;
  };
  auto Is = [&](Kind How) {
    V.How = How;
    return V;
  };
  if (hasAutoChar(Native))
    return Fails("has characters whose width depends on the platform; state "
                 "CharSet.Ansi or CharSet.Unicode");
  if (T.is(Primitive::String)) {
    if (llvm::isa<ArrayType>(Native))
      return Is(Kind::InlineText);
    if (As &&
        (As->Native == NATIVE_TYPE_BSTR || As->Native == NATIVE_TYPE_ANSIBSTR ||
         As->Native == NATIVE_TYPE_TBSTR))
      return Fails("is a BSTR, which no shim makes; use LPWStr");
    return Is(Kind::Text);
  }
  if (T.is(Primitive::Boolean))
    return Is(Kind::Truth);
  if (isSameForm(Held, Native))
    return V;
  if (T.is(Primitive::Char))
    return Is(Kind::Character);
  if (T.kind() == TypeSig::SZArray && llvm::isa<ArrayType>(Native))
    return inlineElements(C, T.element(), Held, llvm::cast<ArrayType>(Native),
                          Subject);
  bool AreRecords =
      llvm::isa<RecordType>(Held) && llvm::isa<RecordType>(Native);
  if (!AreRecords)
    return Fails("is '" + csharpName(T) +
                 "', of which no shim makes the native form");
  V.Struct = find(T);
  assert(V.Struct && "both forms would be the same");
  if (C.ToNativeProblem.empty())
    C.ToNativeProblem = V.Struct->ToNativeProblem;
  if (C.ToManagedProblem.empty())
    C.ToManagedProblem = V.Struct->ToManagedProblem;
  return Is(Kind::Fields);
}

/// Returns the conversion of an array with elements of type \p T, which is \p
/// Native in the native struct.
ValueConversion StructConversions::inlineElements(StructConversion &C,
                                                  const TypeSig &T,
                                                  const Type &Held,
                                                  const ArrayType &Native,
                                                  const std::string &Subject) {
  ValueConversion V;
  V.How = ValueConversion::InlineElements;
  V.Held = &Held;
  V.Native = &Native;
  Parameter Element;
  Element.Type = &T;
  Lowered Inner =
      Lowers.lower(Element, Marshalling::None, CharSet::None, false);
  if (!Inner || object(*Inner.Ty)) {
    addProblem(C, Subject + "is an array of '" + csharpName(T) +
                      "', of which no shim makes the native form");
    return V;
  }
  // An array of another type requires its class, which may be in an assembly
  // that is not loaded.
  if (T.kind() != TypeSig::Primitive && C.ToManagedProblem.empty())
    C.ToManagedProblem = Subject + "is an array of '" + csharpName(T) +
                         "', which a shim passes to native code only; declare "
                         "an array of numbers, or pass the struct as `in`";
  V.Element.push_back(
      field(C, T, nullptr, *Inner.Ty, *Native.element(), Subject));
  return V;
}

} // namespace ilbridge::managed

//===- ManagedEdits.cpp - Edits of C# declarations ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The counterpart of TypeEdit.cpp: if the C++ header belongs to another project
// and cannot be edited, the C# declaration is edited.
//
//===----------------------------------------------------------------------===//

#include "ManagedEdits.h"
#include "Comparison.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

llvm::StringRef csharpWord(const Type &T) {
  const Type *Underlying = &T;
  if (const auto *E = llvm::dyn_cast<EnumType>(&T))
    Underlying = E->Underlying;
  const auto *S = llvm::dyn_cast_or_null<ScalarType>(Underlying);
  if (!S || S->variation() || S->scalarClass() == ScalarType::Character ||
      S->signedness() == Signedness::Target)
    return "";
  bool IsUnsigned = S->signedness() == Signedness::Unsigned;
  bool IsFloat = S->scalarClass() == ScalarType::Float;
  switch (S->width()) {
  case Width::W8:
    return IsUnsigned ? "byte" : "sbyte";
  case Width::W16:
  case Width::Short:
    return IsFloat ? "" : IsUnsigned ? "ushort" : "short";
  case Width::W32:
  case Width::Int:
    return IsFloat ? "float" : IsUnsigned ? "uint" : "int";
  case Width::W64:
  case Width::LongLong:
    return IsFloat ? "double" : IsUnsigned ? "ulong" : "long";
  case Width::Size:
  case Width::Pointer:
    return IsUnsigned ? "nuint" : "nint";
  default:
    return "";
  }
}

static bool isNumber(const TypeSig &T) {
  return T.kind() == TypeSig::Primitive && !T.is(Primitive::Void) &&
         !T.is(Primitive::String) && !T.is(Primitive::Object) &&
         !T.is(Primitive::TypedReference);
}

/// Returns \p T itself or, if \p IsAddress is set, the type that it points to.
/// Returns null if it is not a pointer then.
static const Type *number(const Type *T, bool IsAddress) {
  if (!IsAddress)
    return T;
  const auto *P = llvm::dyn_cast<PointerType>(T);
  return P ? P->pointee() : nullptr;
}

static bool isOneByte(const Type &T) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return S && S->width() == Width::W8;
}

std::optional<Note> managedEdit(const Argument &A, const managed::Method &M) {
  if (!A.Managed || A.Managed->Marshal)
    return std::nullopt;
  const TypeSig *Managed = A.Managed->Type;
  bool IsAddress = Managed->kind() == TypeSig::ByRef;
  if (IsAddress)
    Managed = &Managed->element();
  const Type *Native = number(A.Native->Ty, IsAddress);
  if (!Native || !isNumber(*Managed))
    return std::nullopt;

  bool IsResult = A.Managed == &M.Sig.Result;
  ManagedEdit Edit{ManagedEdit::Type, ManagedEdit::Result, ""};
  if (!IsResult)
    Edit.Parameter = A.Managed - M.Sig.Params.data();
  std::string Subject =
      IsResult ? "the result" : "parameter '" + A.Managed->Name + "'";
  std::string Offer;
  if (Managed->is(Primitive::Boolean) && isOneByte(*Native)) {
    Edit.TheKind = ManagedEdit::Marshal;
    Edit.Text = "U1";
    Offer = "with '[MarshalAs(UnmanagedType.U1)]'";
  } else {
    Edit.Text = csharpWord(*Native).str();
    Offer = "as '" + Edit.Text + "'";
  }
  if (Edit.Text.empty())
    return std::nullopt;
  return Note{Offer + ", " + Subject + " agrees with C++", M.Where, {}, Edit};
}

Note modifierEdit(const Argument &A, const managed::Method &M) {
  unsigned Parameter = A.Managed - M.Sig.Params.data();
  return Note{"as 'in', parameter '" + A.Managed->Name + "' agrees with C++",
              M.Where,
              {},
              ManagedEdit{ManagedEdit::Modifier, Parameter, "in"}};
}

std::optional<Note> conventionEdit(const native::Export &E,
                                   const managed::Method &M) {
  llvm::StringRef Word;
  switch (E.StatedConvention) {
  case CallingConvention::C:
    Word = "Cdecl";
    break;
  case CallingConvention::StdCall:
    Word = "StdCall";
    break;
  case CallingConvention::ThisCall:
    Word = "ThisCall";
    break;
  default: // no runtime supports the others
    return std::nullopt;
  }
  return Note{
      ("with 'CallingConvention." + Word + "', C# calls it as C++ expects")
          .str(),
      M.Where,
      {},
      ManagedEdit{ManagedEdit::Convention, ManagedEdit::Result, Word.str()}};
}

void Comparison::suggestManaged(Diagnostic &D, const Argument &A,
                                const Site &S) {
  if (std::optional<Note> N = managedEdit(A, S.M))
    D.Notes.push_back(std::move(*N));
}

} // namespace ilbridge::match

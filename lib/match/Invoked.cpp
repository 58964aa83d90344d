//===- Invoked.cpp - Values that a generated invoker converts -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

/// The pointee of \p Native, if it is one of the runtime's own types.
static const Type *ownPointee(const Type &Native, const Agreement &Agrees) {
  const auto *P = llvm::dyn_cast<PointerType>(&Native);
  return P && P->form() == PointerType::Pointer &&
                 Agrees.objectKind(*P->pointee())
             ? P->pointee()
             : nullptr;
}

/// Whether the raw value is the address of an object of the managed heap.
static bool isObject(const Argument &A) {
  const auto *P = llvm::dyn_cast<PointerType>(A.Raw);
  if (!P || !llvm::isa<OpaqueType>(P->pointee()))
    return false;
  return !A.Managed || (A.Managed->Type->kind() != TypeSig::ByRef &&
                        A.Managed->Type->kind() != TypeSig::Pointer);
}

/// The bits of the characters that a pointer points to; 0: it does not.
static unsigned characterBits(const Type &T, const DataModel &Model) {
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  const auto *S = P && P->form() == PointerType::Pointer
                      ? llvm::dyn_cast<ScalarType>(P->pointee())
                      : nullptr;
  if (!S || S->scalarClass() == ScalarType::Float ||
      S->scalarClass() == ScalarType::Bool)
    return 0;
  return Model.bits(S->width());
}

static Passing passing(const Type &Native) {
  switch (Native.kind()) {
  case Type::Void:
    return Passing::Nothing;
  case Type::Record:
    return Passing::Record;
  case Type::Pointer:
    return llvm::cast<PointerType>(Native).form() == PointerType::Pointer
               ? Passing::Address
               : Passing::Dereferenced;
  default:
    return Passing::Cast;
  }
}

static bool hasFunctionPointer(const TypeSig &T) {
  return T.kind() == TypeSig::FunctionPointer ||
         llvm::any_of(T.arguments(),
                      [](const TypeSig *A) { return hasFunctionPointer(*A); });
}

void Comparison::compareInvoked(Argument &A, const Site &S) {
  const Type &Native = *A.Native->Ty;
  if (A.Managed && S.Runtime.runtime().Names.RefusesFunctionPointers &&
      hasFunctionPointer(*A.Managed->Type)) {
    Diagnostic D = diagnose(DiagnosticID::FunctionPointerParameter, S.M.Where,
                            A.Managed->Name, S.M.qualifiedName(),
                            S.Runtime.runtime().Title);
    D.note(S.E.Decl.Where, "exported for it here");
    S.add(std::move(D));
    return;
  }
  if (!A.Raw)
    return unmarshallable(A, S, A.Problem);
  if (isObject(A)) {
    A.How = Passing::Object;
    if (const Type *Own = ownPointee(Native, S.Agrees)) {
      const auto *Object =
          llvm::cast<OpaqueType>(llvm::cast<PointerType>(A.Raw)->pointee());
      if (Verdict V = S.Agrees.object(*Object, *Own); !V.agrees())
        unmarshallable(A, S, V.Reason);
      return;
    }
    if (A.Managed && A.Managed->Type->is(Primitive::String))
      return compareString(A, S);
    if (A.Managed && A.Managed->Type->kind() == TypeSig::SZArray)
      return compareArray(A, S);
    return unmarshallable(A, S,
                          "an invoker has no native form of it to pass; take "
                          "a '" +
                              S.Runtime.runtime().objectType(ObjectKind::Any) +
                              "'");
  }
  if (const auto *P = llvm::dyn_cast<PointerType>(&Native);
      P && P->form() == PointerType::RValueReference)
    return unmarshallable(A, S, "an rvalue reference would be moved from");

  A.How = passing(Native);
  // A marshalled value may be wider than its slot (a bool is a BOOL), so C#
  // means either width.
  bool IsMarshalled = llvm::isa<ScalarType>(A.Raw) && A.Marshalled &&
                      llvm::isa<ScalarType>(A.Marshalled);
  const Type &Managed = IsMarshalled ? *A.Marshalled : *A.Raw;
  report(S.Agrees.byValue(Managed, Native, use(A, S.D)), A, S);
}

void Comparison::compareString(Argument &A, const Site &S) {
  unsigned Bits = characterBits(*A.Native->Ty, S.Target.model());
  if (Bits != 8 && Bits != 16)
    return unmarshallable(
        A, S,
        "a string is passed as 'const char *', 'const "
        "char16_t *' or '" +
            S.Runtime.runtime().objectType(ObjectKind::String) + "'");
  if (A.Marshalled) {
    unsigned Stated = characterBits(*A.Marshalled, S.Target.model());
    if (Stated && Stated != Bits)
      return report(Verdict::different(
                        "its CharSet or [MarshalAs] makes it a string of " +
                        llvm::Twine(Stated) + "-bit characters, C++ expects " +
                        llvm::Twine(Bits) + "-bit ones"),
                    A, S);
  }
  A.How = Bits == 8 ? Passing::Utf8 : Passing::Utf16;
  bool IsConst = llvm::cast<PointerType>(A.Native->Ty)->pointeeIsConst();
  if (S.D == Direction::ToNative && A.How == Passing::Utf16 && !IsConst)
    return unmarshallable(A, S,
                          "the string itself is passed, and strings do not "
                          "change; take 'const char16_t *'");
  // If nobody can say who frees them, nobody may free const ones.
  bool IsBorrowed = IsConst && !S.IsAnnotated;
  if (S.D == Direction::ToManaged && !IsBorrowed &&
      S.E.ResultOwnership == native::Ownership::Unstated)
    reportUnstatedOwnership(S);
}

void Comparison::compareArray(Argument &A, const Site &S) {
  if (S.D == Direction::ToManaged)
    return unmarshallable(
        A, S,
        "nothing says how many elements there are; return "
        "a '" +
            S.Runtime.runtime().objectType(ObjectKind::Array) + "'");
  managed::Parameter Element;
  Element.Type = &A.Managed->Type->element();
  managed::Lowered Raw = S.Runtime.lowering().lower(
      Element, managed::Marshalling::None, managed::CharSet::None, false);
  const auto *P = llvm::dyn_cast<PointerType>(A.Native->Ty);
  if (!Raw || !P || P->form() != PointerType::Pointer)
    return unmarshallable(A, S,
                          "an array goes by the address of its first element, "
                          "if that has a native form");
  A.How = Passing::Elements;
  A.Element = Raw.Ty;
  PointerType First(Raw.Ty, Qualifiers{}, PointerType::Pointer);
  if (llvm::isa<PointerType>(Raw.Ty) &&
      llvm::isa<OpaqueType>(llvm::cast<PointerType>(Raw.Ty)->pointee()))
    return unmarshallable(A, S, "its elements are objects");
  report(S.Agrees.byValue(First, *P, use(A, S.D)), A, S);
}

} // namespace ilbridge::match

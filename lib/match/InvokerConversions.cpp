//===- InvokerConversions.cpp - Values that a generated invoker converts --===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

/// Returns the pointee of \p Native if it is one of the runtime's own types;
/// otherwise null.
static const Type *ownPointee(const Type &Native, const Agreement &Agrees) {
  const auto *P = llvm::dyn_cast<PointerType>(&Native);
  return P && P->form() == PointerType::Pointer &&
                 Agrees.objectKind(*P->pointee())
             ? P->pointee()
             : nullptr;
}

static bool pointsToObject(const Type &Raw) {
  const auto *P = llvm::dyn_cast<PointerType>(&Raw);
  return P && llvm::isa<OpaqueType>(P->pointee());
}

/// Returns the width of the characters to which a pointer refers, in bits; 0 if
/// it does not refer to characters.
static unsigned characterBits(const PointerType *P, const DataModel &Model) {
  const auto *S = P ? llvm::dyn_cast<ScalarType>(P->pointee()) : nullptr;
  if (!S || S->scalarClass() == ScalarType::Float ||
      S->scalarClass() == ScalarType::Bool)
    return 0;
  return Model.bits(S->width());
}

static bool isDelegate(const Argument &A) {
  return A.Managed && A.Managed->Type->kind() == TypeSig::Definition &&
         A.Managed->Type->definition().TheKind == managed::TypeDef::Delegate;
}

static bool pointsToFunction(const Type &T) {
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  return P && llvm::isa<FunctionType>(P->pointee());
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
  if (compareFields(A, S))
    return compareLength(A, S);
  if (A.isObject()) {
    A.How = Passing::Object;
    if (const Type *Own = ownPointee(Native, S.Agrees)) {
      const auto *Object =
          llvm::cast<OpaqueType>(llvm::cast<PointerType>(A.Raw)->pointee());
      if (Verdict V = S.Agrees.object(*Object, *Own); !V.agrees())
        unmarshallable(A, S, V.Reason);
      return compareLength(A, S);
    }
    if (A.Managed && A.Managed->Type->is(Primitive::String)) {
      compareString(A, S);
      return compareLength(A, S);
    }
    if (A.Managed && A.Managed->Type->kind() == TypeSig::SZArray) {
      compareArray(A, S);
      return compareLength(A, S);
    }
    if (S.D == Direction::ToNative && isDelegate(A) &&
        pointsToFunction(Native)) {
      compareDelegate(A, S);
      return compareLength(A, S);
    }
    return unmarshallable(A, S,
                          std::string(S.isShimmed() ? "a shim" : "an invoker") +
                              " has no native form of it to pass; take a '" +
                              S.Runtime.runtime().objectType(ObjectKind::Any) +
                              "'");
  }
  if (const auto *P = llvm::dyn_cast<PointerType>(&Native);
      P && P->form() == PointerType::RValueReference)
    return unmarshallable(A, S, "an rvalue reference would be moved from");

  A.How = passing(Native);
  // A marshalled value may be wider than its slot (a bool is a BOOL), so both
  // widths are accepted.
  bool IsMarshalled = llvm::isa<ScalarType>(A.Raw) && A.Marshalled &&
                      llvm::isa<ScalarType>(A.Marshalled);
  const Type &Managed = IsMarshalled ? *A.Marshalled : *A.Raw;
  report(S.Agrees.byValue(Managed, Native, use(A, S.D)), A, S);
  compareLength(A, S);
}

/// Returns the pointer by which C++ takes or returns elements. A view of
/// elements is only accepted as a parameter, because for a result it does not
/// state who frees the elements.
static const PointerType *elementPointer(const Argument &A, Direction D) {
  return D == Direction::ToNative || !llvm::isa<RecordType>(A.Native->Ty)
             ? ilbridge::elementPointer(*A.Native->Ty)
             : nullptr;
}

/// Whether \p T can receive a number of elements, which is an int32 in C#.
static bool holdsLength(const Type &T, const DataModel &Model) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return S && S->scalarClass() == ScalarType::Integer &&
         Model.bits(S->width()) >= 32;
}

void Comparison::compareLength(const Argument &A, const Site &S) {
  if (!A.Length)
    return;
  bool HasLength =
      (llvm::is_contained({Passing::Utf8, Passing::Utf16, Passing::Elements},
                          A.How) ||
       (A.How == Passing::Fields && A.Element)) &&
      llvm::isa<PointerType>(A.Native->Ty);
  if (!HasLength)
    return unmarshallable(A, S,
                          "the next parameter is annotated ILBRIDGE_LENGTH, "
                          "and only a string or an array that is passed by the "
                          "address of its elements has a length to pass");
  if (holdsLength(*A.Length->Ty, S.Target.model()))
    return;
  Diagnostic D =
      diagnose(DiagnosticID::Unmarshallable, A.Length->Where,
               "the length of " + S.words(), "int", A.Length->Spelling,
               "it takes an integer of 32 or more bits");
  noteManaged(D, S.M);
  S.add(std::move(D));
}

/// Whether values of \p P are passed without conversion: they are numbers or
/// addresses, and not characters.
static bool isPassedAsItIs(const managed::Parameter &P) {
  const TypeSig &T = *P.Type;
  if (P.Marshal)
    return false;
  if (T.kind() == TypeSig::Pointer ||
      (T.kind() == TypeSig::Definition &&
       T.definition().TheKind == managed::TypeDef::Enum))
    return true;
  return T.kind() == TypeSig::Primitive && !T.is(Primitive::String) &&
         !T.is(Primitive::Object) && !T.is(Primitive::Char) &&
         !T.is(Primitive::TypedReference);
}

/// The runtime returns a function pointer that was compiled ahead of time, or
/// an error.
void Comparison::compareDelegate(Argument &A, const Site &S) {
  const runtime::Runtime &R = S.Runtime.runtime();
  std::string Instead = "; take a '" + R.objectType(ObjectKind::Delegate) + "'";
  if (!R.ConvertsDelegates)
    return unmarshallable(A, S,
                          R.versionedTitle() +
                              " makes no function pointer "
                              "of it" +
                              Instead);
  const std::optional<managed::DelegateInfo> &D =
      A.Managed->Type->definition().Invocation;
  if (!A.Marshalled || !D)
    return unmarshallable(A, S,
                          "only a P/Invoke passes a delegate as a function "
                          "pointer" +
                              Instead);
  // A runtime that passes values to native code as managed code stores them can
  // pass everything except objects.
  bool IsRaw = R.conversion(runtime::Crossing::Callback) ==
               runtime::Conversion::Unchanged;
  auto IsPassed = [&](const managed::Parameter &P) {
    if (!IsRaw)
      return isPassedAsItIs(P);
    managed::Lowered Raw = S.Runtime.lowering().lower(
        P, managed::Marshalling::None, managed::CharSet::None, false);
    return Raw && !pointsToObject(*Raw.Ty);
  };
  std::string Reason =
      IsRaw
          ? "', and callbacks are not marshalled"
          : "', and only numbers and addresses are passed without a conversion";
  for (const managed::Parameter &P : D->Invoke.Params)
    if (!IsPassed(P))
      return unmarshallable(A, S,
                            "the function pointer would take '" +
                                csharpName(*P.Type) + Reason + Instead);
  if (!IsPassed(D->Invoke.Result))
    return unmarshallable(A, S,
                          "the function pointer would return '" +
                              csharpName(*D->Invoke.Result.Type) + Reason +
                              Instead);
  A.How = Passing::Callback;
  report(S.Agrees.byValue(*A.Marshalled, *A.Native->Ty, use(A, S.D)), A, S);
}

void Comparison::compareString(Argument &A, const Site &S) {
  const PointerType *Chars = elementPointer(A, S.D);
  unsigned Bits = characterBits(Chars, S.Target.model());
  ecma335::NativeType Stated = A.Managed->Marshal ? A.Managed->Marshal->Native
                                                  : ecma335::NATIVE_TYPE_MAX;
  if (Stated == ecma335::NATIVE_TYPE_BSTR ||
      Stated == ecma335::NATIVE_TYPE_ANSIBSTR ||
      Stated == ecma335::NATIVE_TYPE_TBSTR)
    return unmarshallable(A, S,
                          std::string(S.isShimmed() ? "a shim" : "an invoker") +
                              " makes no BSTR; use LPWStr or LPStr");
  if (Bits != 8 && Bits != 16)
    return unmarshallable(
        A, S,
        "a string is passed as 'const char *', 'const "
        "char16_t *' or '" +
            S.Runtime.runtime().objectType(ObjectKind::String) + "'");
  if (A.Marshalled) {
    unsigned Stated = characterBits(ilbridge::elementPointer(*A.Marshalled),
                                    S.Target.model());
    if (Stated && Stated != Bits)
      return report(Verdict::different(
                        "its CharSet or [MarshalAs] makes it a string of " +
                        llvm::Twine(Stated) + "-bit characters, C++ expects " +
                        llvm::Twine(Bits) + "-bit ones"),
                    A, S);
  }
  A.How = Bits == 8 ? Passing::Utf8 : Passing::Utf16;
  bool IsConst = Chars->pointeeIsConst();
  if (S.D == Direction::ToNative && A.How == Passing::Utf16 && !IsConst)
    return unmarshallable(A, S,
                          "the string itself is passed, and strings are "
                          "immutable; take 'const char16_t *'");
  // An annotation is not possible here, and const characters must not be freed.
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
  const PointerType *P = elementPointer(A, S.D);
  if (!Raw || !P)
    return unmarshallable(A, S,
                          "an array is passed as the address of its first "
                          "element, which needs a native form");
  A.How = Passing::Elements;
  A.Element = Raw.Ty;
  PointerType First(Raw.Ty, Qualifiers{}, PointerType::Pointer);
  if (llvm::isa<PointerType>(Raw.Ty) &&
      llvm::isa<OpaqueType>(llvm::cast<PointerType>(Raw.Ty)->pointee()))
    return unmarshallable(A, S, "its elements are objects");
  report(S.Agrees.byValue(First, *P, use(A, S.D)), A, S);
}

} // namespace ilbridge::match

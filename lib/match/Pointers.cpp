//===- Pointers.cpp - Comparison of pointers ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pointer states less than a value: `void *` states nothing, a pointer to
// bytes may refer to raw memory, and a pointer to a number may refer to an
// array of them. However, text is always text, and an address of an address is
// never text.
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/MathExtras.h"

namespace ilbridge::match {

/// Whether the type of the memory is not known.
static bool isUntyped(const Type &Pointee) {
  return llvm::isa<VoidType, OpaqueType>(Pointee);
}

/// Whether a struct has no fields and represents one that only C++ defines. C#
/// can neither read nor write through its address.
static bool isHandle(const Type &Managed) {
  const auto *R = llvm::dyn_cast<RecordType>(&Managed);
  return R && R->Fields.empty();
}

/// Returns an 8-bit integer or character; null for other types.
static const ScalarType *asByte(const Type &T, const DataModel &Model) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  bool IsByte =
      S && S->scalarClass() != ScalarType::Bool && Model.bits(S->width()) == 8;
  return IsByte ? S : nullptr;
}

static bool isCharacter(const ScalarType &S) {
  return S.scalarClass() == ScalarType::Character;
}

/// Returns the type of the elements of an array, which may have several
/// dimensions, and their number. For any other type, these are the type itself
/// and 1.
std::pair<const Type *, uint64_t>
Agreement::withoutArrays(const Type &T) const {
  uint64_t Count = 1;
  const Type *Element = &T;
  while (const auto *A = llvm::dyn_cast<ArrayType>(Element)) {
    Count = llvm::SaturatingMultiply(Count, A->count());
    Element = &withoutEnum(*A->element());
  }
  return {Element, Count};
}

Verdict Agreement::pointers(const PointerType &Managed,
                            const PointerType &Native, const ValueUse &U) {
  const Type &M = *Managed.pointee();
  const Type &N = *Native.pointee();
  if (const auto *Object = llvm::dyn_cast<OpaqueType>(&M))
    return object(*Object, N);
  if (std::optional<ObjectKind> Kind = objectKind(N);
      Kind && *Kind != ObjectKind::None)
    return Verdict::different("'" + toString(N) +
                              "' is an object in C++, and C# passes " +
                              describe(Managed));
  if (isUntyped(M) || isUntyped(N))
    return Verdict::same();
  const auto *MF = llvm::dyn_cast<FunctionType>(&M);
  const auto *NF = llvm::dyn_cast<FunctionType>(&N);
  if (MF && NF)
    return functions(*MF, *NF);
  if (MF || NF)
    return mismatch(Managed, Native);
  if (isHandle(M) && U.Owner == MemoryOwner::Unknown)
    return Verdict::same();

  Verdict V = pointees(M, N, U);
  // The message names both types completely, unless the difference is inside of
  // a record, or both would be described by the same words.
  if (V == Verdict::Different && !V.Cause && !V.IsExplained) {
    Verdict Whole = mismatch(Managed, Native);
    if (describe(Managed) != describe(Native))
      return Whole;
  }
  return V;
}

Verdict Agreement::pointees(const Type &ManagedType, const Type &NativeType,
                            const ValueUse &U) {
  // This test precedes the rules for bytes. A pointer to bytes may refer to
  // anything, but on this target the type may not be a byte.
  if (const Variation *Why = Target.unknown(NativeType)) {
    noteUnknown(Why);
    return Verdict::same();
  }
  const Type &M = withoutEnum(ManagedType);
  const Type &N = withoutEnum(NativeType);
  if (std::optional<Verdict> V = bytes(M, N, U))
    return *V;
  if (std::optional<Verdict> V = elements(M, N, U))
    return *V;
  const auto *MR = llvm::dyn_cast<RecordType>(&M);
  // The address of an array is that of its first record. A variable of C# is
  // only one.
  const auto [Element, Count] = withoutArrays(N);
  const auto *NR = llvm::dyn_cast<RecordType>(Element);
  if (!MR || !NR || (Count != 1 && U.Owner == MemoryOwner::Variable))
    return inMemory(ManagedType, NativeType);
  Verdict V = records(*MR, *NR, useOfPointee(U));
  // Memory that C++ returned, or to which another pointer refers, is aligned by
  // the side that allocated it.
  if (V == Verdict::Same && U.IsOutermost && U.Dir == Direction::ToNative) {
    Verdict Aligned = alignment(M, *NR);
    Aligned.Remarks = std::move(V.Remarks);
    return Aligned;
  }
  return V;
}

//===----------------------------------------------------------------------===//
// Bytes and text
//===----------------------------------------------------------------------===//

/// Compares two pointees of which exactly one is an 8-bit integer or character.
/// Returns std::nullopt if this does not apply, as when neither or both are.
/// (.NET documentation, "Default marshalling for strings" and "Default
/// marshalling for arrays")
std::optional<Verdict> Agreement::bytes(const Type &Managed, const Type &Native,
                                        const ValueUse &U) const {
  const ScalarType *Mine = asByte(Managed, Model);
  const ScalarType *Theirs = asByte(Native, Model);
  if ((Mine != nullptr) == (Theirs != nullptr))
    return std::nullopt;
  const Type *Other = Mine ? &Native : &Managed;
  while (const auto *A = llvm::dyn_cast<ArrayType>(Other))
    Other = &withoutEnum(*A->element());
  if (asByte(*Other, Model) ||
      consistsOf(*Other, Mine ? *Mine : *Theirs, /*IsManaged=*/!Mine))
    return std::nullopt;
  const auto *Number = llvm::dyn_cast<ScalarType>(Other);
  if (Number && Number->scalarClass() == ScalarType::Bool &&
      Model.bits(Number->width()) == 8)
    return Verdict::same();

  auto Explained = [&](Verdict::Level L, const llvm::Twine &Why) {
    Verdict V = Verdict::of(L, Why);
    V.IsExplained = true;
    return V;
  };
  PointerType M(&Managed, {}, PointerType::Pointer);
  PointerType N(&Native, {}, PointerType::Pointer);
  std::string Both = describe(N) + " in C++, " + describe(M) + " in C#";
  // An address is not text, and a variable with another size is not raw memory.
  bool IsVariable = U.Owner == MemoryOwner::Variable;
  bool IsRecord = llvm::isa<RecordType>(Other);
  bool IsAddress =
      Number ? Theirs && Number->width() == Width::Pointer : !IsRecord;
  if (IsAddress || (Mine && isCharacter(*Mine)) || (IsRecord && Theirs) ||
      IsVariable)
    return Explained(Verdict::Different, Both);
  if (IsRecord)
    return Explained(Verdict::Reinterpreted, Both);
  if (Number->scalarClass() == ScalarType::Bool)
    return Explained(Verdict::Different, Both);
  // Generated marshalling code passes UTF-16 text by 'ushort *' and UTF-8 text
  // by 'byte *'.
  bool IsPointer = U.Owner == MemoryOwner::Unknown;
  bool IsUtf16 =
      isCharacter(*Number) || (Theirs && isCharacter(*Theirs) && IsPointer &&
                               Number->scalarClass() == ScalarType::Integer &&
                               Model.bits(Number->width()) == 16);
  if (IsUtf16 && (Theirs || IsPointer))
    return Explained(Verdict::Different, Both + ", which holds no " +
                                             llvm::Twine(Theirs ? 8 : 16) +
                                             "-bit characters");
  // Bytes that are not characters can contain any type.
  if (Theirs ? !isCharacter(*Theirs) : !isCharacter(*Number))
    return Verdict::same();
  return Explained(Verdict::Reinterpreted, Both);
}

//===----------------------------------------------------------------------===//
// Many of one kind
//===----------------------------------------------------------------------===//

static bool areAlike(const Type &A, const ScalarType &B,
                     const DataModel &Model) {
  const auto *S = llvm::dyn_cast<ScalarType>(&A);
  return S && Model.bits(S->width()) == Model.bits(B.width()) &&
         (S->scalarClass() == ScalarType::Float) ==
             (B.scalarClass() == ScalarType::Float);
}

/// Whether a record of \p Size bytes consists of adjacent values for which
/// \p IsElement holds, such as a vector of floats.
static bool consistsOf(const std::optional<std::vector<Leaf>> &Leaves,
                       uint64_t Size,
                       llvm::function_ref<bool(const Type &)> IsElement) {
  uint64_t End = 0;
  return Leaves && !Leaves->empty() &&
         llvm::all_of(*Leaves,
                      [&](const Leaf &L) {
                        // The values may overlap completely, in a union.
                        bool Follows = L.Offset <= End &&
                                       L.Offset % L.Size == 0 && !L.IsBitField;
                        End = std::max(End, L.Offset + L.Size);
                        return Follows && IsElement(*L.Ty);
                      }) &&
         End == Size;
}

bool Agreement::consistsOf(const Type &T, const ScalarType &Element,
                           bool IsManaged) const {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  if (!R)
    return false;
  auto IsElement = [&](const Type &Each) {
    return areAlike(Each, Element, Model);
  };
  if (IsManaged)
    return match::consistsOf(managedLeaves(*R, Model),
                             managed::ManagedLayout(Model).of(*R).Size,
                             IsElement);
  std::optional<RecordLayout> L = Target.layout(*R);
  return L && match::consistsOf(nativeLeaves(*R, Target), L->Size, IsElement);
}

/// Compares two pointees of which one is a number or an address and the other
/// one a record or array of such values. Returns std::nullopt if this does not
/// apply.
std::optional<Verdict> Agreement::elements(const Type &Managed,
                                           const Type &Native,
                                           const ValueUse &U) {
  const auto [N, Count] = withoutArrays(Native);
  const auto *MS = llvm::dyn_cast<ScalarType>(&Managed);
  const auto *NS = llvm::dyn_cast<ScalarType>(N);
  const auto *MR = llvm::dyn_cast<RecordType>(&Managed);
  if (MR && (NS || llvm::isa<PointerType>(N))) {
    const uint64_t Bits = NS ? Model.bits(NS->width()) : Model.Pointer;
    const uint64_t Size = managed::ManagedLayout(Model).of(Managed).Size;
    auto IsAddress = [&, N = N](const Type &Each) {
      const auto *S = llvm::dyn_cast<ScalarType>(&Each);
      return !(S && S->width() != Width::Pointer) &&
             inMemory(Each, *N).agrees();
    };
    bool IsWhole = N == &Native || Size == Count * Bits / 8;
    bool IsAlike =
        NS ? consistsOf(Managed, *NS, /*IsManaged=*/true)
           : match::consistsOf(managedLeaves(*MR, Model), Size, IsAddress);
    return IsWhole && IsAlike ? std::optional(Verdict::same()) : std::nullopt;
  }
  // A variable contains one number only.
  if (!MS || U.Owner == MemoryOwner::Variable)
    return std::nullopt;
  bool IsAlike = NS ? N != &Native && areAlike(*MS, *NS, Model)
                    : consistsOf(*N, *MS, /*IsManaged=*/false);
  return IsAlike ? std::optional(Verdict::same()) : std::nullopt;
}

} // namespace ilbridge::match

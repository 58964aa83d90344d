//===- OverloadDistance.cpp - Choice among overloads ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An invoker converts values, so a function can agree with several overloads of
// a method. As in C++ (over.match.best), the best one is that for which no
// parameter requires a longer conversion than for another one.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

static uint8_t distance(const Type &Managed, const Type &Native,
                        const Agreement &Agrees, const DataModel &Model) {
  if (Managed.kind() != Native.kind()) {
    // A number and an enum are more distant than two numbers.
    const Type &Mine = Agrees.withoutEnum(Managed);
    const Type &Theirs = Agrees.withoutEnum(Native);
    return Mine.kind() == Theirs.kind()
               ? distance(Mine, Theirs, Agrees, Model) + 1
               : 1;
  }
  if (const auto *P = llvm::dyn_cast<PointerType>(&Managed))
    return distance(*P->pointee(), *llvm::cast<PointerType>(Native).pointee(),
                    Agrees, Model);
  const auto *Mine = llvm::dyn_cast<ScalarType>(&Managed);
  if (!Mine)
    return 0;
  const auto &Theirs = llvm::cast<ScalarType>(Native);
  if (Model.bits(Mine->width()) != Model.bits(Theirs.width()))
    return 2;
  // C++ has characters without a sign of their own, so signs are not compared.
  bool IsCharacter = Mine->scalarClass() == ScalarType::Character;
  return Mine->scalarClass() == Theirs.scalarClass() &&
                 (IsCharacter || Mine->signedness() == Theirs.signedness())
             ? 0
             : 1;
}

static bool pointsToCharacters(const Type &Native) {
  const PointerType *P = elementPointer(Native);
  const auto *S = P ? llvm::dyn_cast<ScalarType>(P->pointee()) : nullptr;
  return S && S->scalarClass() == ScalarType::Character;
}

/// A type for all objects is more distant than one for a single kind of object.
static uint8_t distance(const OpaqueType &Object, const Type &Native,
                        const Agreement &Agrees) {
  const auto *P = llvm::dyn_cast<PointerType>(&Native);
  return P && Agrees.objectKind(*P->pointee()) == Object.Object ? 0 : 1;
}

uint8_t distance(const Argument &A, const Agreement &Agrees,
                 const DataModel &Model) {
  const Type &Native = *A.Native->Ty;
  const Type *Managed = A.Raw ? A.Raw : A.Passed;
  if (!Managed)
    return 0;
  if (A.How == Passing::Utf8 || A.How == Passing::Utf16)
    return pointsToCharacters(Native) ? 0 : 1;
  const PointerType *First = elementPointer(Native);
  if (A.How == Passing::Elements)
    return A.Element && First
               ? distance(*A.Element, *First->pointee(), Agrees, Model)
               : 1;
  const auto *P = llvm::dyn_cast<PointerType>(Managed);
  if (const auto *Object =
          P ? llvm::dyn_cast<OpaqueType>(P->pointee()) : nullptr)
    return distance(*Object, Native, Agrees);
  return distance(*Managed, Native, Agrees, Model);
}

bool Comparison::Outcome::isAsNearAs(const Outcome &Other) const {
  return llvm::equal(Pair.Params, Other.Pair.Params,
                     [](const Argument &Mine, const Argument &Theirs) {
                       return Mine.Distance <= Theirs.Distance;
                     });
}

} // namespace ilbridge::match

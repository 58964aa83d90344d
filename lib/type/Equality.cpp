//===- Equality.cpp - Equality of types -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/type/Equality.h"
#include "ilbridge/type/Properties.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge {

bool TypeEquality::areSame(const Type &A, const Type &B) {
  New.clear();
  bool Result = compare(A, B);
  // The list grows while records refer to more records.
  for (size_t I = 0; Result && I != New.size(); ++I)
    Result = compareProperties(*New[I].first, *New[I].second);
  // Assumptions that led to a difference are not verified.
  if (!Result)
    for (const Pair &Each : New)
      Known.erase(Each);
  return Result;
}

/// Whether \p A is an incomplete declaration of \p B.
static bool isIncomplete(const Type &A, const Type &B) {
  const auto *Named = llvm::dyn_cast<OpaqueType>(&A);
  if (!Named)
    return false;
  if (const auto *R = llvm::dyn_cast<RecordType>(&B))
    return R->Decl.Path == Named->Decl.Path;
  const auto *E = llvm::dyn_cast<EnumType>(&B);
  return E && E->Decl.Path == Named->Decl.Path;
}

bool TypeEquality::compare(const Type &A, const Type &B) {
  if (&A == &B)
    return true;
  if (isIncomplete(A, B) || isIncomplete(B, A))
    return true;
  if (A.kind() != B.kind())
    return false;
  switch (A.kind()) {
  case Type::Void:
    return true;
  case Type::Scalar: {
    const auto &X = llvm::cast<ScalarType>(A), &Y = llvm::cast<ScalarType>(B);
    return X.scalarClass() == Y.scalarClass() && X.width() == Y.width() &&
           X.signedness() == Y.signedness();
  }
  case Type::Pointer: {
    const auto &X = llvm::cast<PointerType>(A), &Y = llvm::cast<PointerType>(B);
    return X.form() == Y.form() &&
           X.pointeeQualifiers() == Y.pointeeQualifiers() &&
           compare(*X.pointee(), *Y.pointee());
  }
  case Type::Function: {
    const auto &X = llvm::cast<FunctionType>(A),
               &Y = llvm::cast<FunctionType>(B);
    return X.convention() == Y.convention() &&
           X.statedConvention() == Y.statedConvention() &&
           X.isVariadic() == Y.isVariadic() &&
           compare(*X.result(), *Y.result()) &&
           llvm::equal(
               X.params(), Y.params(),
               [&](const Type *P, const Type *Q) { return compare(*P, *Q); });
  }
  case Type::Array: {
    const auto &X = llvm::cast<ArrayType>(A), &Y = llvm::cast<ArrayType>(B);
    return X.count() == Y.count() && compare(*X.element(), *Y.element());
  }
  case Type::Enum: {
    const auto &X = llvm::cast<EnumType>(A), &Y = llvm::cast<EnumType>(B);
    return X.Decl.Path == Y.Decl.Path && compareProperties(X, Y);
  }
  case Type::Record:
    return compare(llvm::cast<RecordType>(A), llvm::cast<RecordType>(B));
  case Type::Opaque:
    return llvm::cast<OpaqueType>(A).Decl.Path ==
           llvm::cast<OpaqueType>(B).Decl.Path;
  }
  llvm_unreachable("not a type");
}

/// Compares the names of the records. Their fields are compared later, so that
/// chains of records may have any length.
bool TypeEquality::compare(const RecordType &A, const RecordType &B) {
  if (A.Decl.Path != B.Decl.Path)
    return false;
  if (Known.insert({&A, &B}).second)
    New.push_back({&A, &B});
  return true;
}

template <typename T>
bool TypeEquality::compareProperties(const T &A, const T &B) {
  return Properties<T>::each([&](auto Key, auto Member, auto...) {
    if constexpr (Key.IsIdentity)
      return compareProperty(A.*Member, B.*Member);
    return true;
  });
}

template <typename T>
bool TypeEquality::compareProperty(const T &A, const T &B) {
  if constexpr (std::is_pointer_v<T>)
    return A && B ? compare(*A, *B) : A == B;
  else
    return A == B;
}

template <typename T>
bool TypeEquality::compareProperty(const std::vector<T> &A,
                                   const std::vector<T> &B) {
  return llvm::equal(
      A, B, [&](const T &P, const T &Q) { return compareProperties(P, Q); });
}

} // namespace ilbridge

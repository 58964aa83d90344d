//===- ConvertedFields.cpp - Structs that a shim converts -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C++ can declare a struct in its native form or in its managed form. In the
// first case, a shim converts it; in the second case, a shim passes it
// unchanged.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

using managed::StructConversion;
using managed::TypeSig;

/// Whether C++ declares a `void *` for an object that a field of \p Managed
/// refers to. Only the type of an object states that C++ expects the managed
/// form.
static bool hasUntypedObject(const RecordType &Managed, const Type &Native,
                             const NativeTarget &Target) {
  const auto *R = llvm::dyn_cast<RecordType>(&Native);
  if (!R)
    return false;
  auto Mine = managedLeaves(Managed, Target.model());
  auto Theirs = nativeLeaves(*R, Target);
  auto PointsTo = [](const Leaf &L, Type::Kind K) {
    const auto *P = llvm::dyn_cast<PointerType>(L.Ty);
    return P && P->pointee()->kind() == K;
  };
  return Mine && Theirs && llvm::any_of(*Mine, [&](const Leaf &M) {
           return PointsTo(M, Type::Opaque) &&
                  llvm::any_of(*Theirs, [&](const Leaf &N) {
                    return N.Offset == M.Offset && PointsTo(N, Type::Void);
                  });
         });
}

bool Comparison::compareFields(Argument &A, const Site &S) {
  const TypeSig *Struct = S.isShimmed() && A.Managed
                              ? managed::passedStruct(*A.Managed->Type)
                              : nullptr;
  std::shared_ptr<const StructConversion> C =
      Struct ? S.Runtime.structs().find(*Struct) : nullptr;
  if (!C)
    return false;
  const Type &Native = *A.Native->Ty;
  const TypeSig::Kind K = A.Managed->Type->kind();
  const bool IsArray = K == TypeSig::SZArray;
  const PointerType *First =
      IsArray ? elementPointer(Native) : llvm::dyn_cast<PointerType>(&Native);
  if (First && First->form() == PointerType::RValueReference)
    return false;
  auto Compare = [&](const RecordType &Form) {
    PointerType Address(&Form, Qualifiers{}, PointerType::Pointer);
    bool IsAddress = IsArray || K == TypeSig::ByRef;
    const Type &Managed = IsAddress ? static_cast<const Type &>(Address) : Form;
    return S.Agrees.byValue(Managed, First ? *First : Native, use(A, S.D));
  };
  Verdict V = C->Native ? Compare(*C->Native) : Verdict::different("");
  if (!V.agrees() && Compare(*C->Held).agrees() &&
      !hasUntypedObject(*C->Held, First ? *First->pointee() : Native, S.Target))
    return false;

  managed::CopyDirections To = S.D == Direction::ToManaged
                                   ? managed::CopyDirections{false, true}
                                   : managed::copyDirections(*A.Managed);
  std::string Problem = To.ToNative ? C->ToNativeProblem : "";
  if (Problem.empty() && To.ToManaged)
    Problem = C->ToManagedProblem;
  if (IsArray && S.D == Direction::ToManaged)
    return false; // reported like any other array
  if (!Problem.empty()) {
    unmarshallable(A, S, Problem);
    return true;
  }
  A.How = Passing::Fields;
  A.Struct = std::move(C);
  A.Passed = A.Marshalled;
  if (IsArray)
    A.Element = A.Struct->Native;
  report(std::move(V), A, S);
  return true;
}

} // namespace ilbridge::match

//===- Layout.cpp - Layout of value types in runtimes ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Layout.h"
#include "llvm/Support/MathExtras.h"

namespace ilbridge::managed {

RecordLayout ManagedLayout::of(const Type &T) const {
  switch (T.kind()) {
  case Type::Scalar: {
    uint64_t Bytes = Model.bits(llvm::cast<ScalarType>(T).width()) / 8;
    return {Bytes, Bytes};
  }
  case Type::Pointer:
    return {Model.Pointer / 8, Model.Pointer / 8};
  case Type::Enum:
    return of(*llvm::cast<EnumType>(T).Underlying);
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    RecordLayout Element = of(*A.element());
    return {llvm::SaturatingMultiply(Element.Size, A.count()), Element.Align};
  }
  case Type::Record:
    return layOut(llvm::cast<RecordType>(T), nullptr);
  case Type::Void:
  case Type::Function:
  case Type::Opaque:
    return {0, 1};
  }
  llvm_unreachable("not a type");
}

std::vector<uint64_t> ManagedLayout::offsets(const RecordType &R) const {
  std::vector<uint64_t> Offsets;
  layOut(R, &Offsets);
  return Offsets;
}

RecordLayout ManagedLayout::layOut(const RecordType &R,
                                   std::vector<uint64_t> *Offsets) const {
  uint64_t End = 0, Align = std::max(1u, R.Align);
  if (R.IsVector)
    Align = std::clamp<uint64_t>(R.MinSize, 1, Model.VectorAlign / 8);
  for (const Field &F : R.Fields) {
    RecordLayout Inner = of(*F.Ty);
    if (R.Pack)
      Inner.Align = std::min<uint64_t>(Inner.Align, R.Pack);
    uint64_t Offset =
        F.ExplicitOffset ? *F.ExplicitOffset : llvm::alignTo(End, Inner.Align);
    Align = std::max(Align, Inner.Align);
    End = std::max(End, llvm::SaturatingAdd(Offset, Inner.Size));
    if (Offsets)
      Offsets->push_back(Offset);
  }
  uint64_t Size = llvm::alignTo(End, Align);
  return {std::max({Size, R.MinSize, uint64_t(1)}), Align};
}

bool haveSameLayout(const RecordType &A, const RecordType &B) {
  for (unsigned Bits : {64, 32}) {
    DataModel Model;
    Model.Pointer = Model.Size = Bits;
    ManagedLayout Layout(Model);
    if (Layout.offsets(A) != Layout.offsets(B) ||
        !(Layout.of(A) == Layout.of(B)))
      return false;
  }
  return true;
}

} // namespace ilbridge::managed

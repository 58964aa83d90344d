//===- ReservedSpace.cpp - Bytes that C# only reserves --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReservedSpace.h"
#include "BareName.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

static void addStatedGaps(const Type &T, uint64_t At,
                          const managed::ManagedLayout &Layout,
                          std::vector<ByteRange> &Gaps) {
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T)) {
    if (!llvm::isa<ArrayType, RecordType>(A->element()))
      return;
    const uint64_t Stride = Layout.of(*A->element()).Size;
    for (uint64_t I = 0; I != A->count(); ++I)
      addStatedGaps(*A->element(), At + I * Stride, Layout, Gaps);
    return;
  }
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  if (!R)
    return;
  const uint64_t Size = Layout.of(*R).Size;
  if (llvm::any_of(R->Fields,
                   [](const Field &F) { return F.ExplicitOffset.has_value(); }))
    return Gaps.push_back({At, At + Size});
  uint64_t End = 0;
  std::vector<uint64_t> Offsets = Layout.offsets(*R);
  for (const auto &[I, F] : llvm::enumerate(R->Fields)) {
    End = std::max(End, Offsets[I] + Layout.of(*F.Ty).Size);
    addStatedGaps(*F.Ty, At + Offsets[I], Layout, Gaps);
  }
  if (R->MinSize)
    Gaps.push_back({At + End, At + Size});
}

std::vector<ByteRange> statedGaps(const RecordType &R, const DataModel &Model) {
  std::vector<ByteRange> Gaps;
  addStatedGaps(R, 0, managed::ManagedLayout(Model), Gaps);
  return Gaps;
}

static bool isByte(const Leaf &L) {
  const auto *S = llvm::dyn_cast<ScalarType>(L.Ty);
  return S && S->scalarClass() == ScalarType::Integer &&
         S->width() == Width::W8;
}

bool isInBuffer(const Leaf &L) {
  return isByte(L) && llvm::StringRef(L.Name).ends_with("]");
}

bool isBuffer(const RecordType &R, llvm::ArrayRef<Leaf> Leaves) {
  // The size may be stated instead, for a struct with one field of a byte.
  if (Leaves.size() == 1 && R.MinSize > 1)
    return isByte(Leaves.front()) && isFiller(Leaves.front().Name);
  llvm::StringRef Buffer;
  for (const Leaf &L : Leaves) {
    llvm::StringRef Name = llvm::StringRef(L.Name).rsplit('[').first;
    if (isInBuffer(L) && (Buffer.empty() || Name == Buffer))
      Buffer = Name;
    else if (!isFiller(L.Name)) // a filler can be there for its alignment
      return false;
  }
  return !Buffer.empty();
}

bool isInterpreted(const Leaf &L) {
  return !isFiller(L.Name) && !(isInBuffer(L) && L.At.Union);
}

bool isReservedFrom(uint64_t End, const RecordType &R,
                    llvm::ArrayRef<Leaf> Leaves) {
  return isBuffer(R, Leaves) || llvm::none_of(Leaves, [&](const Leaf &L) {
           return L.Offset + L.Size > End && isInterpreted(L);
         });
}

} // namespace ilbridge::match

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

/// Whether a leaf is a 64-bit integer, which also aligns the memory.
static bool isWord(const Leaf &L) {
  const auto *S = llvm::dyn_cast<ScalarType>(L.Ty);
  return S && S->scalarClass() == ScalarType::Integer &&
         (S->width() == Width::W64 || S->width() == Width::Pointer);
}

/// Whether a bare name without its number says only that it is a part of some
/// memory.
static bool isNameOfMemory(llvm::StringRef Stem) {
  static constexpr llvm::StringLiteral Words[] = {
      "blob", "bytes", "data", "field", "opaque", "raw", "storage", "word"};
  return Stem.empty() || llvm::is_contained(Words, Stem);
}

bool isBuffer(const RecordType &R, llvm::ArrayRef<Leaf> Leaves,
              llvm::ArrayRef<Leaf> Native) {
  // The size may be stated instead, for a struct with one field of a byte.
  if (Leaves.size() == 1 && R.MinSize > 1)
    return isByte(Leaves.front()) && isFiller(Leaves.front().Name);
  auto IsNamedInCxx = [&](const Leaf &L) {
    return llvm::any_of(Native, [&](const Leaf &Theirs) {
      return bareName(Theirs.Name) == bareName(L.Name);
    });
  };
  const Leaf *First = nullptr;
  std::string Stem;
  size_t Parts = 0;
  for (const Leaf &L : Leaves) {
    std::string Bare = bareName(llvm::StringRef(L.Name).rsplit('[').first);
    std::string Mine =
        isInBuffer(L) ? Bare : llvm::StringRef(Bare).rtrim("0123456789").str();
    bool IsPart =
        isInBuffer(L) ||
        ((isByte(L) || isWord(L)) && !IsNamedInCxx(L) && isNameOfMemory(Mine) &&
         (Mine != Bare || llvm::StringRef(L.Name).ends_with("]")));
    if (IsPart && (!First || (Mine == Stem && L.Size == First->Size))) {
      First = First ? First : &L;
      Stem = Mine;
      ++Parts;
    } else if (!isFiller(L.Name)) { // a filler can be there for its alignment
      return false;
    }
  }
  return Parts > 1;
}

bool isInterpreted(const Leaf &L) {
  return !isFiller(L.Name) && !(isInBuffer(L) && L.At.Union);
}

bool isReservedFrom(uint64_t End, const RecordType &R,
                    llvm::ArrayRef<Leaf> Leaves, llvm::ArrayRef<Leaf> Native) {
  return isBuffer(R, Leaves, Native) ||
         llvm::none_of(Leaves, [&](const Leaf &L) {
           return L.Offset + L.Size > End && isInterpreted(L);
         });
}

} // namespace ilbridge::match

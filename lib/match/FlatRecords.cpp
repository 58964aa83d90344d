//===- FlatRecords.cpp - Records as lists of scalars ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/match/FlatRecords.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"
#include <numeric>

namespace ilbridge::match {

//===----------------------------------------------------------------------===//
// NativeTarget
//===----------------------------------------------------------------------===//

bool TargetDifference::holds(const Variation &V) const {
  if (V.IsOfSystem)
    return false;
  auto [It, IsNew] = Known.try_emplace(&V, false);
  if (!IsNew)
    return It->second;
  Macros Mine = Read(), Theirs = Here();
  return It->second = Mine && Theirs &&
                      llvm::all_of(V.Macros, [&](const std::string &Macro) {
                        return Mine->agree(*Theirs, Macro);
                      });
}

const Variation *NativeTarget::unknown(const Type &T) const {
  if (!Difference)
    return nullptr;
  return findVariation(
      T, [&](const Variation &V) { return Difference->holds(V); });
}

std::optional<RecordLayout> NativeTarget::layout(const RecordType &R) const {
  if (!ABI)
    return R.Layout;
  if (unknown(R))
    return std::nullopt;
  const abi::Placement *P = ABI->placement(R);
  return P ? std::optional(P->Whole) : std::nullopt;
}

uint64_t NativeTarget::fieldOffset(const RecordType &R, size_t Index) const {
  if (!ABI)
    return R.Fields[Index].Offset.value_or(0);
  const abi::Placement *P = ABI->placement(R);
  return P && Index < P->Fields.size() ? P->Fields[Index] : 0;
}

uint64_t NativeTarget::baseOffset(const RecordType &R, size_t Index) const {
  if (!ABI)
    return R.Bases[Index].Offset.value_or(0);
  const abi::Placement *P = ABI->placement(R);
  return P && Index < P->Bases.size() ? P->Bases[Index] : 0;
}

const Type &NativeTarget::underlying(const EnumType &E) const {
  static const ScalarType Wide(ScalarType::Integer, Width::W64,
                               Signedness::Signed);
  static const ScalarType Narrow(ScalarType::Integer, Width::W32,
                                 Signedness::Signed);
  const auto *S = llvm::dyn_cast<ScalarType>(E.Underlying);
  unsigned Bits = ABI && !E.IsFixed ? ABI->enumBits(E) : 0;
  if (!S || !Bits || Bits == Model.bits(S->width()))
    return *E.Underlying;
  return Bits == 64 ? Wide : Narrow;
}

//===----------------------------------------------------------------------===//
// Leaves
//===----------------------------------------------------------------------===//

namespace {

/// More than any real struct has that is passed by value or shared by address.
constexpr size_t MaxLeaves = 4096;

class Collector {
public:
  explicit Collector(const DataModel &Model) : Model(Model), Layout(Model) {}
  virtual ~Collector() = default;

  std::optional<std::vector<Leaf>> collect(const RecordType &R) {
    if (!record(R, 0, "", true))
      return std::nullopt;
    llvm::stable_sort(Leaves, [](const Leaf &A, const Leaf &B) {
      return A.Offset < B.Offset;
    });
    return std::move(Leaves);
  }

protected:
  virtual bool record(const RecordType &R, uint64_t Offset,
                      const std::string &Prefix, bool IsPublic) = 0;
  virtual uint64_t sizeOf(const Type &T) const = 0;

  bool value(const Type &T, uint64_t Offset, const std::string &Name,
             bool IsPublic, const Field *Declared);
  bool elements(const ArrayType &A, uint64_t Count, uint64_t Offset,
                const std::string &Name, bool IsPublic);
  void add(Leaf L) {
    L.At = At;
    Leaves.push_back(std::move(L));
  }

  static std::string join(const std::string &Prefix, const std::string &Name) {
    return Prefix.empty() || Name.empty() ? Prefix + Name : Prefix + "." + Name;
  }

  const DataModel &Model;
  managed::ManagedLayout Layout;
  std::vector<Leaf> Leaves;
  size_t Visited = 0;
  Leaf::Position At; ///< position of the leaves that are collected
  unsigned Unions = 0;
};

/// Uses the layout rules of .NET runtimes.
class ManagedCollector : public Collector {
  using Collector::Collector;

  bool record(const RecordType &R, uint64_t Offset, const std::string &Prefix,
              bool IsPublic) override {
    std::vector<uint64_t> Offsets = Layout.offsets(R);
    const bool IsInUnion = At.Union;
    std::vector<unsigned> Groups = overlaps(R, Offsets);
    llvm::SaveAndRestore Restore(At);
    At.In = &R;
    At.Begin = Offset;
    for (const auto &[I, F] : llvm::enumerate(R.Fields)) {
      if (!IsInUnion) {
        At.Union = Groups[I];
        At.Member = At.Union ? I + 1 : 0;
      }
      if (!value(*F.Ty, Offset + Offsets[I], join(Prefix, F.Name), IsPublic,
                 &F))
        return false;
    }
    return true;
  }
  /// Returns for each field the number of the group of fields that it overlaps;
  /// 0 if it overlaps none.
  std::vector<unsigned> overlaps(const RecordType &R,
                                 llvm::ArrayRef<uint64_t> Offsets) {
    std::vector<unsigned> Groups(Offsets.size());
    if (At.Union || llvm::none_of(R.Fields, [](const Field &F) {
          return F.ExplicitOffset.has_value();
        }))
      return Groups;
    std::vector<size_t> ByOffset(Offsets.size());
    std::iota(ByOffset.begin(), ByOffset.end(), 0);
    llvm::stable_sort(
        ByOffset, [&](size_t A, size_t B) { return Offsets[A] < Offsets[B]; });
    uint64_t End = 0;
    for (size_t N = 0; N != ByOffset.size(); ++N) {
      size_t I = ByOffset[N];
      if (N && Offsets[I] < End) {
        size_t Before = ByOffset[N - 1];
        if (!Groups[Before])
          Groups[Before] = ++Unions;
        Groups[I] = Groups[Before];
      }
      End = std::max(End, Offsets[I] + sizeOf(*R.Fields[I].Ty));
    }
    return Groups;
  }
  uint64_t sizeOf(const Type &T) const override { return Layout.of(T).Size; }
};

/// Uses the layout that Clang has computed.
class NativeCollector : public Collector {
public:
  explicit NativeCollector(const NativeTarget &Target)
      : Collector(Target.model()), Target(Target) {}

  /// The elements of \p A that begin before byte \p End.
  bool addElements(const RecordType &R, const FlexibleArray &A, uint64_t End) {
    uint64_t Stride = sizeOf(*A.Ty->element());
    if (!Stride || End <= A.Offset)
      return true;
    At.In = &R;
    return elements(*A.Ty, llvm::divideCeil(End - A.Offset, Stride), A.Offset,
                    A.Name, true);
  }

private:
  bool record(const RecordType &R, uint64_t Offset, const std::string &Prefix,
              bool IsPublic) override {
    llvm::SaveAndRestore Restore(At);
    const bool BeginsUnion = !At.Union && R.TheTag == RecordType::Union;
    for (const auto &[I, B] : llvm::enumerate(R.Bases))
      if (!record(*B.Record, Offset + Target.baseOffset(R, I), Prefix,
                  IsPublic))
        return false;
    At.In = &R;
    At.Begin = Offset;
    if (BeginsUnion)
      At.Union = ++Unions;
    for (const auto &[I, F] : llvm::enumerate(R.Fields)) {
      if (BeginsUnion)
        At.Member = I + 1;
      uint64_t Bits = Target.fieldOffset(R, I);
      std::string Name = join(Prefix, F.Name);
      if (F.BitWidth) {
        if (!F.Name.empty() && *F.BitWidth)
          add({Offset + Bits / 8, (Bits % 8 + *F.BitWidth + 7) / 8, F.Ty, Name,
               true, IsPublic && F.IsPublic, &F});
        continue;
      }
      if (!value(*F.Ty, Offset + Bits / 8, Name, IsPublic && F.IsPublic, &F))
        return false;
    }
    return true;
  }
  uint64_t sizeOf(const Type &T) const override {
    if (const auto *R = llvm::dyn_cast<RecordType>(&T)) {
      std::optional<RecordLayout> L = Target.layout(*R);
      return L ? L->Size : 0;
    }
    if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
      return sizeOf(*A->element()) * A->count();
    if (const auto *E = llvm::dyn_cast<EnumType>(&T))
      return sizeOf(Target.underlying(*E));
    return Layout.of(T).Size;
  }

  const NativeTarget &Target;
};

} // namespace

bool Collector::value(const Type &T, uint64_t Offset, const std::string &Name,
                      bool IsPublic, const Field *Declared) {
  // Empty structs have no leaves, but traversing arrays of them takes time.
  if (++Visited > 4 * MaxLeaves)
    return false;
  if (const auto *R = llvm::dyn_cast<RecordType>(&T))
    return record(*R, Offset, Name, IsPublic);
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return elements(*A, A->count(), Offset, Name, IsPublic);
  if (Leaves.size() == MaxLeaves)
    return false;
  add({Offset, sizeOf(T), &T, Name, false, IsPublic, Declared});
  return true;
}

bool Collector::elements(const ArrayType &A, uint64_t Count, uint64_t Offset,
                         const std::string &Name, bool IsPublic) {
  uint64_t Stride = sizeOf(*A.element());
  for (uint64_t I = 0; I != Count; ++I)
    if (!value(*A.element(), Offset + I * Stride,
               Name + "[" + std::to_string(I) + "]", IsPublic, nullptr))
      return false;
  return true;
}

std::optional<std::vector<Leaf>> managedLeaves(const RecordType &R,
                                               const DataModel &Model) {
  return ManagedCollector(Model).collect(R);
}

std::optional<std::vector<Leaf>>
nativeLeaves(const RecordType &R, const NativeTarget &Target, uint64_t End) {
  NativeCollector All(Target);
  if (End)
    if (std::optional<FlexibleArray> A = flexibleArray(R, Target))
      if (!All.addElements(R, *A, End))
        return std::nullopt;
  return All.collect(R);
}

std::optional<FlexibleArray> flexibleArray(const RecordType &R,
                                           const NativeTarget &Target) {
  uint64_t Offset = 0;
  std::string Name;
  for (const RecordType *In = &R; !In->Fields.empty();) {
    const Field &Last = In->Fields.back();
    Offset += Target.fieldOffset(*In, In->Fields.size() - 1) / 8;
    Name += (Name.empty() || Last.Name.empty() ? "" : ".") + Last.Name;
    if (const auto *A = llvm::dyn_cast<ArrayType>(Last.Ty)) {
      if (A->count() != 0)
        return std::nullopt;
      return FlexibleArray{A, std::move(Name), Offset};
    }
    In = llvm::dyn_cast<RecordType>(Last.Ty);
    if (!In || In->TheTag == RecordType::Union)
      return std::nullopt;
  }
  return std::nullopt;
}

} // namespace ilbridge::match

//===- FlatRecords.h - Records as lists of scalars --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C# and C++ can group the same bytes differently (a base class on one side, a
// nested struct on the other). Therefore the leaves of records are compared,
// and not their fields.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MATCH_FLATRECORDS_H
#define ILBRIDGE_MATCH_FLATRECORDS_H

#include "ilbridge/abi/Lowering.h"
#include "ilbridge/abi/PredefinedMacros.h"
#include <functional>

namespace ilbridge::match {

/// Whether declarations that were read for one target are the same on another.
/// The macros of the targets are computed only on demand.
class TargetDifference {
public:
  using Macros = const abi::PredefinedMacros *;
  /// \p Read and \p Here return the macros of the two targets; null: not
  /// known.
  TargetDifference(std::function<Macros()> Read, std::function<Macros()> Here)
      : Read(std::move(Read)), Here(std::move(Here)) {}
  bool holds(const Variation &V) const;

private:
  std::function<Macros()> Read, Here;
  mutable llvm::DenseMap<const Variation *, bool> Known;
};

/// The layouts that Clang gives to C and C++ declarations on one target.
class NativeTarget {
public:
  /// The scanned target, whose layouts the facts contain.
  NativeTarget(const DataModel &Model) : Model(Model) {}
  /// Another target than the scanned one.
  NativeTarget(const abi::ABIInfo &ABI, const TargetDifference &Difference)
      : Model(ABI.model()), ABI(&ABI), Difference(&Difference) {}

  const DataModel &model() const { return Model; }
  /// The difference from the scanned target; null if it is the scanned target.
  const TargetDifference *difference() const { return Difference; }
  /// Returns \p V if the declaration is not known on this target because of it;
  /// otherwise null.
  const Variation *unknown(const Variation *V) const {
    return V && Difference && !Difference->holds(*V) ? V : nullptr;
  }
  /// The reason why the type is not known on this target; null: it is
  /// known.
  const Variation *unknown(const Type &T) const;
  /// Returns nullopt if the layout is not known.
  std::optional<RecordLayout> layout(const RecordType &R) const;
  /// Returns the offset of R.Fields[Index] in bits.
  uint64_t fieldOffset(const RecordType &R, size_t Index) const;
  /// Returns the offset of R.Bases[Index] in bytes.
  uint64_t baseOffset(const RecordType &R, size_t Index) const;
  /// Returns the type as which a value of the enum is passed.
  const Type &underlying(const EnumType &E) const;

private:
  DataModel Model;
  const abi::ABIInfo *ABI = nullptr;
  const TargetDifference *Difference = nullptr;
};

/// A scalar, pointer or bit-field inside of a record.
struct Leaf {
  uint64_t Offset = 0; ///< bytes
  uint64_t Size = 0;   ///< bytes
  const Type *Ty = nullptr;
  std::string Name; ///< as a C++ expression: "Position.X", "Data[3]"
  bool IsBitField = false;
  /// Whether generated code may name it, because the whole path to it is
  /// public.
  bool IsPublic = true;
  /// The field that has this type; null for an element of an array.
  const Field *Declared = nullptr;
  struct Position {
    /// The record that declares it, and the offset of that record in bytes.
    const RecordType *In = nullptr;
    uint64_t Begin = 0;
    /// The number of the outermost group of overlapping fields that contains
    /// the leaf, and the number of the field in that group that contains it.
    /// Both are 0 if no other field overlaps it.
    unsigned Union = 0, Member = 0;
  };
  Position At = {};
};

/// Whether they have a byte in common.
inline bool overlap(const Leaf &A, const Leaf &B) {
  return A.Offset < B.Offset + B.Size && B.Offset < A.Offset + A.Size;
}

/// The leaves of a record that managed::Lowering made, with the layout of .NET
/// runtimes; sorted by offset. nullopt if there are too many to compare.
std::optional<std::vector<Leaf>> managedLeaves(const RecordType &R,
                                               const DataModel &Model);
/// The same for a record of C or C++, as Clang lays it out. The elements of a
/// flexible array member that begin before byte \p End are leaves.
std::optional<std::vector<Leaf>>
nativeLeaves(const RecordType &R, const NativeTarget &Target, uint64_t End = 0);

/// The flexible array member at the end of a record (C11 6.7.2.1p18).
struct FlexibleArray {
  const ArrayType *Ty;
  std::string Name;
  uint64_t Offset; ///< bytes
};
std::optional<FlexibleArray> flexibleArray(const RecordType &R,
                                           const NativeTarget &Target);

} // namespace ilbridge::match

#endif // ILBRIDGE_MATCH_FLATRECORDS_H

//===- Leaves.h - Records as what they are made of --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C# and C++ group the same bytes differently (a base class here, a nested
// struct there), so records are compared by their leaves and not by fields.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MATCH_LEAVES_H
#define ILBRIDGE_MATCH_LEAVES_H

#include "ilbridge/abi/Lowering.h"
#include "ilbridge/abi/PredefinedMacros.h"
#include <functional>

namespace ilbridge::match {

/// Whether declarations that were read for one target are the same on another.
/// Asks for what these predefine only where something depends on it.
class TargetDifference {
public:
  using Macros = const abi::PredefinedMacros *;
  /// \p Read and \p Here give the macros of the two targets; null: nothing is
  /// known of one.
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
  /// The target that the facts were made for: they have its layouts.
  NativeTarget(const DataModel &Model) : Model(Model) {}
  /// Another one.
  NativeTarget(const abi::Answers &Answers, const TargetDifference &Difference)
      : Model(Answers.model()), Answers(&Answers), Difference(&Difference) {}

  const DataModel &model() const { return Model; }
  /// To the target that the facts were made for; null: it is that one.
  const TargetDifference *difference() const { return Difference; }
  /// \p V if it is a reason why something is not known here; else null.
  const Variation *unknown(const Variation *V) const {
    return V && Difference && !Difference->holds(*V) ? V : nullptr;
  }
  /// Why a value of that type need not be here what it is where it was read;
  /// null: it is that.
  const Variation *unknown(const Type &T) const;
  /// Nothing where it is not known.
  std::optional<RecordLayout> layout(const RecordType &R) const;
  /// In bits, of R.Fields[Index].
  uint64_t fieldOffset(const RecordType &R, size_t Index) const;
  /// In bytes, of R.Bases[Index].
  uint64_t baseOffset(const RecordType &R, size_t Index) const;
  /// The type that a value of the enum is passed as.
  const Type &underlying(const EnumType &E) const;

private:
  DataModel Model;
  const abi::Answers *Answers = nullptr;
  const TargetDifference *Difference = nullptr;
};

/// A scalar, pointer or bit-field inside of a record.
struct Leaf {
  uint64_t Offset = 0; ///< bytes
  uint64_t Size = 0;   ///< bytes
  const Type *Ty = nullptr;
  std::string Name; ///< as C++ reaches it: "Position.X", "Data[3]"
  bool IsBitField = false;
  /// Generated code may name it: all that leads there is public.
  bool IsPublic = true;
  /// The field whose type this is; null for an element of one.
  const Field *Declared = nullptr;
  struct Place {
    /// The record that declares it, and where that begins, in bytes.
    const RecordType *In = nullptr;
    uint64_t Begin = 0;
    /// The number of the outermost group of overlapping fields that the leaf is
    /// in, and the number of the field of that group that the leaf belongs to.
    /// Both are 0 if no other field overlaps it.
    unsigned Union = 0, Member = 0;
  };
  Place At = {};
};

/// Whether they have a byte in common.
inline bool overlap(const Leaf &A, const Leaf &B) {
  return A.Offset < B.Offset + B.Size && B.Offset < A.Offset + A.Size;
}

/// The leaves of a record that managed::Lowering made, as .NET runtimes lay it
/// out; by offset. Nothing where there are too many to compare one by one.
std::optional<std::vector<Leaf>> managedLeaves(const RecordType &R,
                                               const DataModel &Model);
/// The same for a record of C or C++, as Clang lays it out. Of a flexible array
/// member, the elements that begin before byte \p End are leaves.
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

#endif // ILBRIDGE_MATCH_LEAVES_H

//===- Layouts.h - Layouts of passed structs --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   pairs that match() found ──types on both sides──▶ pairs of structs
//                            ──each target──▶ fields of either side, verdict
//
// The comparison of a pair requires no list of bytes, so the list is only made
// for code that displays it: `list types --layout` and the report.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MATCH_LAYOUTS_H
#define ILBRIDGE_MATCH_LAYOUTS_H

#include "ilbridge/match/Binding.h"

namespace ilbridge::match {

/// A scalar, a pointer, a bit-field, an array of one of these, or padding.
struct LaidOutField {
  uint64_t Offset = 0; ///< bytes
  uint64_t Size = 0;   ///< bytes
  std::string Name;    ///< "Position.X", "Data[0..15]"; empty: padding
  std::string Type;    ///< as its author spells it; empty: padding
  /// Whether the other side has no equal field at this offset.
  bool Differs = false;

  bool isPadding() const { return Type.empty(); }
  bool operator==(const LaidOutField &) const = default;
};

/// The layout of a struct on one side, on one target.
struct SideLayout {
  RecordLayout Whole{0, 1};
  /// Sorted by offset, including padding. Members of a union overlap. Empty if
  /// the struct has too many fields to compare them individually.
  std::vector<LaidOutField> Fields;
  bool operator==(const SideLayout &) const = default;
};

/// A struct that both sides access, because it is passed by value or by
/// address.
struct RecordLayouts {
  const RecordType *Managed = nullptr; ///< as one of the runtimes passes it
  const RecordType *Native = nullptr;

  /// The targets on which both sides have the same layout.
  struct OnTargets {
    std::vector<size_t> Targets; ///< indexes of Layouts::Targets, ascending
    TargetState State;
    /// The difference, or the reason why the layout is not known on both sides.
    /// Empty if State is sufficient.
    std::string Reason;
    SideLayout Managed;               ///< size 0: it is not known
    std::optional<SideLayout> Native; ///< nullopt: it is not known
  };
  /// Sorted by their first targets.
  std::vector<OnTargets> Layouts;
  /// The methods with a parameter or a result that is the struct or its
  /// address, without duplicates. Empty if only other structs and callbacks
  /// refer to it.
  std::vector<const managed::Method *> Users;
};

struct Layouts {
  std::vector<ComparedTarget> Targets; ///< as Matching::Targets
  std::vector<RecordLayouts> Records;  ///< sorted by name
  /// Owns the managed records.
  TypeContext Types;
};

/// Computes the layouts of the structs that the pairs of \p Pairs pass, and of
/// those to which these refer. \p Pairs is the result of match() with the same
/// program and options. A pair of structs differs on a target if match() has
/// found that its binding differs there, for the same reason.
Layouts layouts(const native::Program &P, const Matching &Pairs,
                const MatchOptions &Options);

/// Returns why a value was not compared, from TargetState::Why: "'time_t' is
/// what the C library of the system makes it".
std::string whyNotCompared(const Variation *Why);

/// The fields of both sides at one offset. Null if no field begins there.
struct LayoutRow {
  const LaidOutField *Managed = nullptr, *Native = nullptr;
  bool differs() const {
    return (Managed && Managed->Differs) || (Native && Native->Differs);
  }
};
/// Returns the fields of both sides side by side, by offset. The result refers
/// to \p L.
std::vector<LayoutRow> rows(const RecordLayouts::OnTargets &L);

/// Returns the layout of a record that managed::Lowering made, on a target with
/// the data model \p Model.
SideLayout managedLayout(const RecordType &R, const DataModel &Model);

} // namespace ilbridge::match

#endif // ILBRIDGE_MATCH_LAYOUTS_H

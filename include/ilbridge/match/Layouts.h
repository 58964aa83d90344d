//===- Layouts.h - Structs that cross, byte by byte -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   pairs that match() found ──types on both sides──▶ pairs of structs
//                            ──each target──▶ fields of either side, verdict
//
// The comparison of a pair needs no list of bytes, so the list is made only for
// those who show it: `list types --layout` and the report.
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
  /// The other side has no such field at this offset.
  bool Differs = false;

  bool isPadding() const { return Type.empty(); }
  bool operator==(const LaidOutField &) const = default;
};

/// A struct as one side has it on one target.
struct SideLayout {
  RecordLayout Whole{0, 1};
  /// By offset, with padding. Members of a union overlap. Empty if the struct
  /// has too many fields to compare one by one.
  std::vector<LaidOutField> Fields;
  bool operator==(const SideLayout &) const = default;
};

/// A struct whose bytes both sides see: it is passed by value or by address.
struct RecordLayouts {
  const RecordType *Managed = nullptr; ///< as one of the runtimes passes it
  const RecordType *Native = nullptr;

  /// The targets on which both sides lay it out in the same way.
  struct OnTargets {
    std::vector<size_t> Targets; ///< indexes of Layouts::Targets, ascending
    TargetState State;
    /// Says what differs, or why nothing is known of both sides. Empty: State
    /// says it.
    std::string Reason;
    SideLayout Managed;               ///< of no bytes: it is not known
    std::optional<SideLayout> Native; ///< nullopt: it is not known
  };
  /// In the order of their first targets.
  std::vector<OnTargets> Layouts;
  /// The methods with a parameter or a result that is the struct or its
  /// address, each once. Empty: only other structs and callbacks lead to it.
  std::vector<const managed::Method *> Users;
};

struct Layouts {
  std::vector<ComparedTarget> Targets; ///< as Matching::Targets
  std::vector<RecordLayouts> Records;  ///< in the order of their names
  /// Owns the managed records.
  TypeContext Types;
};

/// Lays out the structs that the pairs of \p Pairs pass, and those that these
/// lead to. \p Pairs is the result of match() with the same program and
/// options. A pair of structs differs on a target where, and for the same
/// reason as, match() has found its binding to differ.
Layouts layouts(const native::Program &P, const Matching &Pairs,
                const MatchOptions &Options);

/// Why a value was not compared, by TargetState::Why: "'time_t' is what the C
/// library of the system makes it".
std::string whyNotKnown(const Variation *Why);

/// The fields of both sides at one offset; null: no field begins there.
struct LayoutRow {
  const LaidOutField *Managed = nullptr, *Native = nullptr;
  bool differs() const {
    return (Managed && Managed->Differs) || (Native && Native->Differs);
  }
};
/// The fields of both sides beside each other, by offset. They refer to \p L.
std::vector<LayoutRow> rows(const RecordLayouts::OnTargets &L);

/// A record that managed::Lowering made, on a target with that data model.
SideLayout managedLayout(const RecordType &R, const DataModel &Model);

} // namespace ilbridge::match

#endif // ILBRIDGE_MATCH_LAYOUTS_H

//===- LayoutCollector.h - Pairs of structs that bindings pass --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_LAYOUTCOLLECTOR_H
#define ILBRIDGE_LIB_MATCH_LAYOUTCOLLECTOR_H

#include "Agreement.h"
#include "ilbridge/match/Layouts.h"
#include <set>

namespace ilbridge::match {

/// Traverses the types of both sides of a value at the same time, and computes
/// the layout of each pair of structs on the way.
class LayoutCollector {
public:
  explicit LayoutCollector(Layouts &Out) : Out(Out) {}

  /// One binding on one target.
  struct Site {
    const managed::Method &Method;
    size_t TargetIndex; ///< of Layouts::Targets
    TargetState::Kind State;
    const NativeTarget &Target;
    const TargetContext &On;
    Agreement &Agrees;
  };
  /// Adds a parameter or result that is passed as \p Managed and that C++
  /// declares as \p Native.
  void add(const Type &Managed, const Type &Native, const ValueUse &U,
           const Site &S);
  /// Sorts the records, and adds the targets on which a record is not known.
  void finish();

private:
  struct Pair {
    const Type *Managed, *Native;
    RecordUse How;
    bool IsOutermost;
  };
  void follow(const Pair &P, const Site &S);
  void follow(const RecordType &Managed, const RecordType &Native,
              const Pair &P, const Site &S);
  RecordLayouts &record(const RecordType &Managed, const RecordType &Native);
  void put(RecordLayouts &To, RecordLayouts::OnTargets New, size_t Target);

  Layouts &Out;
  std::vector<Pair> Reached; ///< not traversed yet
  /// Identifies a record of one side in all sources and for all runtimes.
  using Identity = std::pair<std::string, Location>;
  std::map<std::pair<Identity, Identity>, size_t> Index; ///< of Out.Records
  std::set<std::tuple<const TargetContext *, const RecordType *,
                      const RecordType *, RecordUse>>
      Followed;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_LAYOUTCOLLECTOR_H

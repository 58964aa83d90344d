//===- Unfinished.h - Types that refer to themselves ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_UNFINISHED_H
#define ILBRIDGE_LIB_MANAGED_UNFINISHED_H

#include "ilbridge/managed/Lowering.h"

namespace ilbridge::managed {

/// A record or delegate while it is being lowered. Types that are lowered
/// meanwhile and refer to it can be kept only if it can be lowered itself.
class Lowering::Unfinished {
public:
  explicit Unfinished(Lowering &L)
      : L(L), Level(++L.Depth), Mark(L.Provisional.size()),
        Outermost(std::exchange(L.Outermost, ~0u)) {}
  Unfinished(const Unfinished &) = delete;
  Unfinished &operator=(const Unfinished &) = delete;
  ~Unfinished() {
    --L.Depth;
    L.Outermost = std::min(Outermost, L.Outermost < Level ? L.Outermost : ~0u);
  }

  unsigned level() const { return Level; }
  /// \p Result is the result of lowering, by the rules \p Asked. \p Key is set
  /// for a record.
  Lowered finish(Lowered Result, const runtime::Consulted &Asked,
                 std::optional<RecordKey> Key);

private:
  bool haveTooManyParts(const RecordType *Made);
  uint64_t count(const RecordType &R);
  void forget();

  Lowering &L;
  unsigned Level;
  size_t Mark; ///< of L.Provisional
  unsigned Outermost;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_UNFINISHED_H

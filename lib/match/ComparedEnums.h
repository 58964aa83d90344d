//===- ComparedEnums.h - Pairs of enums, each compared once -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_COMPAREDENUMS_H
#define ILBRIDGE_LIB_MATCH_COMPAREDENUMS_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/type/Type.h"
#include <map>
#include <optional>

namespace ilbridge::match {

/// Caches the findings about the enumerators of pairs of enums during the
/// lifetime of the types. An enum may be a parameter of many functions, and
/// names and values do not depend on the target.
class ComparedEnums {
public:
  /// Returns a finding that lists the enumerators with the same name and
  /// different values, or null if there are none. Values are compared by their
  /// lowest \p Bits bits, from 1 to 64, so the sign is ignored.
  const Diagnostic *difference(const EnumType &Managed, const EnumType &Native,
                               unsigned Bits);

private:
  std::map<std::tuple<const EnumType *, const EnumType *, unsigned>,
           std::optional<Diagnostic>>
      Known;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_COMPAREDENUMS_H

//===- Coverage.h - Which bindings were compared ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DIAGNOSTIC_COVERAGE_H
#define ILBRIDGE_DIAGNOSTIC_COVERAGE_H

#include "ilbridge/diagnostic/Diagnostic.h"

namespace ilbridge {

/// The state of the comparison of one binding on each target. Findings report
/// only what is wrong with a binding; this record also states the targets on
/// which both sides agree.
struct BindingCoverage {
  enum State : uint8_t {
    Agrees,
    NotCompared, ///< not fully compared; the compared part agrees
    Differs,
  };
  struct OnTarget {
    std::string Target; ///< its name
    State What = Agrees;
    std::string Why; ///< for NotCompared
  };
  Location Import;      ///< the managed method
  std::string Function; ///< empty: no readable function
  std::vector<OnTarget> Targets;
};

/// "agrees", "not-known" or "differs".
llvm::StringRef word(BindingCoverage::State S);

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_COVERAGE_H

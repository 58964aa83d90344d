//===- HybridCLR.h - Bridge tables of an output -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These are the decisions of a plan of the backend `hybridclr`, for callers
// that list them.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_EMIT_HYBRIDCLR_H
#define ILBRIDGE_EMIT_HYBRIDCLR_H

#include "ilbridge/emit/OutputOptions.h"
#include "ilbridge/hybridclr/Classic.h"
#include "ilbridge/hybridclr/Structural.h"

namespace ilbridge::emit {

/// The tables of the runtime's generation. Exactly one of the two is set.
struct HybridCLRTables {
  const runtime::BridgeDialect *Dialect = nullptr;       ///< never null
  std::optional<hybridclr::StructuralTables> Structural; ///< 4.0 and later
  std::optional<hybridclr::ClassicTables> Classic;       ///< up to 3.4

  const hybridclr::Rows &rows() const {
    if (Structural)
      return *Structural;
    return *Classic;
  }
};

/// Returns the tables of an output with these options. Each row has a function
/// of its own. \p Findings gets the signatures that have no bridge, and the
/// reasons.
HybridCLRTables makeHybridCLRTables(hybridclr::BridgeRequirements &N,
                                    const OptionValues &Options,
                                    DiagnosticList &Findings);

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_HYBRIDCLR_H

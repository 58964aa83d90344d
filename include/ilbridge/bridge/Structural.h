//===- Structural.h - Tables of current HybridCLR ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// HybridCLR since 4.0 gives every structurally different struct a token of its
// own, s{N}, and finds it by the struct's full name. N comes from the structure
// itself, so what is added elsewhere never changes it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_BRIDGE_STRUCTURAL_H
#define ILBRIDGE_BRIDGE_STRUCTURAL_H

#include "ilbridge/bridge/Needs.h"
#include "ilbridge/bridge/Rows.h"

namespace ilbridge::bridge {

struct StructuralTables : Rows {
  /// One structure that signatures mention, or that is a field of another.
  struct Shape {
    uint32_t Number; ///< of s{N}
    Value Example;   ///< one of the structs that have it
    /// The tokens of its fields, in their order.
    std::vector<std::string> FieldTokens;
  };
  /// Each shape stands behind the shapes that it contains.
  std::vector<Shape> Shapes;

  struct FullName {
    std::string Name;
    std::string Token;
    Value Struct;
  };
  std::vector<FullName> FullNames; ///< sorted
};

/// \p Findings gets what has no bridge, and why.
StructuralTables makeStructuralTables(Needs &N, const runtime::BridgeDialect &D,
                                      DiagnosticList &Findings);

} // namespace ilbridge::bridge

#endif // ILBRIDGE_BRIDGE_STRUCTURAL_H

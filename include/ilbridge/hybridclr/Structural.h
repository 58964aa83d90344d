//===- Structural.h - Tables of current HybridCLR ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Since 4.0, HybridCLR gives every structurally different struct a token of its
// own, s{N}, and finds it by the struct's full name. N is computed from the
// structure itself, so additions elsewhere never change it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_STRUCTURAL_H
#define ILBRIDGE_HYBRIDCLR_STRUCTURAL_H

#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/hybridclr/CxxTypes.h"
#include "ilbridge/hybridclr/Rows.h"

namespace ilbridge::hybridclr {

struct StructuralTables : Rows {
  CxxTypes Types;
  /// The structures in signatures, and those of their fields. Each follows the
  /// ones that it contains.
  std::vector<const RecordType *> Shapes;
  /// The shape by the index of a struct, or null if no row passes it.
  std::vector<const RecordType *> ShapeOf;

  /// Returns the C++ type of a value that a row passes.
  const Type &type(ABIClass V) const {
    return V.isStruct() ? *ShapeOf[V.index()] : Types.basic(V.basic());
  }

  struct FullName {
    std::string Name;
    std::string Token;
    ABIClass Struct;
  };
  std::vector<FullName> FullNames; ///< sorted
};

/// \p Findings gets the signatures that have no bridge, and the reasons.
StructuralTables makeStructuralTables(BridgeRequirements &N,
                                      const runtime::BridgeDialect &D,
                                      DiagnosticList &Findings);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_STRUCTURAL_H

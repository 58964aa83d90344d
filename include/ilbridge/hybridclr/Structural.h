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

#ifndef ILBRIDGE_HYBRIDCLR_STRUCTURAL_H
#define ILBRIDGE_HYBRIDCLR_STRUCTURAL_H

#include "ilbridge/hybridclr/CxxTypes.h"
#include "ilbridge/hybridclr/Needs.h"
#include "ilbridge/hybridclr/Rows.h"

namespace ilbridge::hybridclr {

struct StructuralTables : Rows {
  CxxTypes Types;
  /// The structures that signatures mention, and those of fields. Each stands
  /// behind the ones that it contains.
  std::vector<const RecordType *> Shapes;
  /// By the index of a struct; null: no row passes it.
  std::vector<const RecordType *> ShapeOf;

  /// The C++ type of a value that a row passes.
  const Type &type(Value V) const {
    return V.isStruct() ? *ShapeOf[V.index()] : Types.basic(V.basic());
  }

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

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_STRUCTURAL_H

//===- ModelCheck.h - Invariants of models ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_MODELCHECK_H
#define ILBRIDGE_TEST_FUZZ_MODELCHECK_H

#include "ilbridge/managed/Model.h"

namespace ilbridge::fuzz {

/// Lowers everything in \p M, which contains one assembly, for every runtime,
/// computes the layouts, and writes its manifest. Aborts unless the manifest
/// can be read and results in the same text.
void checkModel(managed::Model &M);

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_MODELCHECK_H

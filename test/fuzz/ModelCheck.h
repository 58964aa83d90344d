//===- ModelCheck.h - What holds of every model -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_MODELCHECK_H
#define ILBRIDGE_TEST_FUZZ_MODELCHECK_H

#include "ilbridge/managed/Model.h"

namespace ilbridge::fuzz {

/// Lowers and lays out everything in \p M, which is of one assembly, for every
/// runtime, and writes its manifest. Aborts unless that can be read and gives
/// the same text again.
void checkModel(managed::Model &M);

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_MODELCHECK_H

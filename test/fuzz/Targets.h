//===- Targets.h - The fuzz targets -----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_TARGETS_H
#define ILBRIDGE_TEST_FUZZ_TARGETS_H

#include "llvm/ADT/StringRef.h"

namespace ilbridge::fuzz {

// Each target accepts any input and returns. It asserts or aborts if an
// invariant does not hold.
#define FUZZ_TARGET(NAME, KIND) void NAME(llvm::StringRef Input);
#include "Targets.def"

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_TARGETS_H

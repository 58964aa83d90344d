//===- AssemblyMutator.h - Changes that leave an assembly one ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_ASSEMBLYMUTATOR_H
#define ILBRIDGE_TEST_FUZZ_ASSEMBLYMUTATOR_H

#include <cstddef>
#include <cstdint>

namespace ilbridge::fuzz {

/// Changes rows, heaps, signatures or bodies of the assembly that \p Data
/// holds, and its headers and tables so that they fit. \returns the new size,
/// at most
/// \p MaxSize; 0 where the bytes are no assembly, or shall be changed without
/// regard to what they mean.
size_t mutateAssembly(uint8_t *Data, size_t Size, size_t MaxSize,
                      unsigned Seed);

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_ASSEMBLYMUTATOR_H

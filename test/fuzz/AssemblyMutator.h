//===- AssemblyMutator.h - Mutations of assemblies --------------*- C++ -*-===//
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

/// Changes rows, heaps, signatures or bodies of the assembly in \p Data, and
/// adjusts its headers and tables. \returns the new size, at most \p MaxSize; 0
/// if the bytes are not an assembly, or should be changed without regard to
/// their meaning.
size_t mutateAssembly(uint8_t *Data, size_t Size, size_t MaxSize,
                      unsigned Seed);

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_ASSEMBLYMUTATOR_H

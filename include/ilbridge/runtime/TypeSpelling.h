//===- TypeSpelling.h - Spellings of types in runtimes ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_RUNTIME_TYPESPELLING_H
#define ILBRIDGE_RUNTIME_TYPESPELLING_H

#include "llvm/ADT/StringRef.h"

namespace ilbridge::runtime {

/// The spelling of types in the names by which methods are looked up.
enum class TypeSpelling : uint8_t {
  Reflection, ///< "System.Int32", "Ns.Outer/Inner"
  Mono,       ///< "int", "single[]", "Ns.Vector3&"
};

/// Returns the spelling of \p FullName, "System.Int32" or another type that has
/// an element type of its own. (ECMA-335 II.23.1.16)
llvm::StringRef typeSpelling(TypeSpelling Words, llvm::StringRef FullName);

} // namespace ilbridge::runtime

#endif // ILBRIDGE_RUNTIME_TYPESPELLING_H

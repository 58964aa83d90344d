//===- Limits.h - Limits of a type ------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types come from sources, assemblies and files that anybody may have written.
// All readers reject types that exceed these limits, so later code may recurse
// over a type. No program comes near the limits: C guarantees 12 levels of
// declarators and 63 of structs (C17 5.2.4.1).
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_LIMITS_H
#define ILBRIDGE_TYPE_LIMITS_H

namespace ilbridge {

/// The nesting depth of pointers, arrays and functions.
inline constexpr unsigned MaxTypeDepth = 64;

/// The nesting depth of structs by value, including the outermost one. A base
/// is nested in the class that is derived from it.
inline constexpr unsigned MaxRecordDepth = 500;

/// The number of types in the spelling of one type: pointees, parameters, and
/// arguments in the names of templates.
inline constexpr unsigned MaxTypeParts = 1000;

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_LIMITS_H

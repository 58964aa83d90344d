//===- Limits.h - How much one type may be ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types come from sources, assemblies and files that anybody may have written.
// Whoever reads them refuses what exceeds these limits, so that whoever walks
// a type afterwards may recurse. No program comes near them: C promises 12
// levels of declarators and 63 of structs (C17 5.2.4.1).
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_LIMITS_H
#define ILBRIDGE_TYPE_LIMITS_H

namespace ilbridge {

/// Pointers, arrays and functions within each other.
inline constexpr unsigned MaxTypeDepth = 64;

/// Structs within each other by value, the outermost among them. A base is
/// within the class that is derived from it.
inline constexpr unsigned MaxRecordDepth = 500;

/// Types that one type is written with: those that it points to, of its
/// parameters, and of the arguments in the names of templates.
inline constexpr unsigned MaxTypeParts = 1000;

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_LIMITS_H

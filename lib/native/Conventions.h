//===- Conventions.h - Calling conventions of Clang's types ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_CONVENTIONS_H
#define ILBRIDGE_LIB_NATIVE_CONVENTIONS_H

#include "ilbridge/type/Type.h"
#include "clang/AST/Type.h"

namespace ilbridge::native {

/// The convention that the target of the unit gives a function type.
CallingConvention convention(clang::CallingConv CC);
/// Returns the convention that an attribute on a function type states. It is
/// also found on targets that ignore it, because the type as written contains
/// it. Other attributes state no convention.
std::optional<CallingConvention>
statedConvention(const clang::AttributedType &T);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_CONVENTIONS_H

//===- Conventions.h - Calling conventions of Clang's types --- -*- C++ -*-===//
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
/// What an attribute on a function type says, on targets that ignore it as
/// well: there only the type as written remembers it. Nothing of others.
std::optional<CallingConvention>
statedConvention(const clang::AttributedType &T);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_CONVENTIONS_H

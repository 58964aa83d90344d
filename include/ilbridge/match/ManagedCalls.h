//===- ManagedCalls.h - Managed methods that native code calls --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MATCH_MANAGEDCALLS_H
#define ILBRIDGE_MATCH_MANAGEDCALLS_H

#include "ilbridge/managed/Model.h"
#include "ilbridge/runtime/Runtime.h"

namespace ilbridge::match {

/// Returns why native code cannot call \p M through \p R by its name,
/// independent of its native declaration. It completes "native code cannot call
/// it: …", and is empty if there is no problem.
std::string whyUncallable(const managed::Method &M, const runtime::Runtime &R);

} // namespace ilbridge::match

#endif // ILBRIDGE_MATCH_MANAGEDCALLS_H

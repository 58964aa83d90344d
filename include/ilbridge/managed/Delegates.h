//===- Delegates.h - Delegates that reach native code -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_DELEGATES_H
#define ILBRIDGE_MANAGED_DELEGATES_H

#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/runtime/Runtime.h"

namespace ilbridge::managed {

/// Reports the delegates that method bodies of \p A make and that reach a
/// P/Invoke or Marshal.GetFunctionPointerForDelegate, though \p R, which wants
/// marked static methods, makes no code through which native code could call
/// them. They are followed through variables, fields and the parameters of
/// other methods of the assembly.
void checkDelegates(AssemblySet &Set, Assembly &A, const runtime::Runtime &R,
                    DiagnosticList &Findings);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_DELEGATES_H

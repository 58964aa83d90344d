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

/// The requirements that a delegate has to meet if it reaches native code.
struct DelegateRules {
  /// A runtime that can give native code delegates of marked static methods
  /// only; null: all can give it any.
  const runtime::Runtime *Marking = nullptr;
  /// The imports whose functions keep what they are given, as a Method prints
  /// itself, with the place of the function. A delegate that is given to one
  /// has to be kept by managed code.
  llvm::StringMap<Location> Keeping;

  bool empty() const { return !Marking && Keeping.empty(); }
  /// Whether the methods of delegates that a P/Invoke passes have to be marked,
  /// and not only of those that are converted explicitly.
  bool marksArguments() const {
    return Marking &&
           Marking->Delegates != runtime::Callbacks::MarkedIfConverted;
  }
};

/// Reports the delegates that method bodies of \p A make, that reach a P/Invoke
/// or Marshal.GetFunctionPointerForDelegate, and for which a rule does not
/// hold. They are followed through variables, fields and the parameters of
/// other methods of the assembly.
void checkDelegates(AssemblySet &Set, Assembly &A, const DelegateRules &Rules,
                    DiagnosticList &Findings);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_DELEGATES_H

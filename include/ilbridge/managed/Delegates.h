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

/// The requirements for delegates that are passed to native code.
struct DelegateRules {
  /// A runtime that can pass only delegates of marked static methods to native
  /// code; null: all delegates can be passed.
  const runtime::Runtime *Marking = nullptr;
  /// The imports whose functions store callbacks, as a Method is printed, with
  /// the location of the function. Managed code has to keep a reference to a
  /// delegate that it passes to one of them.
  llvm::StringMap<Location> Keeping;

  bool empty() const { return !Marking && Keeping.empty(); }
  /// Whether delegates that are arguments of a P/Invoke require marked methods,
  /// and not only delegates that are converted explicitly.
  bool marksArguments() const {
    return Marking &&
           Marking->Delegates != runtime::Callbacks::MarkedIfConverted;
  }
};

/// Reports delegates that method bodies of \p A create, that reach a P/Invoke
/// or Marshal.GetFunctionPointerForDelegate, and that violate a rule. They are
/// followed through variables, fields and the parameters of other methods of
/// the assembly.
void checkDelegates(AssemblySet &Set, Assembly &A, const DelegateRules &Rules,
                    DiagnosticList &Findings);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_DELEGATES_H

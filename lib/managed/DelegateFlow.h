//===- DelegateFlow.h - The flow of delegates through a body ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An abstract interpretation of one method body, per basic block. It only
// tracks values that are delegates or can become one:
//
//   ldftn ──▶ Function ──newobj──▶ Delegate ─┬─▶ an argument of a call
//   ldfld, ldsfld ──▶ Field ─────────────────┤
//   ldarg ──▶ Parameter ─────────────────────┤
//   call ──▶ Result ─────────────────────────┴─▶ stfld, stsfld, ret
//
// A variable or a stack slot can have one of several values where paths meet.
// Each block is interpreted a bounded number of times, with a bounded number of
// known slots, so the time is linear in the size of the body.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_DELEGATEFLOW_H
#define ILBRIDGE_LIB_MANAGED_DELEGATEFLOW_H

#include "ilbridge/ecma335/MethodBody.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ilbridge::managed {

/// Identifies where a value comes from.
struct Source {
  enum Kind : uint8_t {
    Function,  ///< a pointer to the method What
    Delegate,  ///< a delegate of the method What
    Field,     ///< the value of the field What
    Parameter, ///< the value of the parameter Number, with `this` as 0, of the
               ///< method What
    Result,    ///< the result of the method What
    Array,     ///< an array of delegates that the method What creates
  };
  Kind TheKind;
  ecma335::Token What;
  /// For a Parameter, its number; for a Delegate or an Array, the IL offset, in
  /// bytes, of the instruction that creates it.
  uint32_t Number = 0;
  auto operator<=>(const Source &) const = default;
};
/// The possible values of a slot, sorted. Empty: none is relevant.
using Sources = llvm::SmallVector<Source, 1>;

/// The number of arguments that a call pops from the stack, and whether it
/// pushes a result.
struct CallShape {
  uint32_t Arguments = 0; ///< including `this`, which newobj creates itself
  bool HasThis = false;
  bool HasResult = false;
  /// Whether it returns its arguments, as Delegate.Combine does.
  bool ReturnsArguments = false;
};

/// Receives the events of a body, and provides the facts that the
/// interpretation requires.
class FlowListener {
public:
  virtual ~FlowListener() = default;
  /// Returns the shape of a method or, for calli, of a signature. If it cannot
  /// be read, returns nullopt, and the interpretation of the body ends.
  virtual std::optional<CallShape> shape(ecma335::Token Callee) = 0;
  /// Called for a call if the values of an argument are known. For newobj, the
  /// arguments do not include `this`.
  virtual void call(ecma335::Token Callee, bool IsNew,
                    llvm::ArrayRef<Sources> Arguments) = 0;
  virtual void store(ecma335::Token Field, const Sources &Value) = 0;
  /// Called when \p Value becomes an element of \p Arrays.
  virtual void element(const Sources &Arrays, const Sources &Value) = 0;
  virtual bool isDelegateType(ecma335::Token Type) = 0;
  virtual void result(const Sources &Value) = 0;
  /// Called when a value may be stored in another way, for example through an
  /// address.
  virtual void escape(const Sources &Value) = 0;
};

/// Reports the calls and stores of \p Body, the body of \p Method, to \p L:
/// each instruction once, in the order of the body. \returns an error if the
/// body cannot be read.
llvm::Error followDelegates(const ecma335::FileView &File,
                            const ecma335::MethodBody &Body,
                            ecma335::Token Method, FlowListener &L);

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_DELEGATEFLOW_H

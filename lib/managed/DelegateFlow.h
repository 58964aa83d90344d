//===- DelegateFlow.h - Where the delegates of a body go --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An abstract interpretation of one method body, per basic block. The only
// values that it knows are those that can be, or become, a delegate:
//
//   ldftn ──▶ Function ──newobj──▶ Delegate ─┬─▶ an argument of a call
//   ldfld, ldsfld ──▶ Field ─────────────────┤
//   ldarg ──▶ Parameter ─────────────────────┤
//   call ──▶ Result ─────────────────────────┴─▶ stfld, stsfld, ret
//
// A variable or a place of the stack can hold one of several values where paths
// meet. Each block is interpreted a bounded number of times, with a bounded
// number of known places, so the time is linear in the size of the body.
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
    Result,    ///< what the method What returns
    Array,     ///< an array of delegates that the method What makes
  };
  Kind TheKind;
  ecma335::Token What;
  /// For a Parameter, holds its number; for a Delegate or an Array, the IL
  /// offset, in bytes, of the instruction that makes it.
  uint32_t Number = 0;
  auto operator<=>(const Source &) const = default;
};
/// All that a place may hold, sorted. Empty: nothing that matters.
using Sources = llvm::SmallVector<Source, 1>;

/// Describes how many arguments a call pops from the stack, and whether it
/// pushes a result.
struct CallShape {
  uint32_t Arguments = 0; ///< with `this`, which newobj makes itself
  bool HasThis = false;
  bool HasResult = false;
  /// It returns what it is passed, as Delegate.Combine does.
  bool ReturnsArguments = false;
};

/// An observer of a body, and the facts that it has to be told.
class FlowListener {
public:
  virtual ~FlowListener() = default;
  /// The shape of a method or, for calli, of a signature. nullopt: it cannot be
  /// read, and the body is left at that place.
  virtual std::optional<CallShape> shape(ecma335::Token Callee) = 0;
  /// A call with an argument of which something is known; of newobj, without
  /// `this`.
  virtual void call(ecma335::Token Callee, bool IsNew,
                    llvm::ArrayRef<Sources> Arguments) = 0;
  virtual void store(ecma335::Token Field, const Sources &Value) = 0;
  /// \p Value becomes an element of \p Arrays.
  virtual void element(const Sources &Arrays, const Sources &Value) = 0;
  virtual bool isDelegateType(ecma335::Token Type) = 0;
  virtual void result(const Sources &Value) = 0;
  /// Something else is done with a value that may keep it: it is stored behind
  /// an address, and the like.
  virtual void escape(const Sources &Value) = 0;
};

/// Tells \p L about the calls and stores of \p Body, the body of \p Method,
/// each instruction once, in the order of the body.
/// \returns an error where the body cannot be read.
llvm::Error followDelegates(const ecma335::FileView &File,
                            const ecma335::MethodBody &Body,
                            ecma335::Token Method, FlowListener &L);

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_DELEGATEFLOW_H

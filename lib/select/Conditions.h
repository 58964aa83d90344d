//===- Conditions.h - Evaluates preprocessor conditions ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Evaluates preprocessor conditions (C++20 [cpp.cond]) if a macro can have
// several states. A condition that is not understood can have any value.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_CONDITIONS_H
#define ILBRIDGE_LIB_SELECT_CONDITIONS_H

#include "Expression.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace ilbridge::select {

/// The possible states of a macro, in any source and at any point.
struct MacroStates {
  bool MayBeUndefined = true;
  /// Whether it can be anything that is not evaluated: a function-like or
  /// built-in macro.
  bool MayBeAnything = false;
  /// The possible bodies. They have to outlive this object.
  llvm::SmallVector<const Expression *, 1> Bodies;

  bool mayBeDefined() const { return MayBeAnything || !Bodies.empty(); }
};

/// All macros of some commands, by name.
class PossibleMacros {
public:
  /// Adds a possible body. \returns whether it is new.
  bool addBody(Names::Id Name, const Expression &Body);
  bool addAnything(Names::Id Name);
  bool addUndefined(Names::Id Name);
  /// Sets the state at the beginning, and replaces earlier states.
  void predefine(Names::Id Name, MacroStates State) {
    at(Name) = std::move(State);
  }

  /// Returns the possible states of the macro \p Name. A macro that was never
  /// added is undefined.
  const MacroStates &operator[](Names::Id Name) const {
    return Name < States.size() ? States[Name] : Undefined;
  }

private:
  MacroStates &at(Names::Id Name) {
    if (Name >= States.size())
      States.resize(Name + 1);
    return States[Name];
  }

  std::vector<MacroStates> States;
  MacroStates Undefined;
};

/// Represents the possible outcomes of a condition.
struct Truth {
  bool MayHold = true, MayFail = true;
};

/// Evaluates the condition of `#if CONDITION`.
Truth evaluate(const Expression &Condition, const PossibleMacros &Macros);

/// Returns the operands that NAME in `#include NAME` can expand to, each with
/// its quotes or angle brackets, or std::nullopt if they cannot be determined.
std::optional<std::vector<llvm::StringRef>>
possibleIncludes(const Expression &Name, const PossibleMacros &Macros);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_CONDITIONS_H

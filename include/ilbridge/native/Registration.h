//===- Registration.h - Functions that are registered by hand ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_REGISTRATION_H
#define ILBRIDGE_NATIVE_REGISTRATION_H

#include "ilbridge/type/Type.h"

namespace ilbridge::native {

enum class ExportKind : uint8_t;

/// A function by which a program registers native functions: one of a runtime's
/// API, or one of the program that passes its arguments on. Arguments are
/// counted from 0.
struct Registrar {
  /// With as many of the scopes that declare it as tell it apart:
  /// "mono_add_internal_call", "Engine::AddInternalCall".
  std::string Function;
  ExportKind Kind; ///< of what it registers
  unsigned Name = 0;
  unsigned Target = 1;
  /// The argument that names the managed type, if Name has the method's name
  /// only.
  std::optional<unsigned> Type;
  std::optional<unsigned> Invoker;
  /// The name of the runtime that it registers with; empty: the program's.
  std::string Runtime;

  bool operator==(const Registrar &) const = default;
};

/// The registrars of all runtimes.
const std::vector<Registrar> &runtimeRegistrars();

/// An invoker that is written by hand: what its body reads from the slots of
/// the arguments, and what it writes to that of the result.
struct Invoker {
  std::string Name; ///< qualified
  Location Where;
  /// The reads and the result are known: they stand in one sequence.
  bool IsRead = false;
  std::vector<Value> Arguments; ///< in the order in which they are read
  std::optional<Value> Result;  ///< nullopt: none is written
  /// An argument is read after the result was written, whose slot may be that
  /// of an argument.
  bool WritesFirst = false;
};

/// The line that registers a function, or the row of a table that a loop
/// registers.
struct Registration {
  std::string Registrar; ///< Registrar::Function
  std::string Runtime;   ///< Registrar::Runtime
  Location Where;
  /// The string literal in the file of Where that has the managed name, and
  /// nothing else, with its quotes; invalid: several literals or a macro have
  /// it.
  WrittenType Literal;
  /// The whole statement in the file of Where, with its semicolon, or the row
  /// of the table with its comma; invalid: it cannot be taken away alone.
  WrittenType Statement;
  /// A condition decides whether it is executed.
  bool IsConditional = false;
  std::optional<Invoker> By; ///< nullopt: it has no invoker, or none is known
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_REGISTRATION_H

//===- Registration.h - Functions registered by hand ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_REGISTRATION_H
#define ILBRIDGE_NATIVE_REGISTRATION_H

#include "ilbridge/type/Type.h"
#include "llvm/ADT/ArrayRef.h"

namespace ilbridge::native {

enum class ExportKind : uint8_t;

/// A function with which a program registers native functions: a function of a
/// runtime's API, or a function of the program that passes its arguments on to
/// one. Arguments are counted from 0.
struct Registrar {
  /// The name with as many of its scopes as are required to identify it:
  /// "mono_add_internal_call", "Engine::AddInternalCall".
  std::string Function;
  ExportKind Kind; ///< kind of the registered functions
  unsigned Name = 0;
  unsigned Target = 1;
  /// The argument that names the managed type, if Name only contains the
  /// method's name.
  std::optional<unsigned> Type;
  std::optional<unsigned> Invoker;
  /// The name of the runtime with which it registers; empty for a function of
  /// the program.
  std::string Runtime;

  bool operator==(const Registrar &) const = default;
};

/// Returns Registrar::Function of each.
std::vector<std::string> namesOf(llvm::ArrayRef<Registrar> Registrars);

/// The registrars of all runtimes.
const std::vector<Registrar> &runtimeRegistrars();

/// A hand-written invoker: the values that its body reads from the argument
/// slots, and the value that it writes to the result slot.
struct Invoker {
  std::string Name; ///< qualified
  Location Where;
  /// Whether the reads and the result are known. They are if they are executed
  /// in one sequence.
  bool IsRead = false;
  std::vector<Value> Arguments; ///< in the order in which they are read
  std::optional<Value> Result;  ///< nullopt: none is written
  /// Whether an argument is read after the result was written. The result may
  /// share a slot with an argument.
  bool WritesFirst = false;
};

/// The statement that registers a function, or the row of a table that a loop
/// registers.
struct Registration {
  std::string Registrar; ///< Registrar::Function
  std::string Runtime;   ///< Registrar::Runtime
  Location Where;
  /// The string literal in the file of Where that contains exactly the managed
  /// name, including its quotes. Invalid if the name consists of several
  /// literals or comes from a macro.
  WrittenType Literal;
  /// The whole statement in the file of Where, including its semicolon, or the
  /// row of the table, including its comma. Invalid if it cannot be removed on
  /// its own.
  WrittenType Statement;
  /// Whether a condition determines if it is executed.
  bool IsConditional = false;
  std::optional<Invoker> By; ///< nullopt: it has no invoker, or it is not known
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_REGISTRATION_H

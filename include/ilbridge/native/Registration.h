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
  /// A condition decides whether it is executed.
  bool IsConditional = false;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_REGISTRATION_H

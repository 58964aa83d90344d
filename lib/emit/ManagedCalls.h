//===- ManagedCalls.h - Functions that call managed methods -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ILBRIDGE_IMPORT on a function ─▶ generated code defines the function
//   ILBRIDGE_IMPORT on a variable ─▶ generated code sets the variable to the
//                                    address of a function of its own
//
// The body of such a function depends on the runtime. The backend prints it:
// MonoCalls.cpp, LeanCLRCalls.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_MANAGEDCALLS_H
#define ILBRIDGE_LIB_EMIT_MANAGEDCALLS_H

#include "Printer.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::emit {

/// A method that native code calls, with the names that generated code uses for
/// it.
struct CallNames {
  const match::ManagedCall &Call;
  std::string Helper; ///< prefix of the name of each helper
  /// Parameter names of the generated function.
  std::vector<std::string> Params;

  /// \p Prefix is the prefix of the names of all helpers of an output.
  CallNames(const match::ManagedCall &Call, llvm::StringRef Prefix);

  const native::ManagedImport &native() const { return *Call.Native; }
  /// Whether the method returns no value.
  bool isVoid() const;
  /// The literal that NAME_managed returns for the method if it is not found.
  std::string shown() const;
};

/// Prints the generated function in the namespaces of the function that native
/// code declares, or with internal linkage. \p Body prints its statements.
void printCallFunction(Printer &P, const CallNames &C,
                       llvm::function_ref<void()> Body);

/// Returns a pointer to a function with the type of the import: "int32_t
/// (*Name)(int32_t)".
std::string pointerDeclaration(const native::ManagedImport &I,
                               const std::string &Name);

/// Returns "::game::hit = Register_game_hit;" for a variable; empty for a
/// function.
std::string connection(const CallNames &C);

/// Prints the function NAME_managed, which finds all methods. \p Body prints
/// its statements, which return shown() of a method that is not found.
void printFindFunction(Printer &P, llvm::StringRef Name, llvm::StringRef Params,
                       llvm::function_ref<void()> Body);

/// The way in which generated code passes one value to or from a managed
/// method, with the type that it uses in between.
struct CrossedValue {
  enum Kind : uint8_t {
    Same,    ///< the native type
    Truth,   ///< a bool, for which managed code may pass any byte
    Address, ///< a C++ reference, as an address
    Bits,    ///< a C++ struct for a number or pointer of C#
    Record,  ///< a C# struct with the same bytes
  };
  Kind How = Same;
  std::string Type;       ///< of C++
  std::string BitsHelper; ///< the helper that copies Bits
};
/// \p Prefix is the prefix of the names of all helpers of an output.
CrossedValue crossedValue(const Type &Managed, const Type &Native,
                          llvm::StringRef Prefix);
/// Returns the expression that converts the native value \p Name to
/// CrossedValue::Type.
std::string toManaged(const CrossedValue &V, const std::string &Name);
/// Returns the expression that converts \p Name from CrossedValue::Type to \p
/// Native.
std::string toNative(const CrossedValue &V, const Type &Native,
                     const std::string &Name);
/// Prints the helper that both expressions use for Bits.
void printBitsHelper(Printer &P, const std::string &Prefix);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_MANAGEDCALLS_H

//===- ManagedCalls.h - What connects native code with methods --*- C++ -*-===//
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

/// One method that native code calls, with the names that generated code uses.
struct CallNames {
  const match::ManagedCall &Call;
  std::string Helper;              ///< begins the name of each helper
  std::vector<std::string> Params; ///< of the generated function

  /// \p Prefix begins the names of all helpers of an output.
  CallNames(const match::ManagedCall &Call, llvm::StringRef Prefix);

  const native::ManagedImport &native() const { return *Call.Native; }
  /// Whether no value is returned.
  bool isVoid() const;
  /// The literal that names the method to the caller of NAME_managed.
  std::string shown() const;
};

/// Prints the generated function, in the namespaces of the function that native
/// code declares, or without a name that others see. \p Body prints its
/// statements.
void printCallFunction(Printer &P, const CallNames &C,
                       llvm::function_ref<void()> Body);

/// "int32_t (*Name)(int32_t)": a pointer to a function of the type.
std::string pointerDeclaration(const native::ManagedImport &I,
                               const std::string &Name);

/// "::game::hit = Register_game_hit;" for a variable; empty for a function.
std::string connection(const CallNames &C);

/// Prints the function that finds all methods, NAME_managed: \p Body prints the
/// statements, which return what shown() gives for a method that is not there.
void printFindFunction(Printer &P, llvm::StringRef Name, llvm::StringRef Params,
                       llvm::function_ref<void()> Body);

/// How generated code passes one value to a managed method, or gets it from
/// one, through a type of its own.
struct CrossedValue {
  enum Kind : uint8_t {
    Same,    ///< as native code has it
    Truth,   ///< a bool, of which managed code may make any byte
    Address, ///< a reference of C++, as the address
    Bits,    ///< a struct of C++ around what C# has as a number or pointer
    Record,  ///< C# has a struct of the same bytes
  };
  Kind How = Same;
  std::string Type;       ///< of C++
  std::string BitsHelper; ///< the helper that copies Bits
};
/// \p Prefix begins the names of all helpers of an output.
CrossedValue crossedValue(const Type &Managed, const Type &Native,
                          llvm::StringRef Prefix);
/// The expression for \p Name of native code as CrossedValue::Type.
std::string toManaged(const CrossedValue &V, const std::string &Name);
/// The expression for \p Name of CrossedValue::Type as \p Native.
std::string toNative(const CrossedValue &V, const Type &Native,
                     const std::string &Name);
/// Prints the helper that the two expressions use for Bits.
void printBitsHelper(Printer &P, const std::string &Prefix);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_MANAGEDCALLS_H

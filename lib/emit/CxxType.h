//===- CxxType.h - Types as C++ source --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CXXTYPE_H
#define ILBRIDGE_LIB_EMIT_CXXTYPE_H

#include "Printer.h"
#include "ilbridge/native/Export.h"
#include "ilbridge/type/Literal.h"

namespace ilbridge::emit {

/// Returns a declaration of \p Name with type \p T: "int32_t (*Name)(float)".
/// Without a name, returns the type alone. Names of types are qualified from
/// the global namespace.
std::string declare(const Type &T, llvm::StringRef Name = "");

/// "::game::Native::Add"
std::string qualified(const Declaration &D);

/// The function's type as a pointer: "int32_t (*)(int32_t, float)".
std::string functionPointer(const native::Export &E);

/// The function's result type as declared: "::leanclr::RtResult<int32_t>".
std::string resultType(const native::DeclaredFunction &E);

/// "__attribute__((stdcall)) "; empty for the target's default convention.
std::string conventionAttribute(CallingConvention CC);

/// Prints a static_assert of C++11, in one line if it fits.
void printStaticAssert(Printer &P, const std::string &Condition,
                       const std::string &Message);

using ilbridge::literal;

/// Replaces all characters that cannot be part of an identifier with '_'.
std::string identifier(llvm::StringRef Text);

/// Whether C++ source may use the text as the name of a variable.
bool isIdentifier(llvm::StringRef Text);

/// The path of a file for generated text. A path outside of the project's root
/// is absolute and differs between machines, so only its file name is used.
llvm::StringRef shownFile(llvm::StringRef Path);

/// Returns the text in a form that is valid in a line comment: in one line,
/// without a backslash at the end.
std::string comment(llvm::StringRef Text);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CXXTYPE_H

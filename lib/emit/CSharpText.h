//===- CSharpText.h - Declarations as C# source -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CSHARPTEXT_H
#define ILBRIDGE_LIB_EMIT_CSHARPTEXT_H

#include "Printer.h"
#include "ilbridge/managed/Model.h"

namespace ilbridge::emit {

/// The way in which functions are declared; the values of the option `style`.
enum class CSharpStyle : uint8_t { DllImport, LibraryImport, FunctionPointer };

/// The name of the only field in the struct that C# compilers generate for a
/// `fixed` array.
inline constexpr llvm::StringLiteral FixedBufferField = "FixedElementField";
inline bool isFixedBuffer(const managed::TypeDef &D) {
  return D.Fields.size() == 1 && D.Fields[0].Name == FixedBufferField;
}

/// Whether the generated text refers to a type of the system's libraries by
/// this name.
bool isUsedBySystem(llvm::StringRef Name);

/// Returns a name as a C# identifier: a keyword is prefixed with '@'.
std::string csharpIdentifier(llvm::StringRef Name);

/// As above, for a name with namespaces.
std::string csharpQualified(llvm::StringRef Name);
/// Returns text as a C# string literal, including the quotes.
std::string csharpLiteral(llvm::StringRef Text);

/// Returns the types that \p Methods require, sorted by name.
std::vector<const managed::TypeDef *>
neededTypes(llvm::ArrayRef<const managed::Method *> Methods);
/// Prints the declaration of a type.
void printType(Printer &P, const managed::TypeDef &D);
/// Prints a method in its class.
void printMethod(Printer &P, const managed::Method &M, CSharpStyle Style);
/// Whether the declaration has pointers.
bool isUnsafe(const managed::Method &M);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CSHARPTEXT_H

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

/// How functions are declared; the words of the option `style`.
enum class CSharpStyle : uint8_t { DllImport, LibraryImport, FunctionPointer };

/// The only field of the struct that stands for a `fixed` array: C# compilers
/// call it so.
inline constexpr llvm::StringLiteral FixedBufferField = "FixedElementField";
inline bool isFixedBuffer(const managed::TypeDef &D) {
  return D.Fields.size() == 1 && D.Fields[0].Name == FixedBufferField;
}

/// Whether the generated text uses the name for a type of the system's.
bool isUsedBySystem(llvm::StringRef Name);

/// Name as C# source may have it: a keyword gets an '@'.
std::string csharpIdentifier(llvm::StringRef Name);

/// The same of a name with namespaces.
std::string csharpQualified(llvm::StringRef Name);
/// Text as a string literal of C#, quotes included.
std::string csharpLiteral(llvm::StringRef Text);

/// A documentation comment of C++ as one of C#: `\brief`, `\param`, `\return`
/// and their kin as XML. Every line begins with "///".
void printComment(Printer &P, llvm::StringRef Comment);

/// The types that \p Methods need, in the order of their names.
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

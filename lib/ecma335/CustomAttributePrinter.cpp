//===- CustomAttributePrinter.cpp - Attributes as C# ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/CustomAttribute.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::ecma335 {

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const AttributeType &T) {
  static constexpr const char *Names[] = {
      "bool", "char", "sbyte", "byte",  "short",  "ushort", "int",
      "uint", "long", "ulong", "float", "double", "string",
  };
  switch (T.Kind) {
  case ELEMENT_TYPE_SYSTEM_TYPE:
    return OS << "System.Type";
  case ELEMENT_TYPE_BOXED:
    return OS << "object";
  case ELEMENT_TYPE_SZARRAY:
    return OS << *T.Element << "[]";
  case ELEMENT_TYPE_ENUM:
    OS << "enum ";
    if (T.Enum.Name.empty())
      return OS << T.Enum.Type;
    return OS << T.Enum.Name;
  default:
    return OS << (T.Kind >= ELEMENT_TYPE_BOOLEAN &&
                          T.Kind <= ELEMENT_TYPE_STRING
                      ? Names[T.Kind - ELEMENT_TYPE_BOOLEAN]
                      : "?");
  }
}

static void printInteger(llvm::raw_ostream &OS, ElementType Kind,
                         const AttributeValue &V) {
  switch (Kind) {
  case ELEMENT_TYPE_BOOLEAN:
    OS << (V.Bits ? "true" : "false");
    return;
  case ELEMENT_TYPE_CHAR:
    OS << "'\\u" << llvm::format_hex_no_prefix(V.Bits, 4) << '\'';
    return;
  case ELEMENT_TYPE_R4:
    OS << llvm::format("%.9g", V.asDouble());
    return;
  case ELEMENT_TYPE_R8:
    OS << llvm::format("%.17g", V.asDouble());
    return;
  case ELEMENT_TYPE_U1:
  case ELEMENT_TYPE_U2:
  case ELEMENT_TYPE_U4:
  case ELEMENT_TYPE_U8:
    OS << V.Bits;
    return;
  default:
    OS << V.asSigned();
    return;
  }
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const AttributeValue &V) {
  if (V.IsBoxed)
    OS << "(object)";
  if (V.IsNull)
    return OS << "null";
  switch (V.Type.Kind) {
  case ELEMENT_TYPE_STRING:
    OS << '"';
    llvm::printEscapedString(V.Text, OS);
    return OS << '"';
  case ELEMENT_TYPE_SYSTEM_TYPE:
    return OS << "typeof(" << V.Text << ')';
  case ELEMENT_TYPE_ENUM:
    OS << '(' << V.Type << ')';
    printInteger(OS, V.Type.Underlying, V);
    return OS;
  case ELEMENT_TYPE_SZARRAY: {
    OS << "new " << V.Type << " {";
    llvm::ListSeparator Comma;
    for (const AttributeValue &Element : V.Elements)
      OS << Comma << Element;
    return OS << '}';
  }
  default:
    printInteger(OS, V.Type.Kind, V);
    return OS;
  }
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS,
                              const AttributeArguments &A) {
  OS << '(';
  llvm::ListSeparator Comma;
  for (const AttributeValue &V : A.Fixed)
    OS << Comma << V;
  for (const NamedArgument &N : A.Named)
    OS << Comma << N.Name << " = " << N.Value;
  return OS << ')';
}

} // namespace ilbridge::ecma335

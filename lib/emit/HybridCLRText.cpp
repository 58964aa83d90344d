//===- HybridCLRText.cpp - What both generations' text is made of ---------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HybridCLRText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using llvm::StringRef;

namespace ilbridge::emit {

StringRef primitiveType(StringRef Token) {
  return llvm::StringSwitch<StringRef>(Token)
      .Case("i1", "int8_t")
      .Case("u1", "uint8_t")
      .Case("i2", "int16_t")
      .Case("u2", "uint16_t")
      .Case("i4", "int32_t")
      .Case("u4", "uint32_t")
      .Case("i8", "int64_t")
      .Case("u8", "uint64_t")
      .Case("r4", "float")
      .Case("r8", "double")
      .Default("");
}

StringRef slotMember(StringRef Token) {
  if (Token == "r4")
    return "f4";
  if (Token == "r8")
    return "f8";
  return Token.front() == 'i' ? "i64" : "u64";
}

std::string joined(llvm::ArrayRef<std::string> Parts) {
  return llvm::join(Parts, ", ");
}

std::string arguments(llvm::ArrayRef<std::string> Parts) {
  size_t Length = 0;
  for (const std::string &Part : Parts)
    Length += Part.size() + 2;
  return Length <= 60 ? joined(Parts)
                      : "\n        " + llvm::join(Parts, ",\n        ");
}

std::string declared(llvm::ArrayRef<std::string> Types, StringRef Last) {
  std::string Text;
  llvm::ListSeparator Comma;
  for (size_t I = 0; I != Types.size(); ++I)
    Text += (StringRef(Comma) + Types[I] + " __arg" + llvm::Twine(I)).str();
  if (!Last.empty())
    Text += (StringRef(Comma) + Last).str();
  return Text;
}

void reverseTable(std::string &Text, StringRef Type, StringRef Scope,
                  const std::vector<bridge::ReverseRow> &Rows) {
  Text +=
      ("\n" + Type + " " + Scope + "g_reversePInvokeMethodStub[] = {\n").str();
  uint64_t Index = 0;
  for (const bridge::ReverseRow &R : Rows)
    for (uint64_t I = 0; I != R.Count; ++I)
      Text += "    {\"" + R.Key +
              "\", (Il2CppMethodPointer)__ReversePInvokeMethod_" +
              std::to_string(Index++) + "},\n";
  Text += "    {nullptr, nullptr},\n};\n";
}

} // namespace ilbridge::emit

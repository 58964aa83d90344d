//===- TableText.cpp - Common text of the generations ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TableText.h"

using llvm::StringRef;

namespace ilbridge::hybridclr {

void reverseTable(std::string &Text, StringRef Type, StringRef Scope,
                  const std::vector<ReverseRow> &Rows) {
  Text +=
      ("\n" + Type + " " + Scope + "g_reversePInvokeMethodStub[] = {\n").str();
  uint64_t Index = 0;
  for (const ReverseRow &R : Rows)
    for (uint64_t I = 0; I != R.Count; ++I)
      Text += "    {\"" + R.Key +
              "\", (Il2CppMethodPointer)__ReversePInvokeMethod_" +
              std::to_string(Index++) + "},\n";
  Text += "    {nullptr, nullptr},\n};\n";
}

} // namespace ilbridge::hybridclr

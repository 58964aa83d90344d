//===- Depfile.cpp - Depfiles for make and ninja --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/rewrite/Rewrite.h"

namespace ilbridge::rewrite {

/// Quotes a path as in makefiles; ninja and GNU make support this.
static std::string escaped(llvm::StringRef Path) {
  std::string Result;
  for (char C : Path) {
    if (C == ' ' || C == '#' || C == '\\')
      Result += '\\';
    else if (C == '$')
      Result += '$';
    Result += C;
  }
  return Result;
}

std::string depfile(llvm::ArrayRef<std::string> Targets,
                    llvm::ArrayRef<std::string> Inputs) {
  std::string Text;
  for (const std::string &Target : Targets)
    Text += (Text.empty() ? "" : " ") + escaped(Target);
  Text += ':';
  for (const std::string &Input : Inputs)
    Text += " \\\n  " + escaped(Input);
  return Text + "\n";
}

} // namespace ilbridge::rewrite

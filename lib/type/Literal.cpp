//===- Literal.cpp - C++ string literals ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/type/Literal.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

namespace ilbridge {

std::string literal(llvm::StringRef Text) {
  const bool IsUTF8 = llvm::json::isUTF8(Text);
  std::string Result = "\"";
  for (unsigned char C : Text) {
    if (C == '"' || C == '\\') {
      Result += '\\';
      Result += static_cast<char>(C);
    } else if (C < 0x20 || C == 0x7f || (C >= 0x80 && !IsUTF8)) {
      // An octal escape ends after three digits; a hexadecimal escape would
      // include following digits and letters.
      Result += '\\';
      Result += llvm::utostr(C >> 6);
      Result += llvm::utostr(C >> 3 & 7);
      Result += llvm::utostr(C & 7);
    } else if (C == '?' && Result.back() == '?') {
      Result += "\\?"; // no trigraphs
    } else {
      Result += static_cast<char>(C);
    }
  }
  return Result + "\"";
}

} // namespace ilbridge

//===- OneLine.cpp - Display of names in one line -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/OneLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge {

/// Returns the number of bytes of a character that has to be replaced; 0 if the
/// character is shown unchanged.
static size_t hidden(llvm::StringRef Text, unsigned &Character) {
  auto Byte = [&](size_t I) { return static_cast<unsigned char>(Text[I]); };
  Character = Byte(0);
  if (Character < 0x20 || Character == 0x7f)
    return 1;
  if (Text.size() >= 2 && Byte(0) == 0xc2 && Byte(1) < 0xa0) {
    Character = Byte(1);
    return 2;
  }
  if (Text.size() >= 3 && Byte(0) == 0xe2 && Byte(1) == 0x80 &&
      (Byte(2) == 0xa8 || Byte(2) == 0xa9)) {
    Character = 0x2000 + (Byte(2) & 0x3f);
    return 3;
  }
  return 0;
}

std::string withoutControls(llvm::StringRef Text) {
  std::string Result = Text.str();
  for (size_t I = 0; I < Text.size();) {
    unsigned Character;
    size_t Size = Text[I] == '\t' ? 0 : hidden(Text.drop_front(I), Character);
    std::fill_n(Result.begin() + I, Size, ' ');
    I += std::max<size_t>(Size, 1);
  }
  return Result;
}

std::string oneLine(llvm::StringRef Text) {
  // Most names are printable, and lists contain very many names.
  if (llvm::all_of(Text, llvm::isPrint))
    return Text.str();
  std::string Fixed;
  if (!llvm::json::isUTF8(Text)) {
    Fixed = llvm::json::fixUTF8(Text);
    Text = Fixed;
  }
  std::string Result;
  llvm::raw_string_ostream OS(Result);
  while (!Text.empty()) {
    unsigned Character;
    size_t Size = hidden(Text, Character);
    if (Size)
      OS << llvm::format("\\u%04X", Character);
    else
      OS << Text.front();
    Text = Text.drop_front(std::max<size_t>(Size, 1));
  }
  return Result;
}

} // namespace ilbridge

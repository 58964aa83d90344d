//===- RegistrarWords.cpp - Finds texts that may register functions -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/select/RegistrarWords.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::select {

StringRef unscoped(StringRef Function) {
  size_t Colons = Function.rfind("::");
  return Colons == StringRef::npos ? Function : Function.drop_front(Colons + 2);
}

static unsigned hashOf(StringRef TwoBytes) {
  return static_cast<uint8_t>(TwoBytes[0]) << 4 ^
         static_cast<uint8_t>(TwoBytes[1]);
}

RegistrarWords::RegistrarWords(llvm::ArrayRef<std::string> OfProgram) {
  for (const runtime::Runtime *R : runtime::all())
    for (const runtime::Registrar &Each : R->Registrars)
      Words.insert(unscoped(Each.Function));
  for (StringRef Each : OfProgram)
    Words.insert(unscoped(Each));
  Shortest = 255;
  for (StringRef Word : Words.keys())
    Shortest = std::min(Shortest, Word.size());
  // Names of two bytes or less are not hashed.
  if (Shortest < 2)
    return;
  Shifts.assign(1 << 12, static_cast<uint8_t>(Shortest - 1));
  for (StringRef Word : Words.keys())
    for (size_t End = 2; End <= Shortest; ++End) {
      uint8_t &Shift = Shifts[hashOf(Word.slice(End - 2, End))];
      Shift = std::min<uint8_t>(Shift, Shortest - End);
    }
}

static bool isIdentifierByte(char C) { return llvm::isAlnum(C) || C == '_'; }

std::pair<size_t, StringRef> RegistrarWords::find(StringRef Text,
                                                  size_t From) const {
  size_t End = From + std::max<size_t>(Shortest, 1);
  while (End <= Text.size()) {
    if (!Shifts.empty())
      if (uint8_t Shift = Shifts[hashOf(Text.slice(End - 2, End))]) {
        End += Shift;
        continue;
      }
    size_t Begin = End - std::max<size_t>(Shortest, 1);
    if (Begin == 0 || !isIdentifierByte(Text[Begin - 1])) {
      StringRef Here = Text.drop_front(Begin).take_while(isIdentifierByte);
      if (auto Found = Words.find(Here); Found != Words.end())
        return {Begin, Found->getKey()};
    }
    ++End;
  }
  return {StringRef::npos, ""};
}

bool RegistrarWords::areIn(StringRef Text) const {
  return find(Text, 0).first != StringRef::npos;
}

bool RegistrarWords::areCalledIn(StringRef Text) const {
  if (Text.starts_with(GeneratedText))
    return false;
  for (size_t At = 0;;) {
    auto [Begin, Word] = find(Text, At);
    if (Begin == StringRef::npos)
      return false;
    At = Begin + Word.size();
    if (!Text.drop_front(At).ltrim().starts_with("("))
      continue;
    StringRef Before = Text.take_front(Begin).rtrim();
    if (Before.empty())
      return true;
    if (!isIdentifierByte(Before.back()) && Before.back() != '*' &&
        Before.back() != '&')
      return true;
    StringRef Last = Before.take_back(
        Before.size() -
        (Before.find_last_not_of("abcdefghijklmnopqrstuvwxyz") + 1));
    // Any other token is the result type of a declaration.
    if (Last == "return" || Last == "else" || Last == "do")
      return true;
  }
}

} // namespace ilbridge::select

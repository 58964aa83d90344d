//===- ReservedSignature.cpp - Signatures of the configuration ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReservedSignature.h"
#include "llvm/ADT/StringExtras.h"

using ilbridge::managed::Primitive;
using ilbridge::managed::TypeSig;
using llvm::StringRef;

namespace ilbridge::driver {

/// Returns the type of a C# keyword: "int", "nint".
static std::optional<Primitive> keyword(managed::TypeTable &Types,
                                        StringRef Word) {
  if (Word == "nint")
    return Primitive::IntPtr;
  if (Word == "nuint")
    return Primitive::UIntPtr;
  for (unsigned I = 0; I <= static_cast<unsigned>(Primitive::TypedReference);
       ++I)
    if (csharpName(Types.primitive(static_cast<Primitive>(I))) == Word)
      return static_cast<Primitive>(I);
  return std::nullopt;
}

static llvm::Expected<const TypeSig *> parseType(managed::TypeTable &Types,
                                                 StringRef Text) {
  Text = Text.trim();
  bool IsRef = Text.consume_front("ref ") || Text.consume_front("out ") ||
               Text.consume_front("in ");
  Text = Text.ltrim();
  StringRef Word = Text.take_while(llvm::isAlpha);
  std::string Expanded = Text.str();
  if (std::optional<Primitive> P = keyword(Types, Word))
    Expanded = (fullName(*P) + Text.drop_front(Word.size())).str();
  llvm::Expected<const TypeSig *> T = Types.parse(Expanded, "");
  if (!T || !IsRef)
    return T;
  return &Types.derived(TypeSig::ByRef, **T);
}

/// Splits at commas outside of brackets.
static llvm::SmallVector<StringRef, 8> parts(StringRef Text) {
  llvm::SmallVector<StringRef, 8> Result;
  int Depth = 0;
  size_t Begin = 0;
  for (size_t I = 0; I != Text.size(); ++I) {
    if (StringRef("(<[").contains(Text[I]))
      ++Depth;
    else if (StringRef(")>]").contains(Text[I]))
      --Depth;
    else if (Text[I] == ',' && Depth == 0) {
      Result.push_back(Text.slice(Begin, I));
      Begin = I + 1;
    }
  }
  Result.push_back(Text.drop_front(Begin));
  return Result;
}

llvm::Expected<std::vector<const TypeSig *>>
parseSignature(managed::TypeTable &Types, StringRef Text) {
  Text = Text.trim();
  // A function pointer has parentheses of its own.
  size_t Open = Text.size();
  for (int Depth = 0; Open != 0 && Text.ends_with(")");) {
    --Open;
    Depth += (Text[Open] == ')') - (Text[Open] == '(');
    if (Depth == 0)
      break;
  }
  StringRef Result = Text.take_front(Open).trim();
  StringRef Params = Text.drop_front(Open);
  if (Result.empty() || !Params.consume_front("(") || !Params.consume_back(")"))
    return llvm::createStringError(
        "expected a signature, as in 'int(void*, float)'");
  std::vector<const TypeSig *> All;
  llvm::SmallVector<StringRef, 8> Words = {Result};
  if (!Params.trim().empty())
    llvm::append_range(Words, parts(Params));
  for (StringRef Word : Words) {
    llvm::Expected<const TypeSig *> T = parseType(Types, Word);
    if (!T)
      return T.takeError();
    if (!All.empty() && (*T)->is(Primitive::Void))
      return llvm::createStringError("no parameter is void");
    All.push_back(*T);
  }
  return All;
}

} // namespace ilbridge::driver

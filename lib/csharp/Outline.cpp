//===- Outline.cpp - The declarations in a C# text ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/csharp/Outline.h"
#include "OutlineParser.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::csharp {

Outline::Outline(llvm::StringRef TheText) : Text(TheText) {
  if (Text.size() >= MaxSize)
    return;
  Lines.push_back(0);
  for (size_t At = Text.find('\n'); At != llvm::StringRef::npos;
       At = Text.find('\n', At + 1))
    Lines.push_back(At + 1);
  if (OutlineParser(*this).parse())
    return;
  All.clear();
  ByType.clear();
}

llvm::ArrayRef<unsigned> Outline::ofType(llvm::StringRef TypeName) const {
  auto Found = ByType.find(TypeName);
  if (Found == ByType.end())
    return {};
  return Found->second;
}

std::optional<Range> Outline::namedArgument(const Attribute &A,
                                            llvm::StringRef Name) const {
  llvm::StringRef Arguments = text(A.Arguments);
  Lexer Tokens(Arguments);
  unsigned Nesting = 0;
  bool IsFirst = true; // the first name of the argument
  bool IsNamed = false;
  std::optional<Range> Value;
  for (Token T = Tokens.next(); T.TheKind != Token::End; T = Tokens.next()) {
    if (T.isPunctuation(",") && Nesting == 0) {
      if (Value)
        return Value;
      IsFirst = true;
      IsNamed = false;
      continue;
    }
    uint32_t Begin = T.Text.data() - Text.data();
    uint32_t End = Begin + T.Text.size();
    if (Value)
      Value->End = End;
    else if (IsNamed && !T.isPunctuation("="))
      Value = Range{Begin, End};
    Nesting += T.isPunctuation("(");
    Nesting -= T.isPunctuation(")") && Nesting;
    IsNamed |= IsFirst && T.isName() && T.Text == Name;
    IsFirst = false;
  }
  return Value;
}

LineAndColumn Outline::position(uint32_t Offset) const {
  auto Next = llvm::upper_bound(Lines, Offset);
  unsigned Line = Next - Lines.begin();
  return {Line, Offset - Lines[Line - 1] + 1};
}

} // namespace ilbridge::csharp

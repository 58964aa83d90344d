//===- Lexer.cpp - The tokens of C# ---------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lexer.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::csharp {

/// The maximum nesting depth of interpolated strings.
static constexpr unsigned MaxDepth = 32;

/// All characters outside of ASCII are assumed to be letters.
static bool isNameStart(char C) {
  return llvm::isAlpha(C) || C == '_' || static_cast<unsigned char>(C) >= 0x80;
}
static bool isNamePart(char C) { return isNameStart(C) || llvm::isDigit(C); }
static bool isNewline(char C) { return C == '\n' || C == '\r'; }

Lexer::Lexer(llvm::StringRef Text) : Text(Text) {
  if (Text.starts_with("\xEF\xBB\xBF"))
    At = 3;
}

Token Lexer::token(Token::Kind K, size_t Begin, size_t End) {
  At = End;
  IsLineStart = false;
  return {K, Text.slice(Begin, End)};
}

size_t Lexer::runOf(char C, size_t I) const {
  size_t Count = 0;
  while (at(I + Count) == C)
    ++Count;
  return Count;
}

/// \returns whether a comment begins at \p I. If so, moves \p I to its end.
bool Lexer::skipComment(size_t &I) const {
  if (at(I) != '/' || (at(I + 1) != '/' && at(I + 1) != '*'))
    return false;
  if (at(I + 1) == '/') {
    I = std::min(Text.find_first_of("\r\n", I), Text.size());
  } else {
    size_t End = Text.find("*/", I + 2);
    I = End == llvm::StringRef::npos ? Text.size() : End + 2;
  }
  return true;
}

void Lexer::skipSpace() {
  while (At < Text.size()) {
    if (isNewline(Text[At])) {
      IsLineStart = true;
      ++At;
    } else if (llvm::isSpace(Text[At])) {
      ++At;
    } else if (!skipComment(At)) {
      return;
    }
  }
}

//===----------------------------------------------------------------------===//
// Strings and characters
//===----------------------------------------------------------------------===//

size_t Lexer::characterEnd(size_t I) const {
  for (++I; I < Text.size() && !isNewline(Text[I]); ++I) {
    if (Text[I] == '\\')
      ++I;
    else if (Text[I] == '\'')
      return I + 1;
  }
  return std::min(I, Text.size());
}

/// \returns the offset at which the string that begins at \p I ends; \p I if no
/// string begins there.
size_t Lexer::stringEnd(size_t I, unsigned Depth) {
  size_t Dollars = 0, Prefix = I;
  bool IsVerbatim = false;
  constexpr size_t MaxPrefix = 16; // else "$$$…" would be quadratic
  for (; Prefix != I + MaxPrefix && (at(Prefix) == '$' || at(Prefix) == '@');
       ++Prefix) {
    IsVerbatim |= at(Prefix) == '@';
    Dollars += at(Prefix) == '$';
  }
  if (at(Prefix) != '"')
    return I;
  if (Depth > MaxDepth) {
    HasGivenUp = true;
    return Text.size();
  }
  size_t Quotes = runOf('"', Prefix);
  if (!IsVerbatim && Quotes >= 3)
    return rawEnd(Prefix + Quotes, Quotes, Dollars, Depth);
  return quotedEnd(Prefix + 1, IsVerbatim, Dollars != 0, Depth);
}

/// \returns the end of a string with one quote on each side, as an offset. \p I
/// is the offset after the opening quote.
size_t Lexer::quotedEnd(size_t I, bool IsVerbatim, bool HasHoles,
                        unsigned Depth) {
  while (I < Text.size()) {
    char C = Text[I];
    if (C == '"') {
      if (!IsVerbatim || at(I + 1) != '"')
        return I + 1;
      I += 2;
    } else if (C == '\\' && !IsVerbatim) {
      I += 2;
    } else if (isNewline(C) && !IsVerbatim) {
      return I; // not closed: the line ends it
    } else if (C == '{' && HasHoles) {
      I = at(I + 1) == '{' ? I + 2 : holeEnd(I + 1, 1, Depth);
    } else {
      ++I;
    }
  }
  return Text.size();
}

/// \returns the end of a raw string, as an offset. \p I is the offset after its
/// opening quotes, and \p Quotes their number.
size_t Lexer::rawEnd(size_t I, size_t Quotes, size_t Dollars, unsigned Depth) {
  while (I < Text.size()) {
    if (Text[I] == '"') {
      size_t Run = runOf('"', I);
      I += Run;
      if (Run >= Quotes)
        return I;
    } else if (Text[I] == '{' && Dollars) {
      size_t Run = runOf('{', I);
      I += Run;
      if (Run >= Dollars)
        I = holeEnd(I, Dollars, Depth);
    } else {
      ++I;
    }
  }
  return Text.size();
}

/// \returns the end of a hole in an interpolated string, as an offset. The hole
/// ends after its \p Braces closing braces. \p I is the offset after its
/// opening braces.
size_t Lexer::holeEnd(size_t I, size_t Braces, unsigned Depth) {
  size_t Nesting = 0;
  while (I < Text.size()) {
    char C = Text[I];
    if (skipComment(I))
      continue;
    if (size_t End = stringEnd(I, Depth + 1); End != I) {
      I = End;
    } else if (C == '\'') {
      I = characterEnd(I);
    } else if (C == '(' || C == '[' || C == '{') {
      ++Nesting;
      ++I;
    } else if (C == '}' && Nesting == 0) {
      return std::min(I + Braces, Text.size());
    } else if (C == ')' || C == ']' || C == '}') {
      Nesting -= Nesting != 0;
      ++I;
    } else if (C == ':' && Nesting == 0 && at(I + 1) != ':') {
      // A format specifier is text up to the brace.
      size_t End = Text.find('}', I);
      return End == llvm::StringRef::npos ? Text.size()
                                          : std::min(End + Braces, Text.size());
    } else {
      I += C == ':' ? 2 : 1;
    }
  }
  return Text.size();
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

Token Lexer::next() {
  skipSpace();
  if (HasGivenUp || At >= Text.size())
    return {Token::End, Text.drop_front(Text.size())};
  size_t Begin = At;
  char C = Text[At];
  if (C == '#' && IsLineStart) {
    size_t End = std::min(Text.find_first_of("\r\n", At), Text.size());
    return token(Token::Directive, Begin + 1, End);
  }
  if (size_t End = stringEnd(At, 0); End != At)
    return token(Token::Literal, Begin, End);
  if (C == '\'')
    return token(Token::Literal, Begin, characterEnd(At));
  bool IsVerbatim = C == '@' && isNameStart(at(At + 1));
  if (IsVerbatim || isNameStart(C)) {
    Begin += IsVerbatim;
    size_t End = Begin;
    while (isNamePart(at(End)))
      ++End;
    return token(IsVerbatim ? Token::Verbatim : Token::Identifier, Begin, End);
  }
  if (llvm::isDigit(C)) {
    // "1..2" is a range, and "1.ToString()" a call.
    size_t End = Begin;
    while (isNamePart(at(End)) ||
           (at(End) == '.' && llvm::isDigit(at(End + 1))))
      ++End;
    return token(Token::Number, Begin, End);
  }
  static constexpr llvm::StringLiteral Pairs[] = {
      "=>", "::", "==", "<=", ">=", "!="};
  for (llvm::StringRef Pair : Pairs)
    if (Text.substr(At).starts_with(Pair))
      return token(Token::Punctuation, Begin, Begin + 2);
  return token(Token::Punctuation, Begin, Begin + 1);
}

} // namespace ilbridge::csharp

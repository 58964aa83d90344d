//===- Lexer.h - The tokens of C# -------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The lexer is only as exact as required for finding declarations. Comments,
// strings of every form and preprocessor lines have to end where the compiler
// ends them, because braces inside of them do not count. Numbers and operators
// are not distinguished. (C# language specification, 6.4 and 6.5)
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_CSHARP_LEXER_H
#define ILBRIDGE_LIB_CSHARP_LEXER_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace ilbridge::csharp {

struct Token {
  enum Kind : uint8_t {
    End,
    Identifier, ///< or a keyword
    Verbatim,   ///< an identifier that is written with '@'
    Number,
    Literal,     ///< a string or a character
    Punctuation, ///< one character, or "=>", "::", "==", "<=", ">=", "!="
    Directive,   ///< a preprocessor line, from after '#' to its end
  };
  Kind TheKind = End;
  llvm::StringRef Text;

  /// Whether this is the keyword \p Word, or that name without '@'.
  bool isWord(llvm::StringRef Word) const {
    return TheKind == Identifier && Text == Word;
  }
  bool isPunctuation(llvm::StringRef P) const {
    return TheKind == Punctuation && Text == P;
  }
  bool isName() const { return TheKind == Identifier || TheKind == Verbatim; }
};

/// Splits a text into tokens, in linear time. Text that is not valid C# is
/// split as well.
class Lexer {
public:
  explicit Lexer(llvm::StringRef Text);
  Token next();
  /// Whether interpolated strings are nested too deeply. The lexer stops there.
  bool hasGivenUp() const { return HasGivenUp; }

private:
  char at(size_t I) const { return I < Text.size() ? Text[I] : '\0'; }
  Token token(Token::Kind K, size_t Begin, size_t End);
  void skipSpace();
  bool skipComment(size_t &I) const;
  size_t stringEnd(size_t I, unsigned Depth);
  size_t quotedEnd(size_t I, bool IsVerbatim, bool HasHoles, unsigned Depth);
  size_t rawEnd(size_t I, size_t Quotes, size_t Dollars, unsigned Depth);
  size_t holeEnd(size_t I, size_t Braces, unsigned Depth);
  size_t characterEnd(size_t I) const;
  size_t runOf(char C, size_t I) const;

  llvm::StringRef Text;
  size_t At = 0;
  bool IsLineStart = true;
  bool HasGivenUp = false;
};

} // namespace ilbridge::csharp

#endif // ILBRIDGE_LIB_CSHARP_LEXER_H

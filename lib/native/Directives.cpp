//===- Directives.cpp - Conditionals and macros of a text -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Directives.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using llvm::StringRef;

namespace ilbridge::native {

/// The language options for all sources. Raw lexing only has to recognize
/// comments and raw strings.
static const LangOptions &lexingOptions() {
  static const LangOptions Options = [] {
    LangOptions All;
    All.CPlusPlus = All.CPlusPlus11 = All.LineComment = true;
    return All;
  }();
  return Options;
}

bool isConventionWord(StringRef Word) {
  return llvm::StringSwitch<bool>(Word.trim('_'))
      .Cases("stdcall", "fastcall", "thiscall", "vectorcall", "pascal", true)
      .Cases("regcall", "regparm", "ms_abi", "sysv_abi", "preserve_most", true)
      .Default(false);
}

bool isCdeclWord(StringRef Word) { return Word.trim('_') == "cdecl"; }

static bool isLayoutWord(StringRef Word) {
  return llvm::StringSwitch<bool>(Word.trim('_'))
      .Cases("aligned", "packed", "align", "vector_size", "ms_struct", true)
      .Cases("gcc_struct", "mode", "ext_vector_type", true)
      .Default(false);
}

namespace {

class Scanner {
public:
  explicit Scanner(StringRef Text)
      : Text(Text), Lex(SourceLocation(), lexingOptions(), Text.begin(),
                        Text.begin(), Text.end()) {}

  Directives scan();
  MacroBody body(const Directives::Definition &D);

private:
  void next() { Lex.LexFromRawLexer(Tok); }
  unsigned offset() { return Lex.getCurrentBufferOffset() - length(); }
  unsigned length() const { return Tok.getLength(); }
  bool endsLine() const { return Tok.is(tok::eof) || Tok.isAtStartOfLine(); }
  StringRef word() const {
    return Tok.is(tok::raw_identifier) ? Tok.getRawIdentifier() : StringRef();
  }
  void directive(unsigned At);
  std::vector<StringRef> condition();
  void attribute(MacroBody &B);
  void begin(unsigned At, std::vector<StringRef> Names);
  void end(unsigned At);

  StringRef Text;
  Lexer Lex;
  Token Tok;
  Directives Result;
  std::vector<unsigned> Open; ///< branches, outermost first
  /// The branch that the last directive began, if its only name is that of a
  /// macro that must not be defined; otherwise -1.
  int Guard = -1;
};

} // namespace

/// Returns the offset after the literal whose opening quote is at \p At.
/// Returns At + 1 if the line does not close it, because it is not a quote, as
/// in 1'000.
static size_t behindQuoted(StringRef Text, size_t At) {
  for (size_t I = At + 1; I < Text.size() && Text[I] != '\n'; ++I)
    if (Text[I] == '\\')
      ++I;
    else if (Text[I] == Text[At])
      return I + 1;
  return At + 1;
}

/// Whether the quote at \p At opens a raw string (C++20 [lex.string]).
static bool opensRawString(StringRef Text, size_t At) {
  StringRef Word = Text.take_front(At);
  Word = Word.take_back(Word.size() -
                        (Word.find_last_not_of("LRUu8") + 1)); // npos + 1 is 0
  StringRef Before = Text.take_front(At - Word.size());
  return llvm::StringSwitch<bool>(Word)
             .Cases("R", "LR", "uR", "UR", "u8R", true)
             .Default(false) &&
         (Before.empty() || !clang::isAsciiIdentifierContinue(Before.back()));
}

/// Returns the offset after the raw string whose opening quote is at \p At.
static size_t behindRawString(StringRef Text, size_t At) {
  size_t Open = Text.find('(', At);
  if (Open == StringRef::npos)
    return Text.size();
  std::string End = (")" + Text.slice(At + 1, Open) + "\"").str();
  size_t Close = Text.find(End, Open);
  return Close == StringRef::npos ? Text.size() : Close + End.size();
}

/// Returns the offset after the comment that begins at \p At, or \p At itself
/// if no comment begins there. A line comment ends before its newline.
static size_t behindComment(StringRef Text, size_t At) {
  StringRef Rest = Text.substr(At);
  if (Rest.starts_with("/*")) {
    size_t End = Text.find("*/", At + 2);
    return End == StringRef::npos ? Text.size() : End + 2;
  }
  if (Rest.starts_with("//"))
    do
      At = std::min(Text.find('\n', At + 1), Text.size());
    while (At < Text.size() && Text.take_front(At).rtrim('\r').ends_with("\\"));
  return At;
}

/// Returns the offset after the literal that the quote at \p At opens.
static size_t behindLiteral(StringRef Text, size_t At) {
  return Text[At] == '"' && opensRawString(Text, At) ? behindRawString(Text, At)
                                                     : behindQuoted(Text, At);
}

/// Whether nextDirective() has to examine a character that is not the first one
/// of its line.
static bool isSpecial(char C) {
  return C == '\n' || C == '/' || C == '\\' || C == '"' || C == '\'';
}

/// Returns the offset of the next '#' from \p At on that begins a line and is
/// not in a comment or a literal; npos if there is none. \p IsAtStart states
/// that only blanks precede \p At in its line. This is much faster than
/// splitting the text into tokens, because most of a text is not a directive.
static size_t nextDirective(StringRef Text, size_t At, bool IsAtStart) {
  for (size_t I = At; I < Text.size();) {
    switch (Text[I]) {
    case '\n':
      IsAtStart = true;
      ++I;
      continue;
    case ' ':
    case '\t':
    case '\r':
    case '\f':
    case '\v':
      ++I;
      continue;
    case '#':
      if (IsAtStart)
        return I;
      break;
    case '/':
      if (size_t Behind = behindComment(Text, I); Behind != I) {
        I = Behind;
        continue;
      }
      break;
    case '\\': // a line that continues in the next one
      if (StringRef Rest = Text.substr(I + 1).ltrim(" \t\r");
          Rest.starts_with("\n")) {
        I = Text.size() - Rest.size() + 1;
        continue;
      }
      break;
    case '"':
    case '\'':
      IsAtStart = false;
      I = behindLiteral(Text, I);
      continue;
    default:
      break;
    }
    IsAtStart = false;
    do
      ++I;
    while (I < Text.size() && !isSpecial(Text[I]));
  }
  return StringRef::npos;
}

Directives Scanner::scan() {
  size_t At = 0;
  bool IsAtStart = true;
  while ((At = nextDirective(Text, At, IsAtStart)) != StringRef::npos) {
    Lex.seek(At, /*IsAtStartOfLine=*/true);
    next(); // the '#'
    next();
    if (!endsLine())
      directive(At);
    // The part of the text that was not read begins at this token.
    if (Tok.is(tok::eof))
      break;
    At = offset();
    IsAtStart = Tok.isAtStartOfLine();
  }
  while (!Open.empty())
    end(Text.size());
  return std::move(Result);
}

void Scanner::begin(unsigned At, std::vector<StringRef> Names) {
  int Outer = Open.empty() ? -1 : static_cast<int>(Open.back());
  Open.push_back(Result.Branches.size());
  Result.Branches.push_back({At, At, Outer, std::move(Names)});
}

void Scanner::end(unsigned At) {
  Result.Branches[Open.back()].End = At;
  Open.pop_back();
}

std::vector<StringRef> Scanner::condition() {
  std::vector<StringRef> Names;
  for (; !endsLine(); next()) {
    StringRef Word = word();
    if (!Word.empty() && Word != "defined" && !Word.starts_with("__has_"))
      Names.push_back(Word);
  }
  return Names;
}

void Scanner::directive(unsigned At) {
  StringRef Kind = word();
  next();
  int WasGuard = std::exchange(Guard, -1);
  if (Kind == "if" || Kind == "ifdef" || Kind == "ifndef") {
    bool IsNegated = Kind == "ifndef" || Tok.is(tok::exclaim);
    begin(At, condition());
    if (IsNegated && Result.Branches.back().Names.size() == 1)
      Guard = Result.Branches.size() - 1;
  } else if (Kind.starts_with("el") && !Open.empty()) {
    std::vector<StringRef> Names = Result.Branches[Open.back()].Names;
    if (Kind != "else")
      llvm::append_range(Names, condition());
    end(At);
    begin(At, std::move(Names));
  } else if (Kind == "endif" && !Open.empty()) {
    end(At);
  } else if (Kind == "define" && !word().empty()) {
    Result.Definitions.push_back({word(), At});
    // This is an include guard, or the default of a macro.
    if (WasGuard >= 0 && Result.Branches[WasGuard].Names.front() ==
                             Result.Definitions.back().Name)
      Result.Branches[WasGuard].Names.clear();
  }
}

/// Reads the content of the parentheses after a keyword that begins an
/// attribute.
void Scanner::attribute(MacroBody &B) {
  unsigned Depth = 0;
  for (; !endsLine(); next()) {
    if (Tok.is(tok::l_paren))
      ++Depth;
    else if (Tok.is(tok::r_paren))
      --Depth;
    else {
      B.HasConvention |= isConventionWord(word());
      B.HasLayout |= isLayoutWord(word());
    }
    if (!Depth)
      return next();
  }
}

MacroBody Scanner::body(const Directives::Definition &D) {
  MacroBody B;
  Lex.seek(D.Name.data() - Text.data(), /*IsAtStartOfLine=*/false);
  next(); // the name
  next();
  std::vector<StringRef> Params;
  if (!endsLine() && Tok.is(tok::l_paren) && !Tok.hasLeadingSpace()) {
    for (; !endsLine() && Tok.isNot(tok::r_paren); next())
      if (!word().empty())
        Params.push_back(word());
    if (!endsLine())
      next();
  }
  while (!endsLine()) {
    StringRef Word = word();
    if (Word == "__attribute__" || Word == "__attribute" ||
        Word == "__declspec" || Word == "_declspec") {
      next();
      attribute(B);
      continue;
    }
    if (Word.empty())
      B.HasOther |= !Tok.isOneOf(tok::l_paren, tok::r_paren,
                                 tok::string_literal, tok::comma);
    else if (isLayoutWord(Word) || Word == "alignas" || Word == "_Alignas")
      B.HasLayout = true;
    else if (!llvm::is_contained(Params, Word))
      B.Words.push_back(Word);
    next();
  }
  return B;
}

int Directives::branchAt(unsigned Offset) const {
  auto Behind =
      llvm::upper_bound(Branches, Offset, [](unsigned O, const Branch &B) {
        return O < B.Begin;
      });
  int I = static_cast<int>(Behind - Branches.begin()) - 1;
  while (I >= 0 && Branches[I].End <= Offset)
    I = Branches[I].Outer;
  return I;
}

Directives directives(StringRef Text) { return Scanner(Text).scan(); }

MacroBody bodyOf(const Directives::Definition &D, StringRef Text) {
  return Scanner(Text).body(D);
}

/// Bytes of non-ASCII characters are parts of names if they are not in a
/// comment or a literal.
static bool continuesName(char C) {
  return clang::isAsciiIdentifierContinue(C, /*AllowDollar=*/true) ||
         !clang::isASCII(C);
}

void visitIdentifiers(StringRef Text,
                      llvm::function_ref<void(StringRef)> Visit) {
  for (size_t I = 0; I < Text.size();) {
    const char C = Text[I];
    if (continuesName(C)) {
      size_t End = I + 1;
      auto GoesOn = [&] {
        // A number can contain quotes between its digits.
        return End < Text.size() && (continuesName(Text[End]) ||
                                     (clang::isDigit(C) && Text[End] == '\'' &&
                                      End + 1 < Text.size() &&
                                      clang::isAlphanumeric(Text[End + 1])));
      };
      while (GoesOn())
        ++End;
      StringRef Word = Text.slice(I, End);
      bool IsPrefix = End < Text.size() &&
                      (Text[End] == '"' || Text[End] == '\'') &&
                      llvm::StringSwitch<bool>(Word)
                          .Cases("L", "u", "U", "u8", true)
                          .Cases("R", "LR", "uR", "UR", "u8R", true)
                          .Default(false);
      if (!clang::isDigit(C) && !IsPrefix)
        Visit(Word);
      I = End;
    } else if (C == '"' || C == '\'') {
      I = behindLiteral(Text, I);
    } else {
      size_t Behind = C == '/' ? behindComment(Text, I) : I;
      I = Behind == I ? I + 1 : Behind;
    }
  }
}

} // namespace ilbridge::native

//===- Directives.cpp - Conditionals and macros as written ----------------===//
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

/// The languages of all sources: raw lexing only has to know comments and raw
/// strings.
static LangOptions lexingOptions() {
  LangOptions Options;
  Options.CPlusPlus = Options.CPlusPlus11 = Options.LineComment = true;
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
      : Text(Text), Options(lexingOptions()),
        Lex(SourceLocation(), Options, Text.begin(), Text.begin(), Text.end()) {
  }

  Directives scan();

private:
  void next() { Lex.LexFromRawLexer(Tok); }
  unsigned offset() { return Lex.getCurrentBufferOffset() - length(); }
  unsigned length() const { return Tok.getLength(); }
  bool endsLine() const { return Tok.is(tok::eof) || Tok.isAtStartOfLine(); }
  StringRef word() const {
    return Tok.is(tok::raw_identifier) ? Tok.getRawIdentifier() : StringRef();
  }
  void skipLine() {
    while (!endsLine())
      next();
  }
  void directive(unsigned At);
  std::vector<StringRef> condition();
  void define(unsigned At);
  void attribute(Directives::Definition &D);
  void begin(unsigned At, std::vector<StringRef> Names);
  void end(unsigned At);

  StringRef Text;
  LangOptions Options;
  Lexer Lex;
  Token Tok;
  Directives Result;
  std::vector<unsigned> Open; ///< branches, outermost first
  /// The branch that the last directive began, whose only name is that of a
  /// macro that must not be defined; -1: it was something else.
  int Guard = -1;
};

} // namespace

/// Returns the offset after the literal whose opening quote is at \p At, or At
/// + 1 if the line does not close it: it is not a quote, as in 1'000.
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

/// Returns the offset of the next '#' at the beginning of a line, from \p At,
/// outside of comments and literals; npos if there is none. Most text is not a
/// directive, and tokenizing it would take much longer.
static size_t nextDirective(StringRef Text, size_t At) {
  bool IsAtStart = true;
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
    case '/': {
      StringRef Rest = Text.substr(I);
      if (Rest.starts_with("/*")) {
        size_t End = Text.find("*/", I + 2);
        if (End == StringRef::npos)
          return End;
        I = End + 2;
        continue;
      }
      if (Rest.starts_with("//")) {
        do
          I = std::min(Text.find('\n', I + 1), Text.size());
        while (I < Text.size() &&
               Text.take_front(I).rtrim('\r').ends_with("\\"));
        continue;
      }
      break;
    }
    case '\\': // a line that goes on in the next one
      if (StringRef Rest = Text.substr(I + 1).ltrim(" \t\r");
          Rest.starts_with("\n")) {
        I = Text.size() - Rest.size() + 1;
        continue;
      }
      break;
    case '"':
    case '\'':
      IsAtStart = false;
      I = Text[I] == '"' && opensRawString(Text, I) ? behindRawString(Text, I)
                                                    : behindQuoted(Text, I);
      continue;
    default:
      break;
    }
    IsAtStart = false;
    ++I;
  }
  return StringRef::npos;
}

Directives Scanner::scan() {
  size_t At = 0;
  while ((At = nextDirective(Text, At)) != StringRef::npos) {
    Lex.seek(At, /*IsAtStartOfLine=*/true);
    next(); // the '#'
    next();
    if (!endsLine())
      directive(At);
    // This token begins the text that follows.
    if (Tok.is(tok::eof))
      break;
    At = offset();
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
    skipLine();
    end(At);
    begin(At, std::move(Names));
  } else if (Kind == "endif" && !Open.empty()) {
    skipLine();
    end(At);
  } else if (Kind == "define" && !word().empty()) {
    define(At);
    // A guard against a second inclusion, or a default.
    if (WasGuard >= 0 && Result.Branches[WasGuard].Names.front() ==
                             Result.Definitions.back().Name)
      Result.Branches[WasGuard].Names.clear();
  } else {
    skipLine();
  }
}

/// Behind a word that opens an attribute: what its parentheses hold.
void Scanner::attribute(Directives::Definition &D) {
  unsigned Depth = 0;
  for (; !endsLine(); next()) {
    if (Tok.is(tok::l_paren))
      ++Depth;
    else if (Tok.is(tok::r_paren))
      --Depth;
    else {
      D.HasConvention |= isConventionWord(word());
      D.HasLayout |= isLayoutWord(word());
    }
    if (!Depth)
      return next();
  }
}

void Scanner::define(unsigned At) {
  Directives::Definition D;
  D.Name = word();
  D.At = At;
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
      attribute(D);
      continue;
    }
    if (Word.empty())
      D.HasOther |= !Tok.isOneOf(tok::l_paren, tok::r_paren,
                                 tok::string_literal, tok::comma);
    else if (isLayoutWord(Word) || Word == "alignas" || Word == "_Alignas")
      D.HasLayout = true;
    else if (!llvm::is_contained(Params, Word))
      D.Words.push_back(Word);
    next();
  }
  Result.Definitions.push_back(std::move(D));
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

void visitIdentifiers(StringRef Text,
                      llvm::function_ref<void(StringRef)> Visit) {
  LangOptions Options = lexingOptions();
  // The lexer wants a zero behind the text, which a part of a text has not.
  std::string Copy = Text.str();
  Lexer Lex(SourceLocation(), Options, Copy.data(), Copy.data(),
            Copy.data() + Copy.size());
  Token Tok;
  for (Lex.LexFromRawLexer(Tok); Tok.isNot(tok::eof); Lex.LexFromRawLexer(Tok))
    if (Tok.is(tok::raw_identifier))
      Visit(Tok.getRawIdentifier());
}

} // namespace ilbridge::native

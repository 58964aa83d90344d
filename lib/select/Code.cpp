//===- Code.cpp - The code of a file --------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Code.h"
#include "Outline.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/xxhash.h"

using llvm::StringRef;
namespace tok = clang::tok;

namespace ilbridge::select {
namespace {

/// A set of names, before they are converted to numbers.
class NameList {
public:
  void add(StringRef Name) { Texts.insert(Name); }
  std::vector<Names::Id> ids(Names &Pool) const {
    std::vector<StringRef> All;
    for (const auto &Each : Texts)
      All.push_back(Each.getKey());
    std::vector<Names::Id> Found = Pool.ids(All);
    llvm::sort(Found);
    return Found;
  }

private:
  llvm::StringSet<> Texts;
};

/// Classifies a word by its role in a declaration.
enum class Word : uint8_t {
  None, ///< no word
  Name,
  Type, ///< int, unsigned, …: the name after it is declared
  Tag,  ///< class, enum, …: the name after it is a type
  Enum,
  Typedef,
  Using,
  Namespace,
  Extern,
  Suffix, ///< const, noexcept, …: may follow parameters
  Other,  ///< another keyword
};

Word wordOf(StringRef Text) {
  return llvm::StringSwitch<Word>(Text)
      .Cases("int", "char", "short", "long", "float", "double", "bool", "void",
             Word::Type)
      .Cases("signed", "unsigned", "auto", "wchar_t", "char8_t", "char16_t",
             "char32_t", Word::Type)
      .Cases("class", "struct", "union", "typename", Word::Tag)
      .Case("enum", Word::Enum)
      .Case("typedef", Word::Typedef)
      .Case("using", Word::Using)
      .Case("namespace", Word::Namespace)
      .Case("extern", Word::Extern)
      .Cases("const", "noexcept", "override", "final", Word::Suffix)
      .Cases("volatile", "static", "inline", "constexpr", "mutable", "virtual",
             "explicit", "friend", "template", Word::Other)
      .Cases("return", "if", "else", "for", "while", "do", "switch", "case",
             "operator", Word::Other)
      .Cases("public", "private", "protected", "default", "delete", "sizeof",
             "new", "this", "decltype", Word::Other)
      .Default(Word::Name);
}

struct Token {
  tok::TokenKind Kind = tok::eof;
  Word TheWord = Word::None;
  bool BeginsLine = false;
  StringRef Text;

  bool is(tok::TokenKind K) const { return Kind == K; }
  bool isOneOf(std::initializer_list<tok::TokenKind> Kinds) const {
    return llvm::is_contained(Kinds, Kind);
  }
};

/// Iterates over the tokens of a file.
class Reader {
public:
  Reader(StringRef Text, Names &Pool) : Pool(Pool), Copy(Text.str()) {}
  Code read();

private:
  /// A pair of braces. Declarations in a namespace are visible after it.
  enum class Around : uint8_t { Namespace, Class, Enum, Function };
  struct Brace {
    Around What;
    bool IsTypedef; ///< of the declaration that contains it
  };
  /// Records which keywords the current declaration has so far.
  struct Declaration {
    bool IsTypedef = false, IsTag = false, IsEnum = false, IsUsing = false,
         IsNamespace = false, IsLinkage = false;
  };

  void lex();
  const Token &at(size_t I) const {
    return I < Tokens.size() ? Tokens[I] : End;
  }
  /// \returns the index of the token after the directive.
  size_t directive(size_t Hash);
  void code(size_t I);
  void name(size_t I);
  void brace(size_t I);
  bool isIn(Around What) const {
    return !Braces.empty() && Braces.back().What == What;
  }
  /// Whether a declaration at this position is visible after all braces.
  bool isSeenBehind(llvm::ArrayRef<Brace> In) const {
    return llvm::all_of(
        In, [](const Brace &B) { return B.What == Around::Namespace; });
  }
  CodeBefore before() const {
    return {Digest, Outside.ids(Pool), ChangesAll || !Braces.empty()};
  }

  Names &Pool;
  std::string Copy; ///< a copy, because the lexer requires a NUL after the text
  std::vector<Token> Tokens;
  Token End;
  Code Result;
  NameList All, InConditions, Provides, Declares, Needs, Outside;
  uint64_t Digest = 0; ///< digest of the code outside of functions
  llvm::SmallVector<Brace, 8> Braces;
  Declaration Now;
  bool ChangesAll = false; ///< #pragma pack, using namespace
};

} // namespace

void Reader::lex() {
  clang::LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus14 = true;
  clang::Lexer Lexer(clang::SourceLocation(), Language, Copy.data(),
                     Copy.data(), Copy.data() + Copy.size());
  clang::Token T;
  for (;;) {
    Lexer.LexFromRawLexer(T);
    if (T.is(tok::eof))
      return;
    Token &New = Tokens.emplace_back();
    New.Kind = T.getKind();
    New.BeginsLine = T.isAtStartOfLine();
    New.Text =
        StringRef(Copy.data() + Lexer.getCurrentBufferOffset() - T.getLength(),
                  T.getLength());
    if (!T.is(tok::raw_identifier))
      continue;
    New.TheWord = wordOf(New.Text);
    Result.AsksForHeaders |= New.Text.starts_with("__has_include") ||
                             New.Text.starts_with("__has_embed");
  }
}

size_t Reader::directive(size_t Hash) {
  StringRef Kind = at(Hash + 1).Text;
  size_t I = Hash + 2, Behind = I;
  while (Behind < Tokens.size() && !Tokens[Behind].BeginsLine)
    ++Behind;
  if (Kind == "include" || Kind == "import" || Kind == "include_next" ||
      Kind == "__include_macros")
    Result.Includes.push_back(before());
  bool NamesMacros =
      Kind.starts_with("if") || Kind.starts_with("elif") ||
      (Kind.starts_with("include") && at(I).is(tok::raw_identifier));
  if (NamesMacros)
    for (size_t J = I; J != Behind; ++J)
      if (Tokens[J].is(tok::raw_identifier))
        InConditions.add(Tokens[J].Text);
  if (Kind == "pragma")
    ChangesAll |= !llvm::StringSwitch<bool>(at(I).Text)
                       .Cases("once", "warning", "region", "endregion", true)
                       .Cases("message", "mark", "comment", "omp", true)
                       .Cases("GCC", "clang",
                              at(I + 1).Text != "visibility" &&
                                  at(I + 1).Text != "attribute")
                       .Cases("push_macro", "pop_macro", true)
                       .Default(false);
  return Behind;
}

/// Records whether token \p I, a name, is declared by the code around it, may
/// be declared for the code after it, or is used.
void Reader::name(size_t I) {
  const Token &Before = I == 0 ? End : Tokens[I - 1], &Behind = at(I + 1);
  bool IsDeclarator =
      (Before.TheWord == Word::Name || Before.TheWord == Word::Type ||
       Before.isOneOf(
           {tok::star, tok::amp, tok::ampamp, tok::greater, tok::r_brace})) &&
      Behind.isOneOf({tok::comma, tok::semi, tok::r_paren, tok::equal,
                      tok::l_square, tok::l_paren, tok::l_brace, tok::colon});
  bool IsEnumerator =
      isIn(Around::Enum) && Before.isOneOf({tok::l_brace, tok::comma});
  // struct Name, enum class Name, template <typename Name>
  bool IsTag = Before.TheWord == Word::Tag || Before.TheWord == Word::Enum;
  // These can also contain names of other types, so only certain declarations
  // are recorded.
  bool IsAlias =
      (Now.IsTypedef && (Behind.isOneOf({tok::semi, tok::l_square}) ||
                         (Before.is(tok::star) && Behind.is(tok::r_paren)))) ||
      (Before.TheWord == Word::Using && Behind.is(tok::equal));
  bool IsDeclared = IsDeclarator || IsEnumerator || IsTag || IsAlias;
  if (IsDeclared)
    Declares.add(Tokens[I].Text);
  llvm::ArrayRef<Brace> In = Braces;
  if ((IsDeclared || Now.IsTypedef || Now.IsUsing) &&
      isSeenBehind(IsEnumerator ? In.drop_back() : In))
    Provides.add(Tokens[I].Text);
  if (!IsDeclarator && !IsEnumerator && !IsTag &&
      Before.TheWord != Word::Namespace)
    Needs.add(Tokens[I].Text);
}

void Reader::brace(size_t I) {
  const Token &Before = I == 0 ? End : Tokens[I - 1];
  bool IsBehindParameters =
      Before.is(tok::r_paren) || Before.TheWord == Word::Suffix;
  Around What = Around::Class;
  if (Now.IsNamespace || (Now.IsLinkage && Before.is(tok::string_literal)))
    What = Around::Namespace;
  else if (Now.IsEnum)
    What = Around::Enum;
  else if ((IsBehindParameters && !Now.IsTag) || isIn(Around::Function))
    What = Around::Function;
  Braces.push_back({What, Now.IsTypedef});
}

void Reader::code(size_t I) {
  const Token &T = Tokens[I];
  if (T.is(tok::string_literal))
    Result.HasAnnotation |= T.Text.starts_with(AnnotationText);
  if (T.is(tok::raw_identifier))
    All.add(T.Text);
  if (!isIn(Around::Function)) {
    // The digest depends on the order.
    Digest = (Digest ^ llvm::xxh3_64bits(T.Text)) * 0x9E3779B97F4A7C15;
    if (T.TheWord == Word::Name)
      Outside.add(T.Text);
  }
  switch (T.TheWord) {
  case Word::None:
  case Word::Type:
  case Word::Suffix:
  case Word::Other:
    break;
  case Word::Name:
    name(I);
    break;
  case Word::Tag:
    Now.IsTag = true;
    break;
  case Word::Enum:
    Now.IsTag = Now.IsEnum = true;
    break;
  case Word::Typedef:
    Now.IsTypedef = true;
    break;
  case Word::Using:
    Now.IsUsing = true;
    break;
  case Word::Namespace:
    Now.IsNamespace = true;
    // After "using namespace x", all names in x are visible.
    ChangesAll |= Now.IsUsing;
    break;
  case Word::Extern:
    Now.IsLinkage = true;
    break;
  }
  if (T.is(tok::l_brace)) {
    brace(I);
    Now = {};
  } else if (T.is(tok::semi)) {
    Now = {};
  } else if (T.is(tok::r_brace)) {
    Now = {};
    if (!Braces.empty()) // typedef struct { … } Name;
      Now.IsTypedef = Braces.pop_back_val().IsTypedef;
  }
}

Code Reader::read() {
  lex();
  for (size_t I = 0; I < Tokens.size();) {
    if (Tokens[I].BeginsLine && Tokens[I].is(tok::hash))
      I = directive(I);
    else
      code(I++);
  }
  Result.All = All.ids(Pool);
  Result.InConditions = InConditions.ids(Pool);
  Result.Provides = Provides.ids(Pool);
  Result.Declares = Declares.ids(Pool);
  Result.Needs = Needs.ids(Pool);
  Result.Whole = before();
  return std::move(Result);
}

Code readCode(StringRef Text, Names &Pool) { return Reader(Text, Pool).read(); }

} // namespace ilbridge::select

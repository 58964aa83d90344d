//===- Expression.cpp - Conditions as tokens ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expression.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"
#include <optional>

using llvm::StringRef;

namespace ilbridge::select {

using Op = Expression::Operator;

/// The longest operators come first.
static constexpr std::pair<StringRef, Op> Operators[] = {
    {"<<", Op::ShiftLeft},    {">>", Op::ShiftRight}, {"<=", Op::LessEqual},
    {">=", Op::GreaterEqual}, {"==", Op::Equal},      {"!=", Op::NotEqual},
    {"&&", Op::And},          {"||", Op::Or},         {"+", Op::Plus},
    {"-", Op::Minus},         {"*", Op::Times},       {"/", Op::Divide},
    {"%", Op::Modulo},        {"<", Op::Less},        {">", Op::Greater},
    {"!", Op::Not},           {"~", Op::Complement},  {"&", Op::BitAnd},
    {"|", Op::BitOr},         {"^", Op::BitXor},      {"(", Op::Open},
    {")", Op::Close},         {"?", Op::Question},    {":", Op::Colon}};

/// Returns the operator for a keyword such as "and" ([lex.digraph]).
static Op operatorOfWord(StringRef Word) {
  return llvm::StringSwitch<Op>(Word)
      .Case("defined", Op::Defined)
      .Case("and", Op::And)
      .Case("or", Op::Or)
      .Case("not", Op::Not)
      .Case("not_eq", Op::NotEqual)
      .Default(Op::None);
}

/// Returns the value of a number; nullopt if int64_t arithmetic would give a
/// different result.
static std::optional<int64_t> number(StringRef Text) {
  std::string Digits = Text.rtrim("lLzZ").str();
  llvm::erase(Digits, '\'');
  int64_t N;
  if (StringRef(Digits).getAsInteger(0, N))
    return std::nullopt;
  return N;
}

Expression parseExpression(StringRef Text, Names &Pool) {
  Expression Result;
  Result.Text = Text.trim().str();
  Text = Result.Text;
  using Token = Expression::Token;
  std::vector<StringRef> Found;
  while (!(Text = Text.ltrim(" \t\r\n\\")).empty()) {
    Token &T = Result.Tokens.emplace_back();
    T.TheKind = Token::Unknown;
    size_t Size = 1;
    if (llvm::isAlpha(Text[0]) || Text[0] == '_') {
      Size =
          Text.find_if_not([](char C) { return llvm::isAlnum(C) || C == '_'; });
      StringRef Word = Text.substr(0, Size);
      T.What = operatorOfWord(Word);
      T.TheKind = T.What == Op::None ? Token::Name : Token::Operator;
      if (T.TheKind == Token::Name)
        Found.push_back(Word);
    } else if (llvm::isDigit(Text[0])) {
      Size = Text.find_if_not([](char C) {
        return llvm::isAlnum(C) || C == '_' || C == '\'' || C == '.';
      });
      if (std::optional<int64_t> N = number(Text.substr(0, Size))) {
        T.TheKind = Token::Number;
        T.Value = *N;
      }
    } else if (auto Known = llvm::find_if(
                   Operators,
                   [&](const auto &O) { return Text.starts_with(O.first); });
               Known != std::end(Operators)) {
      T.TheKind = Token::Operator;
      T.What = Known->second;
      Size = Known->first.size();
    }
    Text = Text.substr(Size == StringRef::npos ? Text.size() : Size);
  }
  Result.Tokens.emplace_back();
  std::vector<Names::Id> IDs = Pool.ids(Found);
  size_t Next = 0;
  for (Token &T : Result.Tokens)
    if (T.TheKind == Token::Name)
      T.ID = IDs[Next++];
  return Result;
}

unsigned precedence(const Expression::Token &T) {
  if (T.TheKind != Expression::Token::Operator)
    return 0;
  switch (T.What) {
  case Op::Or:
    return 1;
  case Op::And:
    return 2;
  case Op::BitOr:
    return 3;
  case Op::BitXor:
    return 4;
  case Op::BitAnd:
    return 5;
  case Op::Equal:
  case Op::NotEqual:
    return 6;
  case Op::Less:
  case Op::Greater:
  case Op::LessEqual:
  case Op::GreaterEqual:
    return 7;
  case Op::ShiftLeft:
  case Op::ShiftRight:
    return 8;
  case Op::Plus:
  case Op::Minus:
    return 9;
  case Op::Times:
  case Op::Divide:
  case Op::Modulo:
    return 10;
  case Op::None:
  case Op::Not:
  case Op::Complement:
  case Op::Open:
  case Op::Close:
  case Op::Question:
  case Op::Colon:
  case Op::Defined:
    return 0;
  }
  llvm_unreachable("not an operator");
}

} // namespace ilbridge::select

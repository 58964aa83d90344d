//===- Expression.h - Conditions as tokens ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_EXPRESSION_H
#define ILBRIDGE_LIB_SELECT_EXPRESSION_H

#include "Names.h"
#include "llvm/ADT/SmallVector.h"

namespace ilbridge::select {

/// Represents the condition of an #if or the replacement list of a macro.
struct Expression {
  enum class Operator : uint8_t {
    None,
    ShiftLeft,
    ShiftRight,
    LessEqual,
    GreaterEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Less,
    Greater,
    Not,
    Complement,
    BitAnd,
    BitOr,
    BitXor,
    Open,
    Close,
    Question,
    Colon,
    Defined,
  };
  struct Token {
    enum Kind : uint8_t { End, Name, Number, Operator, Unknown };
    Kind TheKind = End;
    enum Operator What = {};
    Names::Id ID = 0;
    int64_t Value = 0;
  };

  std::string Text;
  llvm::SmallVector<Token, 4> Tokens; ///< the last one is End
};

Expression parseExpression(llvm::StringRef Text, Names &Pool);

/// Returns the precedence of \p T as a binary operator; 0 if it is not one.
unsigned precedence(const Expression::Token &T);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_EXPRESSION_H

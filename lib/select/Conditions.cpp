//===- Conditions.cpp - Evaluates preprocessor conditions -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

using llvm::StringRef;

namespace ilbridge::select {

/// The maximum number of bodies that are distinguished for one macro. A macro
/// with more can have any value.
static constexpr unsigned MaxBodies = 8;
/// The maximum nesting depth of parentheses and of macros.
static constexpr unsigned MaxDepth = 64;
/// The maximum number of tokens that are read for one condition, including
/// those of macros.
static constexpr unsigned MaxWork = 10'000;

using Op = Expression::Operator;

//===----------------------------------------------------------------------===//
// Macros
//===----------------------------------------------------------------------===//

bool PossibleMacros::addBody(Names::Id Name, const Expression &Body) {
  MacroStates &S = at(Name);
  if (S.MayBeAnything || llvm::any_of(S.Bodies, [&](const Expression *E) {
        return E->Text == Body.Text;
      }))
    return false;
  if (S.Bodies.size() == MaxBodies)
    return addAnything(Name);
  S.Bodies.push_back(&Body);
  return true;
}

bool PossibleMacros::addAnything(Names::Id Name) {
  return !std::exchange(at(Name).MayBeAnything, true);
}

bool PossibleMacros::addUndefined(Names::Id Name) {
  return !std::exchange(at(Name).MayBeUndefined, true);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

namespace {

/// Represents the possible values of an expression: a single number, or whether
/// it may be zero and whether it may be nonzero.
struct Value {
  std::optional<int64_t> Number;
  bool MayBeZero = true, MayBeOther = true;

  static Value of(int64_t N) { return {N, N == 0, N != 0}; }
  static Value of(Truth T) {
    if (T.MayHold != T.MayFail)
      return of(int64_t(T.MayHold));
    return {};
  }
  Truth truth() const { return {MayBeOther, MayBeZero}; }
  Value join(const Value &Other) const {
    if (Number && Number == Other.Number)
      return *this;
    return {std::nullopt, MayBeZero || Other.MayBeZero,
            MayBeOther || Other.MayBeOther};
  }
};

/// A recursive descent parser for [expr.cond]. If it cannot continue, any value
/// is possible.
class Evaluator {
public:
  Evaluator(const Expression &E, const PossibleMacros &Macros, unsigned Depth,
            unsigned &Work)
      : Tokens(E.Tokens), Macros(Macros), Depth(Depth), Work(Work) {}

  Value whole() {
    Value V = conditional();
    return at().TheKind == Expression::Token::End && !IsLost ? V : Value();
  }

private:
  using Token = Expression::Token;

  const Token &at() const { return Tokens[Next]; }
  bool take(Op What) {
    if (at().TheKind != Token::Operator || at().What != What)
      return false;
    ++Next;
    return true;
  }
  Value lost() {
    IsLost = true;
    return {};
  }

  Value conditional();
  Value binary(unsigned MinPrecedence);
  Value unary();
  Value defined();
  Value named();

  llvm::ArrayRef<Token> Tokens;
  const PossibleMacros &Macros;
  unsigned Depth;
  unsigned &Work;
  size_t Next = 0;
  bool IsLost = false;
};

} // namespace

/// Evaluates \p What on \p X and \p Y. The result is an unknown value if the
/// operation may overflow or is undefined.
static Value arithmetic(Op What, int64_t X, int64_t Y) {
  int64_t Result;
  switch (What) {
  case Op::Plus:
    return llvm::AddOverflow(X, Y, Result) ? Value() : Value::of(Result);
  case Op::Minus:
    return llvm::SubOverflow(X, Y, Result) ? Value() : Value::of(Result);
  case Op::Times:
    return llvm::MulOverflow(X, Y, Result) ? Value() : Value::of(Result);
  case Op::Divide:
    return Y == 0 || Y == -1 ? Value() : Value::of(X / Y);
  case Op::Modulo:
    return Y == 0 || Y == -1 ? Value() : Value::of(X % Y);
  case Op::ShiftLeft:
    return X < 0 || Y < 0 || Y > 62 || X >> (62 - Y) ? Value()
                                                     : Value::of(X << Y);
  case Op::ShiftRight:
    return X < 0 || Y < 0 || Y > 62 ? Value() : Value::of(X >> Y);
  case Op::BitOr:
    return Value::of(X | Y);
  case Op::BitXor:
    return Value::of(X ^ Y);
  case Op::BitAnd:
    return Value::of(X & Y);
  case Op::Equal:
    return Value::of(int64_t(X == Y));
  case Op::NotEqual:
    return Value::of(int64_t(X != Y));
  case Op::Less:
    return Value::of(int64_t(X < Y));
  case Op::Greater:
    return Value::of(int64_t(X > Y));
  case Op::LessEqual:
    return Value::of(int64_t(X <= Y));
  case Op::GreaterEqual:
    return Value::of(int64_t(X >= Y));
  default:
    return {};
  }
}

static Value apply(Op What, const Value &L, const Value &R) {
  Truth A = L.truth(), B = R.truth();
  if (What == Op::And)
    return Value::of(Truth{A.MayHold && B.MayHold, A.MayFail || B.MayFail});
  if (What == Op::Or)
    return Value::of(Truth{A.MayHold || B.MayHold, A.MayFail && B.MayFail});
  if (!L.Number || !R.Number)
    return {};
  return arithmetic(What, *L.Number, *R.Number);
}

Value Evaluator::conditional() {
  if (++Depth > MaxDepth || ++Work > MaxWork)
    return lost();
  Value V = binary(1);
  if (take(Op::Question)) {
    Value Yes = conditional();
    if (!take(Op::Colon))
      return lost();
    Value No = conditional();
    Truth T = V.truth();
    V = T.MayHold && T.MayFail ? Yes.join(No) : T.MayHold ? Yes : No;
  }
  --Depth;
  return V;
}

Value Evaluator::binary(unsigned MinPrecedence) {
  Value L = unary();
  while (unsigned P = precedence(at())) {
    if (P < MinPrecedence || IsLost)
      break;
    Op What = Tokens[Next++].What;
    L = apply(What, L, binary(P + 1));
  }
  return L;
}

Value Evaluator::unary() {
  if (++Depth > MaxDepth || ++Work > MaxWork)
    return lost();
  Value V;
  if (take(Op::Not)) {
    Truth T = unary().truth();
    V = Value::of(Truth{T.MayFail, T.MayHold});
  } else if (take(Op::Minus)) {
    V = unary();
    if (V.Number)
      V = arithmetic(Op::Minus, 0, *V.Number);
  } else if (take(Op::Plus)) {
    V = unary();
  } else if (take(Op::Complement)) {
    V = unary();
    V = V.Number ? Value::of(~*V.Number) : Value();
  } else if (take(Op::Open)) {
    V = conditional();
    if (!take(Op::Close))
      return lost();
  } else if (take(Op::Defined)) {
    V = defined();
  } else if (at().TheKind == Token::Number) {
    V = Value::of(Tokens[Next++].Value);
  } else if (at().TheKind == Token::Name) {
    V = named();
  } else {
    return lost();
  }
  --Depth;
  return V;
}

Value Evaluator::defined() {
  bool HasParenthesis = take(Op::Open);
  if (at().TheKind != Token::Name)
    return lost();
  const MacroStates &S = Macros[Tokens[Next++].ID];
  if (HasParenthesis && !take(Op::Close))
    return lost();
  return Value::of(Truth{S.mayBeDefined(), S.MayBeUndefined});
}

/// Whether the tokens can replace a name without changing the precedence of
/// operators. This is not true of 1 + 2, which is not evaluated first in X * 2.
static bool isOne(llvm::ArrayRef<Expression::Token> Tokens) {
  Tokens = Tokens.drop_back();
  if (Tokens.size() < 2 || (Tokens.size() == 2 && precedence(Tokens[0]) == 9))
    return true;
  unsigned Open = 0;
  for (const Expression::Token &T : Tokens) {
    bool IsOperator = T.TheKind == Expression::Token::Operator;
    Open += IsOperator && T.What == Op::Open;
    Open -= IsOperator && T.What == Op::Close && Open;
    if (Open == 0)
      return &T == &Tokens.back();
  }
  return false;
}

Value Evaluator::named() {
  Names::Id Name = Tokens[Next++].ID;
  if (take(Op::Open)) { // the arguments of a macro
    for (unsigned Open = 1; Open != 0;) {
      if (at().TheKind == Token::End)
        return lost();
      if (take(Op::Open))
        ++Open;
      else if (take(Op::Close))
        --Open;
      else
        ++Next;
    }
    return {};
  }
  const MacroStates &S = Macros[Name];
  if (S.MayBeAnything)
    return {};
  std::optional<Value> Result;
  auto Add = [&](const Value &V) { Result = Result ? Result->join(V) : V; };
  if (S.MayBeUndefined)
    Add(Value::of(int64_t(0)));
  bool IsAlone = Tokens.size() == 2;
  for (const Expression *Body : S.Bodies)
    Add(IsAlone || isOne(Body->Tokens)
            ? Evaluator(*Body, Macros, Depth, Work).whole()
            : Value());
  return Result.value_or(Value());
}

Truth evaluate(const Expression &Condition, const PossibleMacros &Macros) {
  unsigned Work = 0;
  return Evaluator(Condition, Macros, 0, Work).whole().truth();
}

std::optional<std::vector<StringRef>>
possibleIncludes(const Expression &Name, const PossibleMacros &Macros) {
  std::vector<StringRef> Result;
  std::vector<const Expression *> Left = {&Name};
  for (unsigned Work = 0; !Left.empty(); ++Work) {
    const Expression &E = *Left.back();
    Left.pop_back();
    StringRef Text = E.Text;
    bool IsName = (Text.starts_with("\"") && Text.ends_with("\"")) ||
                  (Text.starts_with("<") && Text.ends_with(">"));
    if (IsName && Text.size() > 2) {
      if (!llvm::is_contained(Result, Text))
        Result.push_back(Text);
      continue;
    }
    if (E.Tokens.size() != 2 || E.Tokens[0].TheKind != Expression::Token::Name)
      return std::nullopt;
    const MacroStates &S = Macros[E.Tokens[0].ID];
    // If the macro can be undefined, nothing is included in that case, because
    // it is an error.
    if (S.MayBeAnything || S.Bodies.empty() || Work == MaxWork)
      return std::nullopt;
    Left.insert(Left.end(), S.Bodies.begin(), S.Bodies.end());
  }
  return Result;
}

} // namespace ilbridge::select

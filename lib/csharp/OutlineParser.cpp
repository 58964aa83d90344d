//===- OutlineParser.cpp - From tokens to headers -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutlineParser.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::csharp {

// More than any real text has; the limit is for hostile texts.
static constexpr size_t MaxConditions = 64;
static constexpr size_t MaxHeader = 1 << 14; // tokens

static bool opens(const Token &T) {
  return T.isPunctuation("(") || T.isPunctuation("[") || T.isPunctuation("{");
}
static bool closes(const Token &T) {
  return T.isPunctuation(")") || T.isPunctuation("]") || T.isPunctuation("}");
}

bool OutlineParser::parse() {
  while (!HasGivenUp && !Tokens.hasGivenUp()) {
    Token T = Tokens.next();
    if (T.TheKind == Token::End)
      return !Tokens.hasGivenUp();
    if (T.TheKind == Token::Directive)
      directive(T.Text);
    else
      handle(T);
  }
  return false;
}

void OutlineParser::handle(const Token &T) {
  switch (Now.TheMode) {
  case Mode::AfterBody:
    Now.TheMode = T.isPunctuation("=") ? Mode::Expression : Mode::Header;
    if (Now.TheMode == Mode::Header)
      handleHeader(T);
    return;
  case Mode::Header:
    return handleHeader(T);
  case Mode::Body:
    // Only braces are counted: in a text that is being edited, the other
    // brackets may not match.
    Now.Nesting += T.isPunctuation("{");
    if (T.isPunctuation("}") && --Now.Nesting == 0)
      Now.TheMode = Mode::AfterBody;
    return;
  case Mode::Expression:
    skipExpression(T);
    return;
  case Mode::Initializer:
    return handleInitializer(T);
  }
}

void OutlineParser::handleHeader(const Token &T) {
  if (Now.Nesting == 0) {
    if (T.isPunctuation(";"))
      return finish(';');
    if (T.isPunctuation("{"))
      return finish('{');
    if (T.isPunctuation("=>"))
      return finish('>');
    if (T.isPunctuation("="))
      return finish('=');
    if (T.isPunctuation("}")) {
      Now.Header.clear();
      if (!Now.Scopes.empty() && !Now.Scopes.back().IsWholeFile)
        Now.Scopes.pop_back();
      return;
    }
  }
  if (opens(T))
    ++Now.Nesting;
  else if (closes(T) && Now.Nesting)
    --Now.Nesting;
  if (Now.Header.size() == MaxHeader)
    return giveUp();
  Now.Header.push_back(T);
}

/// \returns whether \p T belongs to the expression.
bool OutlineParser::skipExpression(const Token &T) {
  if (opens(T)) {
    ++Now.Nesting;
  } else if (closes(T)) {
    if (Now.Nesting == 0) { // the brace ends the type; there was no expression
      Now.TheMode = Mode::Header;
      Now.Header.clear();
      handleHeader(T);
      return false;
    }
    --Now.Nesting;
  } else if (T.isPunctuation(";") && Now.Nesting == 0) {
    Now.TheMode = Mode::Header;
    Now.Header.clear();
    return false;
  }
  return true;
}

/// In "= 1, b = 2;", a name after a comma is a field only if a value or the end
/// follows, because "<A, B>" also contains commas.
void OutlineParser::handleInitializer(const Token &T) {
  if (Now.Further == State::BehindName && isInType() &&
      (T.isPunctuation("=") || T.isPunctuation(";"))) {
    Declaration D;
    D.TheKind = Declaration::Field;
    D.TypeName = Now.Scopes.back().Name;
    D.Name = Now.FurtherName.Text;
    D.NameAt = range(Now.FurtherName);
    D.Begin = D.NameAt.Begin;
    add(std::move(D));
  }
  if (Now.Nesting == 0 && T.isPunctuation(",")) {
    Now.Further = State::BehindComma;
    return;
  }
  Now.FurtherName = T;
  Now.Further = Now.Further == State::BehindComma && T.isName()
                    ? State::BehindName
                    : State::None;
  skipExpression(T);
}

//===----------------------------------------------------------------------===//
// Preprocessor lines
//===----------------------------------------------------------------------===//

OutlineParser::State OutlineParser::copy(const State &S) {
  Copied += S.Header.size() + S.Scopes.size();
  if (Copied > Out.Text.size() + 4 * MaxHeader)
    giveUp();
  return S;
}

/// Skips a branch that is not taken. \returns whether another branch follows;
/// otherwise the whole condition has ended.
bool OutlineParser::skipBranch() {
  Condition &C = Conditions.back();
  unsigned Nested = 0;
  while (true) {
    Token T = Tokens.next();
    if (T.TheKind == Token::End)
      return false;
    if (T.TheKind != Token::Directive)
      continue;
    llvm::StringRef Line = T.Text.trim();
    if (Line.starts_with("if")) {
      ++Nested;
    } else if (Line.starts_with("endif")) {
      if (Nested-- == 0)
        return false;
    } else if (Nested == 0 &&
               (Line.starts_with("elif") || Line.starts_with("else"))) {
      if (Line.consume_front("elif") ? take(C, Line) : take(C, "true"))
        return true;
    }
  }
}

/// Whether a branch of the condition can be compiled. A branch cannot be
/// compiled if its test is literally false, or if it follows a branch whose
/// test is literally true.
bool OutlineParser::take(Condition &C, llvm::StringRef Test) {
  Test = Test.split("//").first.trim();
  bool Takes = !C.WasTrue && Test != "false";
  C.WasTrue |= Test == "true";
  return Takes;
}

void OutlineParser::directive(llvm::StringRef Line) {
  Line = Line.trim();
  bool IsTaken = true;
  if (Line.consume_front("if")) {
    if (Conditions.size() == MaxConditions)
      return giveUp();
    Conditions.push_back({copy(Now), false});
    IsTaken = take(Conditions.back(), Line);
  } else if (Conditions.empty()) {
    return;
  } else if (Line.starts_with("elif") || Line.starts_with("else")) {
    Condition &C = Conditions.back();
    IsTaken = Line.consume_front("elif") ? take(C, Line) : take(C, "true");
  } else if (Line.starts_with("endif")) {
    // Scopes and the header that are open at the end of the last branch stay
    // open.
    Conditions.pop_back();
    return;
  } else {
    return;
  }
  if (IsTaken || skipBranch())
    Now = copy(Conditions.back().Before);
  else if (!Conditions.empty())
    Conditions.pop_back();
}

} // namespace ilbridge::csharp

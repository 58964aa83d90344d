//===- ConditionsTest.cpp - Evaluates preprocessor conditions -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"
#include "gtest/gtest.h"
#include <deque>

using namespace ilbridge::select;

namespace {

class Conditions : public testing::Test {
protected:
  Names::Id name(llvm::StringRef Text) { return Pool.ids(Text)[0]; }
  const Expression &expression(llvm::StringRef Text) {
    return Expressions.emplace_back(parseExpression(Text, Pool));
  }
  /// States that some source defines \p Name, and another one may not.
  void mayDefine(llvm::StringRef Name, llvm::StringRef Body) {
    Macros.addBody(name(Name), expression(Body));
  }
  /// States that the compiler defines \p Name.
  void predefine(llvm::StringRef Name, llvm::StringRef Body) {
    Macros.predefine(name(Name), {false, false, {&expression(Body)}});
  }
  /// Returns "+" if it is true, "-" if it is false, and "?" if both are
  /// possible.
  std::string truth(llvm::StringRef Condition) {
    Truth T = evaluate(expression(Condition), Macros);
    return T.MayHold ? T.MayFail ? "?" : "+" : "-";
  }

  Names Pool;
  std::deque<Expression> Expressions;
  PossibleMacros Macros;
};

} // namespace

TEST_F(Conditions, OfNumbers) {
  EXPECT_EQ(truth("1"), "+");
  EXPECT_EQ(truth("0"), "-");
  EXPECT_EQ(truth("0x10 == 16L && 010 == 8 && 0b11 == 3"), "+");
  EXPECT_EQ(truth("1 + 2 * 3 == 7"), "+");
  EXPECT_EQ(truth("(1 + 2) * 3 == 9"), "+");
  EXPECT_EQ(truth("10 - 2 - 3 == 5"), "+");
  EXPECT_EQ(truth("1 << 4 == 16"), "+");
  EXPECT_EQ(truth("~0 == -1 && !0 && +1"), "+");
  EXPECT_EQ(truth("1 ? 0 : 1"), "-");
  EXPECT_EQ(truth("3 > 2 > 1"), "-");
  EXPECT_EQ(truth("not 0 and 1 or 0"), "+");
}

TEST_F(Conditions, OfMacrosThatNobodyDefines) {
  EXPECT_EQ(truth("defined(A)"), "-");
  EXPECT_EQ(truth("! defined A"), "+");
  EXPECT_EQ(truth("A"), "-");
  EXPECT_EQ(truth("A > 3"), "-");
}

TEST_F(Conditions, OfMacrosThatTheCompilerDefines) {
  predefine("__cplusplus", "201703L");
  predefine("A", "B");
  predefine("B", "2");
  EXPECT_EQ(truth("__cplusplus >= 201103L"), "+");
  EXPECT_EQ(truth("__cplusplus > 202002L"), "-");
  EXPECT_EQ(truth("defined(A) && A == 2"), "+");
}

TEST_F(Conditions, OfMacrosThatSomeSourcesDefine) {
  mayDefine("A", "1");
  EXPECT_EQ(truth("defined(A)"), "?");
  EXPECT_EQ(truth("A"), "?");
  EXPECT_EQ(truth("A > 1"), "?"); // several numbers are not distinguished
  mayDefine("ZERO", "0");
  EXPECT_EQ(truth("ZERO"), "-"); // defined or not
  EXPECT_EQ(truth("defined(ZERO)"), "?");
  predefine("C", "1");
  EXPECT_EQ(truth("C == 1"), "+");
  mayDefine("C", "2");
  EXPECT_EQ(truth("C == 1"), "?");
  EXPECT_EQ(truth("C"), "+");
  Macros.addUndefined(name("C"));
  EXPECT_EQ(truth("C"), "?");
}

TEST_F(Conditions, OfWhichOnePartDecides) {
  EXPECT_EQ(truth("0 && F(1)"), "-");
  EXPECT_EQ(truth("1 || F(1)"), "+");
  EXPECT_EQ(truth("defined(_WIN32) && defined(X) && F(1, (2))"), "-");
  EXPECT_EQ(truth("F(1) ? 1 : 2"), "+");
  EXPECT_EQ(truth("F(1) ? 0 : 0"), "-");
}

TEST_F(Conditions, ThatAreNotUnderstood) {
  for (const char *Text :
       {"F(1)", "__has_include(<x.h>)", "1 2", "", "(1", "1)", "1u == 1", "'a'",
        "1 / 0", "1 << 64", "9223372036854775807 + 1", "1 +", "A ? 1", "\"x\"",
        "99999999999999999999", "1, 2"})
    EXPECT_EQ(truth(Text), "?") << Text;
  Macros.predefine(name("ANY"), {false, true, {}});
  EXPECT_EQ(truth("ANY"), "?");
  EXPECT_EQ(truth("defined(ANY)"), "+");
}

TEST_F(Conditions, TakeBodiesAsTheTokensThatTheyAre) {
  predefine("SUM", "1 + 2");
  predefine("PAIR", "(1) + (2)");
  predefine("WHOLE", "(1 + 2)");
  predefine("MINUS", "-1");
  EXPECT_EQ(truth("SUM"), "+");
  EXPECT_EQ(truth("SUM * 0"), "?");
  EXPECT_EQ(truth("PAIR * 0"), "?");
  EXPECT_EQ(truth("WHOLE * 2 == 6"), "+");
  EXPECT_EQ(truth("MINUS + 1"), "-");
  predefine("EMPTY", "");
  EXPECT_EQ(truth("EMPTY"), "?");
  EXPECT_EQ(truth("defined(EMPTY)"), "+");
}

TEST_F(Conditions, ComeToAnEnd) {
  predefine("LOOP", "LOOP");
  EXPECT_EQ(truth("LOOP"), "?");
  predefine("X", "Y");
  predefine("Y", "X");
  EXPECT_EQ(truth("X"), "?");
  // Each macro may expand to two others.
  for (unsigned I = 0; I != 60; ++I) {
    std::string Next = "M" + std::to_string(I + 1);
    mayDefine("M" + std::to_string(I), Next);
    mayDefine("M" + std::to_string(I), "(" + Next + ")");
  }
  EXPECT_EQ(truth("M0"), "?");
  EXPECT_EQ(truth(std::string(100'000, '(') + "1"), "?");
  EXPECT_EQ(truth(std::string(100'000, '!') + "1"), "?");
}

TEST_F(Conditions, SayWhatMacrosInclude) {
  auto Includes = [&](llvm::StringRef Name) {
    return possibleIncludes(expression(Name), Macros);
  };
  EXPECT_EQ(Includes("HEADER"), std::nullopt);
  mayDefine("HEADER", "\"a.h\"");
  mayDefine("OTHER", "HEADER");
  using Texts = std::vector<llvm::StringRef>;
  EXPECT_EQ(*Includes("OTHER"), Texts({"\"a.h\""}));
  mayDefine("HEADER", "<b.h>");
  EXPECT_EQ(Includes("OTHER")->size(), 2u);
  mayDefine("HEADER", "NAME(x)");
  EXPECT_EQ(Includes("OTHER"), std::nullopt);
}

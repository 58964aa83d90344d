//===- LexerTest.cpp - The tokens of C# -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "csharp/Lexer.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace ilbridge::csharp;
using testing::ElementsAre;

static std::vector<std::string> tokens(llvm::StringRef Text) {
  std::vector<std::string> Result;
  Lexer L(Text);
  for (Token T = L.next(); T.TheKind != Token::End; T = L.next())
    Result.push_back(T.TheKind == Token::Directive ? "#" + T.Text.str()
                                                   : T.Text.str());
  return Result;
}

TEST(Lexer, CommentsAreNoTokens) {
  EXPECT_THAT(tokens("a // } \n b /* { \n */ c"), ElementsAre("a", "b", "c"));
}

TEST(Lexer, StringsEndWhereTheyAreClosed) {
  EXPECT_THAT(tokens(R"("a\"}" b)"), ElementsAre(R"("a\"}")", "b"));
  EXPECT_THAT(tokens(R"cs(@"a\" b)cs"), ElementsAre(R"cs(@"a\")cs", "b"));
  EXPECT_THAT(tokens(R"cs(@"a""b" c)cs"), ElementsAre(R"cs(@"a""b")cs", "c"));
  EXPECT_THAT(tokens(R"cs("" b)cs"), ElementsAre(R"cs("")cs", "b"));
  EXPECT_THAT(tokens("'\"' a '\\'' b"), ElementsAre("'\"'", "a", "'\\''", "b"));
}

TEST(Lexer, VerbatimStringsHaveLines) {
  EXPECT_THAT(tokens("@\"a\n}\n\" b"), ElementsAre("@\"a\n}\n\"", "b"));
}

TEST(Lexer, AnUnclosedStringEndsWithItsLine) {
  EXPECT_THAT(tokens("\"a }\nb"), ElementsAre("\"a }", "b"));
}

TEST(Lexer, RawStringsEndAtAsManyQuotes) {
  EXPECT_THAT(tokens("\"\"\"\n a \"\" } \n\"\"\" b"),
              ElementsAre("\"\"\"\n a \"\" } \n\"\"\"", "b"));
  EXPECT_THAT(tokens("\"\"\"\"x\"\"\"x\"\"\"\" b"),
              ElementsAre("\"\"\"\"x\"\"\"x\"\"\"\"", "b"));
}

TEST(Lexer, InterpolatedStringsHaveExpressions) {
  for (llvm::StringRef Text :
       {R"cs($"a {b["x"]} c")cs", R"cs($"{{not a hole")cs",
        R"cs($"{(c ? "}" : "{")}")cs", R"cs($"{d:hh':'mm}")cs",
        R"cs($"{global::A.B}")cs", R"cs($"{$"{"deep"}"}")cs", R"cs($@"{a}\")cs",
        R"cs(@$"""{a}")cs", R"cs($"{x /* " */}")cs",
        R"cs($"""{a} " {b["c"]}""")cs", R"cs($$"""{no} {{a["x"]}}""")cs"})
    EXPECT_THAT(tokens(Text.str() + " b"), ElementsAre(Text.str(), "b"))
        << Text.str();
}

TEST(Lexer, StringsThatNestTooDeepEndTheText) {
  std::string Text;
  for (int I = 0; I != 100; ++I)
    Text += "$\"{";
  Lexer L(Text);
  while (L.next().TheKind != Token::End)
    ;
  EXPECT_TRUE(L.hasGivenUp());
}

TEST(Lexer, PreprocessorLinesAreWholeLines) {
  EXPECT_THAT(tokens("#if A // it's \"\n  # endif\na # b"),
              ElementsAre("#if A // it's \"", "# endif", "a", "#", "b"));
}

TEST(Lexer, NamesAreToldFromKeywords) {
  Lexer L("class @class");
  EXPECT_TRUE(L.next().isWord("class"));
  Token T = L.next();
  EXPECT_FALSE(T.isWord("class"));
  EXPECT_TRUE(T.isName());
  EXPECT_EQ(T.Text, "class");
}

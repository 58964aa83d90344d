//===- DirectivesTest.cpp - Finds the directives of a text ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Directives.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge::native;
using testing::ElementsAre;
using testing::IsEmpty;

/// Returns the macros that \p Text defines.
static std::vector<std::string> defined(llvm::StringRef Text) {
  std::vector<std::string> Names;
  for (const Directives::Definition &D : directives(Text).Definitions)
    Names.push_back(D.Name.str());
  return Names;
}

TEST(Directives, BeginLines) {
  EXPECT_THAT(defined("#define A 1\nint x;\n  #\tdefine B\n# define C"),
              ElementsAre("A", "B", "C"));
  EXPECT_THAT(defined("int x; #define A\nx # define B"), IsEmpty());
  EXPECT_THAT(defined("/* a */ #define A\n/* b\n */ #define B\n"),
              ElementsAre("A", "B"));
  EXPECT_THAT(defined("#define A 1\r\n#define B 2\r\n"), ElementsAre("A", "B"));
  EXPECT_THAT(defined("#\n#define A\n#"), ElementsAre("A"));
}

TEST(Directives, AreNoPartsOfComments) {
  EXPECT_THAT(defined("/*\n#define A\n*/\n#define B"), ElementsAre("B"));
  EXPECT_THAT(defined("// one \\\n#define A\n#define B"), ElementsAre("B"));
  EXPECT_THAT(defined("// one \\\r\n#define A\r\n#define B"), ElementsAre("B"));
  EXPECT_THAT(defined("int x; /* open\n#define A"), IsEmpty());
  EXPECT_THAT(defined("#define A /* on\n two lines */ 1\n#define B"),
              ElementsAre("A", "B"));
}

TEST(Directives, AreNoPartsOfLiterals) {
  EXPECT_THAT(defined("char *s = \"/*\";\n#define A\nchar *t = \"*/\";"),
              ElementsAre("A"));
  EXPECT_THAT(defined("char *s = \"a\\\"/*\";\n#define A"), ElementsAre("A"));
  EXPECT_THAT(defined("char c = '\"';\n#define A\nchar d = '\"';"),
              ElementsAre("A"));
  EXPECT_THAT(defined("char c = '\\'';\n#define A"), ElementsAre("A"));
  EXPECT_THAT(defined("char *s = \"a\\\n#define A\";\n#define B"),
              ElementsAre("B"));
}

TEST(Directives, AreNoPartsOfRawStrings) {
  EXPECT_THAT(defined("auto s = R\"x(\n#define A\n)\" )x\";\n#define B"),
              ElementsAre("B"));
  EXPECT_THAT(defined("auto s = u8R\"(\n#define A\n)\";\n#define B"),
              ElementsAre("B"));
  // An identifier that ends with R does not begin a raw string.
  EXPECT_THAT(defined("f(MAKER\"(\");\n#define A\n"), ElementsAre("A"));
  EXPECT_THAT(defined("auto s = R\"("), IsEmpty());
}

TEST(Directives, FollowWhatIsNoLiteral) {
  EXPECT_THAT(defined("int x = 1'000;\n#define A"), ElementsAre("A"));
  EXPECT_THAT(defined("int x = 1'000'000; /*\n#define A\n*/\n#define B"),
              ElementsAre("B"));
  EXPECT_THAT(defined("#if 0\nit's\n#endif\n#define A"), ElementsAre("A"));
  EXPECT_THAT(defined("#error it's\n#define A"), ElementsAre("A"));
  EXPECT_THAT(defined("a / b\n#define A\n\"open\n#define B"),
              ElementsAre("A", "B"));
}

TEST(Directives, LinesGoOn) {
  EXPECT_THAT(defined("int x; \\\n#define A\n#define B"), ElementsAre("B"));
  EXPECT_THAT(defined("#define A \\\n  1\n#define B"), ElementsAre("A", "B"));
}

TEST(Directives, BranchesKeepTheirPlaces) {
  llvm::StringRef Text =
      "/* # */\n#if X\nint a; // #\n#else\nint b;\n#endif\nint c;";
  Directives D = directives(Text);
  ASSERT_EQ(D.Branches.size(), 2u);
  EXPECT_EQ(D.branchAt(Text.find("int a")), 0);
  EXPECT_EQ(D.branchAt(Text.find("int b")), 1);
  EXPECT_EQ(D.branchAt(Text.find("int c")), -1);
  EXPECT_EQ(Text.substr(D.Branches[0].Begin, 5), "#if X");
}

/// Returns the identifiers of \p Text.
static std::vector<std::string> identifiers(llvm::StringRef Text) {
  std::vector<std::string> Names;
  visitIdentifiers(Text,
                   [&](llvm::StringRef Name) { Names.push_back(Name.str()); });
  return Names;
}

TEST(Identifiers, AreNoPartsOfCommentsAndLiterals) {
  EXPECT_THAT(identifiers("const char *a /* b */ , c // d\n e"),
              ElementsAre("const", "char", "a", "c", "e"));
  EXPECT_THAT(identifiers("a \"b \\\" c\" d 'e' f"),
              ElementsAre("a", "d", "f"));
  EXPECT_THAT(identifiers("R\"x(a)\" b)x\" c L\"d\" u8'e' MAKER\"f\""),
              ElementsAre("c", "MAKER"));
  EXPECT_THAT(identifiers("a // b \\\n c\nd /* e"), ElementsAre("a", "d"));
}

TEST(Identifiers, AreNoNumbers) {
  EXPECT_THAT(identifiers("0x1f 1'000 10ul 1e5 x1 2"), ElementsAre("x1"));
}

//===- CodeTest.cpp - The code of a file ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Code.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge::select;
using testing::Contains;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::UnorderedElementsAre;

namespace {

struct Read {
  Names Pool;
  Code C;
  explicit Read(llvm::StringRef Text) : C(readCode(Text, Pool)) {}

  std::vector<std::string> texts(llvm::ArrayRef<Names::Id> IDs) const {
    std::vector<std::string> Result;
    for (Names::Id ID : IDs)
      Result.push_back(Pool.text(ID).str());
    return Result;
  }
};

/// Returns the names that \p Text may declare for the following code.
std::vector<std::string> provided(llvm::StringRef Text) {
  Read R(Text);
  return R.texts(R.C.Provides);
}

/// Returns the names that it uses and does not declare.
std::vector<std::string> needed(llvm::StringRef Text) {
  Read R(Text);
  std::vector<std::string> Needs = R.texts(R.C.Needs);
  for (const std::string &Name : R.texts(R.C.Declares))
    llvm::erase(Needs, Name);
  return Needs;
}

} // namespace

TEST(Code, ProvidesWhatItDeclares) {
  EXPECT_THAT(provided("typedef int T;"), Contains("T"));
  EXPECT_THAT(provided("typedef void (*T)(int);"), Contains("T"));
  EXPECT_THAT(provided("typedef struct { int x; } T;"), Contains("T"));
  EXPECT_THAT(provided("using T = int;"), Contains("T"));
  EXPECT_THAT(provided("struct T { int x; };"), Contains("T"));
  EXPECT_THAT(provided("enum class T { One };"), Contains("T"));
  EXPECT_THAT(provided("enum { One, Two = 2 };"), IsSupersetOf({"One", "Two"}));
  EXPECT_THAT(provided("const int N = 4;"), Contains("N"));
  EXPECT_THAT(provided("namespace a { struct T; }"), Contains("T"));
  EXPECT_THAT(provided("extern \"C\" { struct T; }"), Contains("T"));
  EXPECT_THAT(provided("template <typename A> class T;"), Contains("T"));
}

TEST(Code, ProvidesNothingThatIsSeenInsideOnly) {
  EXPECT_THAT(provided("struct S { int member; };"), Not(Contains("member")));
  EXPECT_THAT(provided("void f() { int local = 0; }"), Not(Contains("local")));
}

TEST(Code, NeedsWhatOthersDeclare) {
  EXPECT_THAT(needed("void f(T a);"), UnorderedElementsAre("T"));
  EXPECT_THAT(needed("void f(const T &a);"), Contains("T"));
  EXPECT_THAT(needed("struct S { T a; int b[N]; };"), IsSupersetOf({"T", "N"}));
  EXPECT_THAT(needed("struct T; void f(T *a, int b);"), IsEmpty());
  EXPECT_THAT(needed("typedef U T; void f(T a);"), Contains("U"));
}

TEST(Code, SeesWhatStandsBeforeEachInclude) {
  Read R("#include \"a.h\"\ntypedef int T;\n#include \"b.h\"\n");
  ASSERT_EQ(R.C.Includes.size(), 2u);
  EXPECT_THAT(R.C.Includes[0].Names, IsEmpty());
  EXPECT_THAT(R.texts(R.C.Includes[1].Names), UnorderedElementsAre("T"));
  Read Other("#include \"a.h\"\ntypedef char T;\n#include \"b.h\"\n");
  EXPECT_EQ(R.C.Includes[0].Digest, Other.C.Includes[0].Digest);
  EXPECT_NE(R.C.Includes[1].Digest, Other.C.Includes[1].Digest);
  // Function bodies do not affect the code after them.
  Read One("int f() { return 1; }\n#include \"b.h\"\n");
  Read Two("int f() { return 2; }\n#include \"b.h\"\n");
  EXPECT_EQ(One.C.Includes[0].Digest, Two.C.Includes[0].Digest);
}

TEST(Code, SeesWhatChangesAllThatFollows) {
  auto IsOpen = [](llvm::StringRef Text) { return Read(Text).C.Whole.IsOpen; };
  EXPECT_FALSE(IsOpen("namespace a { int x; }"));
  EXPECT_TRUE(IsOpen("namespace a {"));
  EXPECT_TRUE(IsOpen("#pragma pack(push, 1)\n"));
  EXPECT_FALSE(IsOpen("#pragma once\n#pragma GCC diagnostic push\n"));
  EXPECT_TRUE(IsOpen("#pragma clang attribute push(x)\n"));
  EXPECT_TRUE(IsOpen("using namespace std;"));
  EXPECT_FALSE(IsOpen("using std::string;"));
}

TEST(Code, TakesAnything) {
  for (const char *Text : {"}}}}", "#", "#include", "enum {", "typedef", "\"",
                           "R\"(", "struct", "{ } } {", "using", "#pragma"})
    Read R(Text);
}

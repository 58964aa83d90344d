//===- PreamblesTest.cpp - Precompiled leading includes -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Preambles.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge::native;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(LeadingIncludes, AreNamesAndTheLineBehindEach) {
  LeadingIncludes Found = leadingIncludes("// What it is.\n"
                                          "#include \"a.h\"\n"
                                          "\n"
                                          " #  include <b.h> // why\n"
                                          "int x;\n"
                                          "#include <c.h>\n");
  EXPECT_THAT(Found.Names, ElementsAre("\"a.h\"", "<b.h>"));
  EXPECT_THAT(Found.Ends, ElementsAre(30, 56));
}

TEST(LeadingIncludes, EndBeforeEveryOtherDirective) {
  for (const char *Directive :
       {"#define A", "#pragma once", "#include A", "#include_next <a.h>",
        "#import <a.h>", "#if 1", "#include <a.h> /* and\n*/"}) {
    std::string Text = std::string("#include <first.h>\n") + Directive +
                       "\n#include <last.h>\n";
    EXPECT_THAT(leadingIncludes(Text).Names, ElementsAre("<first.h>"))
        << Directive;
  }
}

TEST(LeadingIncludes, AreWholeLines) {
  EXPECT_THAT(leadingIncludes("#include <a.h>").Names, IsEmpty());
  EXPECT_THAT(leadingIncludes("#include <a.h> int x;\n").Names, IsEmpty());
  EXPECT_THAT(leadingIncludes("#include <a\\\n.h>\n").Names, IsEmpty());
}

namespace {

/// Sources in a folder with a few headers, which are scanned one after the
/// other.
class Tree : public testing::Test {
protected:
  Tree() {
    add("plain.h", "struct Plain { int x; };\n");
    add("more.h", "struct More { int x; };\n");
    add("annotated.h",
        "__attribute__((annotate(\"ilbridge.export\"))) void Act();\n");
    add("indirect.h", "#include \"annotated.h\"\n");
    add("broken.h", "struct Broken { Unknown x; };\n");
  }

  void add(llvm::StringRef Name, llvm::StringRef Text) {
    Files->addFile("/src/" + Name, 0,
                   llvm::MemoryBuffer::getMemBufferCopy(Text));
  }

  /// Scans the next source, with the text \p Text. \returns its part in a
  /// preamble.
  std::string next(llvm::StringRef Text) {
    std::string Source = "/src/source" + std::to_string(Count++) + ".cpp";
    std::vector<std::string> Args = {"clang++", "-fsyntax-only", Source};
    Preambles::Use Use = Shared.find(Args, Source, Text, Files);
    EXPECT_EQ(Use.Begin == nullptr, Use.Offset == 0);
    return Text.take_front(Use.Offset).str();
  }
  /// Scans the fourth source, which is the first one with a preamble.
  std::string fourth(llvm::StringRef Text) {
    for (int I = 0; I != 3; ++I)
      EXPECT_EQ(next(Text), "");
    return next(Text);
  }

  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> Files =
      llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Preambles Shared;
  int Count = 0;
};

} // namespace

TEST_F(Tree, TheFourthSourceHasAPreamble) {
  EXPECT_EQ(fourth("#include \"plain.h\"\nint x;\n"), "#include \"plain.h\"\n");
}

TEST_F(Tree, APreambleIsTheLongestThatEnoughHaveInCommon) {
  next("#include \"plain.h\"\n#include \"more.h\"\n");
  next("#include \"plain.h\"\n#include \"more.h\"\n");
  next("#include \"plain.h\"\n");
  EXPECT_EQ(next("#include \"plain.h\"\n#include \"more.h\"\n"),
            "#include \"plain.h\"\n");
}

TEST_F(Tree, ALongerOneIsMadeWhenItIsWorthIt) {
  fourth("#include \"plain.h\"\n");
  std::string Both = "#include \"plain.h\"\n#include \"more.h\"\n";
  for (int I = 0; I != 23; ++I)
    EXPECT_EQ(next(Both), "#include \"plain.h\"\n");
  EXPECT_EQ(next(Both), Both);
}

TEST_F(Tree, WhatIsBetweenDirectivesDoesNotCount) {
  next("// one\n#include \"plain.h\"\n");
  next("/* two */\n\n#include \"plain.h\"\n");
  next("#include \"plain.h\" // three\n");
  EXPECT_EQ(next("// four\n#include \"plain.h\"\nint x;"),
            "// four\n#include \"plain.h\"\n");
}

TEST_F(Tree, APreambleEndsBeforeAnnotations) {
  std::string Text = "#include \"plain.h\"\n#include \"indirect.h\"\n"
                     "#include \"more.h\"\n";
  EXPECT_EQ(fourth(Text), "");
  EXPECT_EQ(next(Text), "#include \"plain.h\"\n");
}

TEST_F(Tree, WhatDoesNotCompileIsNoPreamble) {
  std::string Text = "#include \"broken.h\"\n";
  EXPECT_EQ(fourth(Text), "");
  EXPECT_EQ(next(Text), "");
  std::string Missing = "#include \"missing.h\"\n";
  EXPECT_EQ(fourth(Missing), "");
}

namespace {

class KeepsAll : public PreambleStore {
public:
  std::shared_ptr<const Preamble> get(llvm::StringRef Name) override {
    auto Found = All.find(Name);
    return Found == All.end() ? nullptr
                              : std::make_shared<Preamble>(Found->second);
  }
  void put(llvm::StringRef Name, const Preamble &P) override {
    All.try_emplace(Name, P);
  }
  llvm::StringMap<Preamble> All;
};

} // namespace

TEST_F(Tree, WhatIsKeptServesTheFirstSourceOfALaterRun) {
  std::string Text = "#include \"plain.h\"\nint x;\n";
  std::vector<std::string> Args = {"clang++", "-fsyntax-only", "/src/a.cpp"};
  KeepsAll Kept;
  Preambles First(&Kept), Later(&Kept);
  for (int I = 0; I != 4; ++I)
    First.find(Args, "/src/a.cpp", Text, Files);
  ASSERT_EQ(Kept.All.size(), 1u);
  EXPECT_THAT(Kept.All.begin()->second.Asked->files(),
              ElementsAre("/src/plain.h"));
  EXPECT_EQ(Later.find(Args, "/src/a.cpp", Text, Files).Offset, 19u);
  // A different command has a different preamble.
  Args.push_back("-DMORE");
  EXPECT_FALSE(Later.find(Args, "/src/a.cpp", Text, Files).Begin);
}

TEST_F(Tree, CommandsThatIncludeMoreHaveNone) {
  std::string Text = "#include \"plain.h\"\n";
  for (int I = 0; I != 5; ++I) {
    std::string Source = "/src/source" + std::to_string(I) + ".cpp";
    std::vector<std::string> Args = {"clang++", "-fsyntax-only", "-include",
                                     "/src/more.h", Source};
    EXPECT_FALSE(Shared.find(Args, Source, Text, Files).Begin);
  }
}

TEST_F(Tree, CommandsOfOtherMacrosShareNothing) {
  std::string Text = "#include \"plain.h\"\n";
  for (int I = 0; I != 5; ++I) {
    std::string Source = "/src/source" + std::to_string(I) + ".cpp";
    std::vector<std::string> Args = {"clang++", "-fsyntax-only",
                                     "-DN=" + std::to_string(I), Source};
    EXPECT_FALSE(Shared.find(Args, Source, Text, Files).Begin);
  }
}

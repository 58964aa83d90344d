//===- SelectionTest.cpp - Which sources have to be parsed --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/select/Selection.h"
#include "llvm/Testing/Support/SupportHelpers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <fstream>

using namespace ilbridge;
using namespace ilbridge::select;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

static const std::string Annotated =
    "#pragma once\n[[clang::annotate(\"ilbridge.export\")]] int f();\n";

namespace {

/// Sources in a separate folder.
class Selected : public testing::Test {
protected:
  void header(const std::string &Name, const std::string &Text) {
    std::ofstream(Root + "/" + Name) << Text;
  }
  void source(const std::string &Name, const std::string &Text,
              std::vector<std::string> Flags = {}) {
    header(Name, Text);
    std::vector<std::string> Line{"clang++"};
    Line.insert(Line.end(), Flags.begin(), Flags.end());
    Line.insert(Line.end(), {"-c", Name});
    Sources.push_back(Name);
    Inputs.push_back({});
    Inputs.back().Command = {Root, Root + "/" + Name, Line, ""};
  }
  Selection select(bool EverySource = false) {
    SelectionOptions Options;
    Options.Root = Root;
    Options.EverySource = EverySource;
    Options.Jobs = 1;
    return selectSources(Inputs, Options);
  }
  /// Returns the names of the selected sources.
  std::vector<std::string> names(const Selection &S) {
    std::vector<std::string> Result;
    for (unsigned I : S.IsChosen.set_bits())
      Result.push_back(Sources[I]);
    return Result;
  }

  llvm::unittest::TempDir Folder{"selection", /*Unique=*/true};
  std::string Root = Folder.path().str();
  std::vector<std::string> Sources;
  std::vector<command::SourceCommand> Inputs;
};

} // namespace

TEST_F(Selected, AreSourcesThatAnnotate) {
  source("a.cpp", Annotated);
  source("b.cpp", "int g();\n");
  Selection S = select();
  EXPECT_THAT(names(S), ElementsAre("a.cpp"));
  EXPECT_THAT(S.Why, ElementsAre("it annotates functions", ""));
}

TEST_F(Selected, IsOneOfTheSourcesThatSeeTheSameHeader) {
  header("game.h", Annotated);
  source("a.cpp", "#include \"game.h\"\nint a;\n");
  source("game.cpp", "#include \"game.h\"\nint b;\n");
  source("other.cpp", "int c;\n");
  Selection S = select();
  EXPECT_THAT(names(S), ElementsAre("game.cpp"));
  EXPECT_EQ(S.Why[1], "it includes game.h, as one other source does");
  EXPECT_THAT(names(select(/*EverySource=*/true)),
              ElementsAre("a.cpp", "game.cpp"));
}

/// A macro that the header reads makes two states of it.
TEST_F(Selected, AreSeveralIfTheHeaderDependsOnMacros) {
  header("game.h", Annotated + "#ifdef SERVER\nint server();\n#endif\n");
  source("a.cpp", "#include \"game.h\"\n");
  source("b.cpp", "#define SERVER\n#include \"game.h\"\n");
  source("c.cpp", "#define UNRELATED\n#include \"game.h\"\n");
  std::vector<std::string> Names = names(select());
  ASSERT_EQ(Names.size(), 2u);
  EXPECT_EQ(Names[1] == "b.cpp" || Names[0] == "b.cpp", true);
}

TEST_F(Selected, AreNoneIfTheIncludeIsNotCompiled) {
  header("game.h", Annotated);
  source("a.cpp", "#if 0\n#include \"game.h\"\n#endif\n");
  EXPECT_THAT(names(select()), IsEmpty());
  source("b.cpp", "#ifdef GAME\n#include \"game.h\"\n#endif\n", {"-DGAME"});
  EXPECT_THAT(names(select()), ElementsAre("b.cpp"));
}

TEST_F(Selected, DependOnTheOutlinesOfFiles) {
  header("game.h", Annotated);
  source("a.cpp", "#include \"game.h\"\nint a;\n");
  Selection S = select();
  auto Changed = [&] {
    std::vector<std::string> Result;
    for (const OutlinedFile &F : S.Files)
      if (outlineDigest(F.Path, F.Depth, S.Annotating, {}) != F.Outline)
        Result.push_back(F.Path.substr(Root.size() + 1));
    return Result;
  };
  EXPECT_THAT(Changed(), IsEmpty());
  header("a.cpp", "#include \"game.h\"\nint a = 1; // comment\n");
  EXPECT_THAT(Changed(), IsEmpty());
  header("a.cpp", "int a;\n");
  header("game.h", Annotated + "#include \"more.h\"\n");
  EXPECT_THAT(Changed(), UnorderedElementsAre("a.cpp", "game.h"));
}

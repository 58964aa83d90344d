//===- InputsTest.cpp - The inputs of a task ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Inputs.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge::cache;
using testing::ElementsAre;

static QueryResult file(llvm::StringRef Text, unsigned Number = 1) {
  return {FileKind::File, llvm::sys::fs::UniqueID(0, Number), digest(Text)};
}

TEST(Inputs, AreFoundByWhatTheyAreAbout) {
  Inputs Asked;
  Asked.add(Query::Kind, "/a/./b", {});
  Asked.add(Query::Variable, "CPATH", {});
  Inputs::Items All = *Asked.all();
  EXPECT_EQ(All.size(), 2u);
  EXPECT_TRUE(All.count("/a/b"));
  std::string Key = Inputs::key(Query::Variable, "CPATH");
  EXPECT_TRUE(All.count(Key));
  EXPECT_EQ(Inputs::subject(Query::Variable, Key), "CPATH");
}

TEST(Inputs, KeepTheStrongestQuestion) {
  Inputs Asked;
  Asked.add(Query::Content, "/a", file("x"));
  QueryResult Kind = file("");
  Kind.Text = "";
  Asked.add(Query::Kind, "/a", Kind);
  Inputs::Items All = *Asked.all();
  EXPECT_EQ(All["/a"].Asked, Query::Content);
  EXPECT_EQ(All["/a"].Got.Text, digest("x"));
}

TEST(Inputs, CannotStandForWorkThatGotTwoAnswers) {
  Inputs Text;
  Text.add(Query::Content, "/a", file("x"));
  EXPECT_TRUE(Text.all());
  Text.add(Query::Content, "/a", file("y"));
  EXPECT_FALSE(Text.all());

  Inputs Kind; // it has appeared
  Kind.add(Query::Kind, "/a", {});
  Kind.add(Query::Content, "/a", file("x"));
  EXPECT_FALSE(Kind.all());

  Inputs Replaced; // by a file with the same content
  Replaced.add(Query::Content, "/a", file("x", 1));
  Replaced.add(Query::Content, "/a", file("x", 2));
  EXPECT_FALSE(Replaced.all());
}

TEST(Inputs, CannotStandForWorkThatReadAPipe) {
  Inputs Asked;
  Asked.add(Query::Kind, "/pipe", {FileKind::Other, {}, {}});
  EXPECT_TRUE(Asked.all());
  Asked.add(Query::Content, "/pipe", {FileKind::Other, {}, digest("x")});
  EXPECT_FALSE(Asked.all());
}

TEST(Inputs, HaveThoseOfParts) {
  auto Part = std::make_shared<Inputs>();
  Part->add(Query::Content, "/part", file("x"));
  Inputs Whole;
  Whole.add(Part);
  Whole.add(Part);
  EXPECT_EQ(Whole.parts().size(), 1u);
  EXPECT_TRUE(Whole.all()->count("/part"));
  Whole.add(Query::Content, "/part", file("y"));
  EXPECT_FALSE(Whole.all());
}

TEST(Inputs, LeaveWhatWasWritten) {
  auto Scan = std::make_shared<Inputs>();
  Scan->add(Query::Content, "/source", file("before"));
  Inputs Run;
  Run.add(Query::Output, "/out", {});
  Run.add(Scan);
  Run.addWritten("/source", file("after", 2));
  Run.addWritten("/out", file("text", 3));
  Inputs::Items All = *Run.all();
  EXPECT_EQ(All["/source"].Got.Text, digest("after"));
  EXPECT_EQ(All["/out"].Got.Text, digest("text"));
  // A build watches what was read, and not what was only written.
  EXPECT_THAT(Run.files(), ElementsAre("/source"));
}

TEST(Inputs, AreWatchedWhereTheyCouldBeRead) {
  Inputs Asked;
  QueryResult There = file("");
  There.Text = "";
  Asked.add(Query::Opened, "/opened", There);
  Asked.add(Query::Kind, "/seen", There);
  Asked.add(Query::Content, "/read", file("x"));
  Asked.add(Query::Opened, "/missing", {});
  EXPECT_THAT(Asked.files(), ElementsAre("/opened", "/read"));
}

//===- FileStatesTest.cpp - Current states of files ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/FileStates.h"
#include "llvm/Testing/Support/SupportHelpers.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>

using namespace ilbridge::cache;
namespace fs = std::filesystem;

namespace {

class States : public testing::Test {
protected:
  std::string path(const std::string &Name) const { return Root + "/" + Name; }
  void write(const std::string &Name, const std::string &Text) const {
    std::ofstream(path(Name)) << Text;
  }
  /// Returns what a new run finds out about the content of a file.
  Digest content(const std::string &Name) const {
    return FileStates("").query(Query::Content, path(Name)).Text;
  }
  llvm::unittest::TempDir Folder{"states", /*Unique=*/true};
  std::string Root = Folder.path().str();
};

llvm::sys::TimePoint<> at(int64_t Nanoseconds) {
  return llvm::sys::TimePoint<>(std::chrono::nanoseconds(Nanoseconds));
}

} // namespace

TEST_F(States, HaveTheKindOfAPath) {
  write("a.h", "text");
  FileStates Files("");
  EXPECT_EQ(Files.query(Query::Kind, path("a.h")).Kind, FileKind::File);
  EXPECT_EQ(Files.query(Query::Kind, Root).Kind, FileKind::Folder);
  EXPECT_EQ(Files.query(Query::Kind, path("b.h")).Kind, FileKind::None);
  EXPECT_EQ(Files.query(Query::Kind, "/dev/null").Kind, FileKind::Other);
}

TEST_F(States, HaveTheContent) {
  write("a.h", "text");
  Digest Before = content("a.h");
  EXPECT_EQ(Before, digest("text"));
  write("a.h", "other");
  EXPECT_NE(content("a.h"), Before);
  EXPECT_EQ(content("b.h"), "");
}

TEST_F(States, OfAFolderHaveItsNames) {
  fs::create_directory(path("folder"));
  Digest Empty = content("folder");
  write("folder/a.h", "1");
  Digest One = content("folder");
  EXPECT_NE(One, Empty);
  write("folder/a.h", "2");
  EXPECT_EQ(content("folder"), One);
}

/// A run sees one state of a file, even if the file changes during the run.
TEST_F(States, AreThoseOfTheFirstQuery) {
  write("a.h", "1");
  FileStates Files("");
  Digest Before = Files.query(Query::Content, path("a.h")).Text;
  write("a.h", "2");
  EXPECT_EQ(Files.query(Query::Content, path("a.h")).Text, Before);
}

TEST_F(States, AreStoredForFilesThatRest) {
  write("a.h", "text");
  auto Old = fs::last_write_time(path("a.h")) - std::chrono::hours(1);
  fs::last_write_time(path("a.h"), Old);
  while (!isSettled(stampOf(path("a.h")), std::chrono::system_clock::now()))
    ;
  std::string Table = path("table");
  {
    FileStates Files(Table);
    Files.query(Query::Content, path("a.h"));
    Files.save();
  }
  ASSERT_TRUE(fs::exists(Table));
  EXPECT_EQ(FileStates(Table).query(Query::Content, path("a.h")).Text,
            digest("text"));
  // The stamp is another one, although the size and the time are the same.
  write("a.h", "TEXT");
  fs::last_write_time(path("a.h"), Old);
  EXPECT_EQ(FileStates(Table).query(Query::Content, path("a.h")).Text,
            digest("TEXT"));
}

TEST_F(States, OfADamagedTableAreNotUsed) {
  write("a.h", "text");
  write("table", "broken\nilbridge file states 2\n");
  EXPECT_EQ(FileStates(path("table")).query(Query::Content, path("a.h")).Text,
            digest("text"));
}

/// Two changes within the resolution of the file system have one time.
TEST(Stamps, AreSettledAfterTheResolutionOfTheirTimes) {
  constexpr int64_t Second = 1'000'000'000, Now = 1'000 * Second + 7;
  FileStamp S;
  S.Modified = S.Changed = Now - Second / 10;
  EXPECT_TRUE(isSettled(S, at(Now)));
  S.Changed = Now - Second / 100;
  EXPECT_FALSE(isSettled(S, at(Now)));
  // The file system counts in seconds.
  S.Modified = S.Changed = 999 * Second;
  EXPECT_FALSE(isSettled(S, at(Now)));
  S.Modified = S.Changed = 997 * Second;
  EXPECT_TRUE(isSettled(S, at(Now)));
  // A program has set a time in the future.
  S.Modified = Now + 500 * Second;
  EXPECT_TRUE(isSettled(S, at(Now)));
}

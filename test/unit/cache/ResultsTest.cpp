//===- ResultsTest.cpp - Cached results of tasks --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Results.h"
#include "ilbridge/cache/Recording.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Testing/Support/SupportHelpers.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>

using namespace ilbridge::cache;

namespace {

/// A task in a separate folder.
class Work : public testing::Test {
protected:
  Work() {
    std::filesystem::create_directory(Root);
    Kept = Store(path("cache"));
    write("own", "own");
    write("a.h", "1");
  }

  std::string path(llvm::StringRef Name) const {
    return Root + "/" + Name.str();
  }
  void write(llvm::StringRef Name, llvm::StringRef Text) const {
    std::ofstream(path(Name)) << Text.str();
  }

  /// Performs the task, which reads the files, and stores the result.
  void keep(llvm::ArrayRef<const char *> Reads, llvm::StringRef Result) {
    auto Asked = std::make_shared<Inputs>();
    auto Disk = recording(llvm::vfs::getRealFileSystem(), Asked);
    for (const char *Name : Reads)
      (void)Disk->getBufferForFile(path(Name));
    (void)Disk->getBufferForFile(path("own"));
    FileStates Files("");
    Results(Kept, Files, Root).keep("work", path("own"), *Asked, Result);
  }

  /// Returns the result that a later run finds.
  std::optional<std::string> find() {
    FileStates Files("");
    Found = std::make_shared<Inputs>();
    return Results(Kept, Files, Root).find("work", path("own"), *Found);
  }

  llvm::unittest::TempDir Folder{"results", /*Unique=*/true};
  std::string Root = Folder.path("work").str().str();
  Store Kept{""};
  std::shared_ptr<Inputs> Found;
};

} // namespace

TEST_F(Work, IsFoundWhileAnswersStay) {
  EXPECT_EQ(find(), std::nullopt);
  keep({"a.h", "missing.h"}, "result");
  EXPECT_EQ(find(), "result");
  EXPECT_TRUE(Found->all()->count(path("a.h")));
  EXPECT_TRUE(Found->all()->count(path("own")));
}

TEST_F(Work, IsDoneAgainWhereAnAnswerChanges) {
  keep({"a.h", "missing.h"}, "result");
  write("a.h", "2");
  EXPECT_EQ(find(), std::nullopt);
  write("a.h", "1");
  EXPECT_EQ(find(), "result");
  write("own", "other");
  EXPECT_EQ(find(), std::nullopt);
  write("own", "own");
  write("missing.h", "");
  EXPECT_EQ(find(), std::nullopt);
}

TEST_F(Work, IsFoundOnEachOfItsWays) {
  keep({"a.h"}, "one");
  write("a.h", "2");
  write("b.h", "");
  keep({"a.h", "b.h"}, "two");
  EXPECT_EQ(find(), "two");
  write("a.h", "1");
  EXPECT_EQ(find(), "one");
}

TEST_F(Work, IsFoundInAnotherCheckout) {
  keep({"a.h", "missing.h"}, "result");
  std::string Moved = Folder.path("moved").str().str();
  std::filesystem::rename(Root, Moved);
  Root = Moved;
  Kept = Store(path("cache"));
  EXPECT_EQ(find(), "result");
}

TEST_F(Work, AsksForVariables) {
  auto Asked = std::make_shared<Inputs>();
  Asked->add(Query::Variable, "ILBRIDGE_TEST", {});
  FileStates Files("");
  Results(Kept, Files, Root).keep("work", "", *Asked, "result");
  auto Find = [&] {
    FileStates Now("");
    Inputs All;
    return Results(Kept, Now, Root).find("work", "", All);
  };
  EXPECT_EQ(Find(), "result");
  setenv("ILBRIDGE_TEST", "1", 1);
  EXPECT_EQ(Find(), std::nullopt);
  unsetenv("ILBRIDGE_TEST");
}

TEST_F(Work, KnowsWhichFilesAreOne) {
  write("b.h", "1");
  keep({"a.h", "b.h"}, "two files");
  std::filesystem::remove(path("b.h"));
  std::filesystem::create_hard_link(path("a.h"), path("b.h"));
  EXPECT_EQ(find(), std::nullopt);
  keep({"a.h", "b.h"}, "one file");
  EXPECT_EQ(find(), "one file");
  std::filesystem::remove(path("b.h"));
  write("b.h", "1");
  EXPECT_EQ(find(), "two files");
}

TEST_F(Work, HasParts) {
  auto Part = std::make_shared<Inputs>();
  (void)recording(llvm::vfs::getRealFileSystem(), Part)
      ->getBufferForFile(path("a.h"));
  Inputs Asked;
  Asked.add(Part);
  FileStates Files("");
  Results(Kept, Files, Root).keep("work", "", Asked, "result");
  FileStates Same(""), Other("");
  Inputs All;
  EXPECT_EQ(Results(Kept, Same, Root).find("work", "", All), "result");
  EXPECT_TRUE(All.all()->count(path("a.h")));
  write("a.h", "2");
  EXPECT_EQ(Results(Kept, Other, Root).find("work", "", All), std::nullopt);
}

TEST_F(Work, IsNotKeptWhereItReadWhatChanged) {
  Inputs Asked;
  Asked.add(Query::Content, path("a.h"), {FileKind::File, {}, digest("1")});
  Asked.add(Query::Content, path("a.h"), {FileKind::File, {}, digest("2")});
  FileStates Files("");
  Results(Kept, Files, Root).keep("work", path("own"), Asked, "result");
  EXPECT_EQ(find(), std::nullopt);
}

TEST_F(Work, ReadsAFileAgainThatWasReadWhenItWasWritten) {
  std::string Table = path("files");
  for (const char *Text : {"1", "2", "1"}) {
    write("a.h", Text);
    FileStates Files(Table);
    EXPECT_EQ(Files.query(Query::Content, path("a.h")).Text, digest(Text));
    Files.save();
  }
}

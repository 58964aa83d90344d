//===- RecordingTest.cpp - A file system that records queries -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Recording.h"
#include "gtest/gtest.h"

using namespace ilbridge::cache;
namespace vfs = llvm::vfs;

namespace {

class Recording : public testing::Test {
protected:
  Recording() {
    auto Memory = llvm::makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
    Memory->addFile("/d/a.h", 0, llvm::MemoryBuffer::getMemBuffer("text"));
    Memory->addFile("/d/b.h", 0, llvm::MemoryBuffer::getMemBuffer("more"));
    Memory->setCurrentWorkingDirectory("/d");
    Files = recording(std::move(Memory), Asked);
  }

  /// Returns the queries about a path, and their results.
  Inputs::Item asked(llvm::StringRef Path) { return (*Asked->all())[Path]; }

  std::shared_ptr<Inputs> Asked = std::make_shared<Inputs>();
  llvm::IntrusiveRefCntPtr<vfs::FileSystem> Files;
};

} // namespace

TEST_F(Recording, NotesWhatIsThere) {
  EXPECT_TRUE(Files->exists("/d/a.h"));
  EXPECT_EQ(asked("/d/a.h").Asked, Query::Kind);
  EXPECT_EQ(asked("/d/a.h").Got.Kind, FileKind::File);
  EXPECT_TRUE(Files->status("/d"));
  EXPECT_EQ(asked("/d").Got.Kind, FileKind::Folder);
}

TEST_F(Recording, NotesWhatIsMissing) {
  EXPECT_FALSE(Files->exists("/d/none"));
  EXPECT_EQ(asked("/d/none").Got.Kind, FileKind::None);
  EXPECT_FALSE(Files->openFileForRead("/d/nothing"));
  EXPECT_EQ(asked("/d/nothing").Got.Kind, FileKind::None);
}

TEST_F(Recording, NotesContentsWhenTheyAreRead) {
  auto File = Files->openFileForRead("/d/a.h");
  EXPECT_EQ(asked("/d/a.h").Asked, Query::Opened);
  ASSERT_TRUE((*File)->getBuffer("a.h", -1, true, false));
  EXPECT_EQ(asked("/d/a.h").Asked, Query::Content);
  EXPECT_EQ(asked("/d/a.h").Got.Text, digest("text"));
}

TEST_F(Recording, NotesNamesInFolders) {
  std::error_code EC;
  unsigned Count = 0;
  for (vfs::directory_iterator It = Files->dir_begin("/d", EC), End;
       !EC && It != End; It.increment(EC))
    ++Count;
  EXPECT_EQ(Count, 2u);
  EXPECT_EQ(asked("/d").Got.Text, digestOfNames({"a.h", "b.h"}));
  Files->dir_begin("/none", EC);
  EXPECT_TRUE(EC);
  EXPECT_EQ(asked("/none").Got.Kind, FileKind::None);
}

TEST_F(Recording, NotesAbsolutePaths) {
  EXPECT_TRUE(Files->exists("./a.h"));
  EXPECT_TRUE(Asked->all()->count("/d/a.h"));
}

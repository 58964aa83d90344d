//===- StoreTest.cpp - A folder of texts that persist between runs ------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Store.h"
#include "llvm/Support/Process.h"
#include "llvm/Testing/Support/SupportHelpers.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>

using namespace ilbridge::cache;
namespace fs = std::filesystem;

namespace {

class Stored : public testing::Test {
protected:
  std::string folder() const { return Root + "/cache"; }
  /// Returns the files of the entries.
  std::vector<fs::path> entries() const {
    std::vector<fs::path> Result;
    for (const fs::directory_entry &E : fs::directory_iterator(folder()))
      if (E.path().filename().string().find("ilbridge") != std::string::npos)
        Result.push_back(E.path());
    return Result;
  }

  llvm::unittest::TempDir Folder{"store", /*Unique=*/true};
  std::string Root = Folder.path().str();
};

} // namespace

TEST_F(Stored, TextsAreFoundByTheirKeys) {
  Store S(folder());
  EXPECT_EQ(S.get("a"), std::nullopt);
  S.put("a", "first\nsecond\n");
  S.put("b", "");
  EXPECT_EQ(S.get("a"), "first\nsecond\n");
  EXPECT_EQ(Store(folder()).get("b"), "");
  S.put("a", "other");
  EXPECT_EQ(S.get("a"), "other");
}

TEST_F(Stored, NothingIsKeptWithoutAFolder) {
  Store S("");
  S.put("a", "text");
  EXPECT_EQ(S.get("a"), std::nullopt);
  S.prune(1);
}

TEST_F(Stored, DamagedTextsAreNotFound) {
  Store S(folder());
  S.put("a", "text");
  ASSERT_EQ(entries().size(), 1u);
  std::ofstream(entries().front(), std::ios::app) << "more";
  EXPECT_EQ(S.get("a"), std::nullopt);
  fs::resize_file(entries().front(), 0);
  EXPECT_EQ(S.get("a"), std::nullopt);
}

TEST_F(Stored, TheOldestEntriesAreRemoved) {
  Store S(folder());
  S.put("old", std::string(10'000, 'x'));
  // The times of two files that are written one after another can be equal.
  int FD;
  ASSERT_FALSE(llvm::sys::fs::openFileForWrite(entries().front().string(), FD,
                                               llvm::sys::fs::CD_OpenExisting));
  EXPECT_FALSE(llvm::sys::fs::setLastAccessAndModificationTime(
      FD, std::chrono::system_clock::now() - std::chrono::hours(1)));
  llvm::sys::Process::SafelyCloseFileDescriptor(FD);
  S.put("new", std::string(10'000, 'y'));
  S.prune(/*MaxBytes=*/15'000);
  EXPECT_EQ(S.get("old"), std::nullopt);
  EXPECT_NE(S.get("new"), std::nullopt);
  // It looked at the folder a moment ago.
  S.put("newest", std::string(10'000, 'z'));
  S.prune(/*MaxBytes=*/15'000);
  EXPECT_EQ(entries().size(), 2u);
}

TEST_F(Stored, NoOtherFileIsRemoved) {
  Store S(folder());
  S.put("a", std::string(10'000, 'x'));
  std::ofstream(folder() + "/README") << "mine";
  S.prune(/*MaxBytes=*/1);
  EXPECT_EQ(S.get("a"), std::nullopt);
  EXPECT_TRUE(fs::exists(folder() + "/README"));
}

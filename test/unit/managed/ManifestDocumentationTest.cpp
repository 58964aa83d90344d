//===- ManifestDocumentationTest.cpp - docs/manifest.md is complete -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../UndocumentedProperties.h"
#include "ManifestProperties.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"

namespace ilbridge {
namespace {

using namespace managed;

template <typename... Enums>
std::vector<std::string> undocumentedWords(llvm::StringRef Page) {
  std::vector<std::string> Missing;
  auto Check = [&](llvm::ArrayRef<llvm::StringLiteral> All) {
    for (llvm::StringRef Word : All)
      if (!isDocumented(Page, Word))
        Missing.push_back(Word.str());
  };
  (Check(Words<Enums>::All), ...);
  return Missing;
}

class ManifestDocumentationTest : public testing::Test {
protected:
  void SetUp() override {
    auto File = llvm::MemoryBuffer::getFile(ILBRIDGE_MANIFEST_PAGE);
    ASSERT_TRUE(File);
    Page = (*File)->getBuffer().str();
  }
  std::string Page;
};

TEST_F(ManifestDocumentationTest, NamesEveryProperty) {
  EXPECT_THAT(
      (undocumented<Method, PInvokeInfo, Signature, Parameter, MarshalAs,
                    Callback, UnmanagedEntry, TypeDef, FieldDef, DelegateInfo>(
          Page)),
      testing::IsEmpty());
}

TEST_F(ManifestDocumentationTest, NamesEveryWord) {
  EXPECT_THAT(
      (undocumentedWords<CharSet, TypeDef::Layout, TypeDef::Kind, Method::Kind>(
          Page)),
      testing::IsEmpty());
}

TEST(UndocumentedManifestTest, MissesWhatIsNotThere) {
  EXPECT_THAT((undocumented<UnmanagedEntry>("`entry-point`, convention")),
              testing::ElementsAre("convention", "disable-marshalling"));
  EXPECT_THAT(
      (undocumentedWords<TypeDef::Layout>("`auto`, `layout: explicit`")),
      testing::ElementsAre("sequential", "explicit"));
}

} // namespace
} // namespace ilbridge

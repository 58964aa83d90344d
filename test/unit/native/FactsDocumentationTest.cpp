//===- FactsDocumentationTest.cpp - docs/facts.md names every property ----===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../UndocumentedProperties.h"
#include "FactsProperties.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"

namespace ilbridge {
namespace {

TEST(FactsDocumentationTest, NamesEveryProperty) {
  auto Page = llvm::MemoryBuffer::getFile(ILBRIDGE_FACTS_PAGE);
  ASSERT_TRUE(Page);
  EXPECT_THAT(
      (undocumented<native::Export, native::HeaderEntry, DataModel, Field, Base,
                    Variation, RecordType, EnumType>((*Page)->getBuffer())),
      testing::IsEmpty());
}

TEST(FactsDocumentationTest, MissesWhatIsNotThere) {
  EXPECT_THAT((undocumented<Base>("`type`, `offset`")),
              testing::ElementsAre("virtual"));
}

} // namespace
} // namespace ilbridge

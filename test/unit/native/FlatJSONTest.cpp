//===- FlatJSONTest.cpp - Numbers in facts --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FlatJSON.h"
#include "gtest/gtest.h"

namespace ilbridge::native {
namespace {

TEST(FlatJSONTest, TakesNumbersOfEveryMagnitude) {
  for (const char *Text : {"[1]", "[-2.5e3]", "[1e9999999999]", "[1e-999999]"})
    EXPECT_TRUE(flat::Parser(8).parse(Text)) << Text;
}

TEST(FlatJSONTest, RefusesWhatFollowsANumber) {
  for (const char *Text :
       {"[1e]", "[1-2]", "[1e9999999999-3]", "[1e9999999999e5]"})
    EXPECT_FALSE(flat::Parser(8).parse(Text)) << Text;
}

} // namespace
} // namespace ilbridge::native

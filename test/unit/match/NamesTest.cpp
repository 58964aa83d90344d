//===- NamesTest.cpp - Names that are compared or suggested -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BareName.h"
#include "NearName.h"
#include "gtest/gtest.h"

using namespace ilbridge::match;

TEST(BareName, HasNoConventionsOfALanguage) {
  EXPECT_EQ(bareName("m_MaxSpeed"), "maxspeed");
  EXPECT_EQ(bareName("s_max_speed"), "maxspeed");
  EXPECT_EQ(bareName("maxSpeed"), bareName("max_speed"));
  EXPECT_NE(bareName("maxSpeed"), bareName("minSpeed"));
}

TEST(BareName, IsTheLastPartOfAPath) {
  EXPECT_EQ(bareName("Body.m_Speed"), "speed");
  EXPECT_EQ(barePath("m_Body.Max_Speed"), "body.maxspeed");
}

TEST(BareName, OfFillersIsRecognized) {
  EXPECT_TRUE(isFiller("_pad0"));
  EXPECT_TRUE(isFiller("Reserved[2]"));
  EXPECT_TRUE(isFiller("_"));
  EXPECT_FALSE(isFiller("speed"));
}

namespace {
/// Returns the nearer one of two names for \p Wanted, or "" if neither is near.
std::string nearest(llvm::StringRef Wanted, llvm::StringRef First,
                    llvm::StringRef Second) {
  unsigned Best = ~0u;
  std::string Result;
  for (llvm::StringRef Name : {First, Second})
    if (isNearer(Wanted, Name, Best))
      Result = Name.str();
  return Result;
}
} // namespace

TEST(NearName, IsTheOneWithFewestEdits) {
  EXPECT_EQ(nearest("SetSpeed", "SetSped", "SetSpeeed2"), "SetSped");
  EXPECT_EQ(nearest("SetSpeed", "GotSpeed", "SetSpeeds"), "SetSpeeds");
}

TEST(NearName, PrefersANameInAnotherCase) {
  EXPECT_EQ(nearest("SetSpeed", "SetSpeed1", "setspeed"), "setspeed");
  EXPECT_EQ(nearest("SetSpeed", "setspeed", "SetSpeed1"), "setspeed");
}

TEST(NearName, KeepsTheFirstOfTwoEquallyNearOnes) {
  EXPECT_EQ(nearest("SetSpeed", "SetSpeed1", "SetSpeed2"), "SetSpeed1");
}

TEST(NearName, DiffersInAtMostAThirdOfTheName) {
  EXPECT_EQ(nearest("SetSpeed", "GetColor", "Run"), "");
  EXPECT_EQ(nearest("Run", "Ran", "Fly"), "Ran");
  EXPECT_EQ(nearest("Run", "Rip", "Fly"), "");
}

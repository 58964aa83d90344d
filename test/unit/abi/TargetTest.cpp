//===- TargetTest.cpp - Names of targets ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Target.h"
#include "gtest/gtest.h"

using namespace ilbridge::abi;

static std::string nameOf(llvm::StringRef Triple) {
  return targetOf(Triple).Name;
}

TEST(Target, TriplesThatMeanAPresetHaveItsName) {
  EXPECT_EQ(nameOf("x86_64-pc-linux-gnu"), "linux-x64");
  EXPECT_EQ(nameOf("x86_64-linux-gnu"), "linux-x64");
  EXPECT_EQ(nameOf("aarch64-linux-gnu"), "linux-arm64");
  EXPECT_EQ(nameOf("aarch64-linux-android29"), "android-arm64");
  EXPECT_EQ(nameOf("armv7-none-linux-androideabi19"), "android-armv7");
  EXPECT_EQ(nameOf("arm64-apple-ios15.2"), "ios");
  EXPECT_EQ(nameOf("i386-pc-windows-msvc19.40"), "windows-x86");
  EXPECT_EQ(nameOf("wasm32-emscripten"), "wasm");
  EXPECT_EQ(nameOf("arm64-apple-macosx14"), "macos-arm64");
  EXPECT_EQ(nameOf("arm64-apple-ios15-simulator"), "ios-simulator");
}

TEST(Target, OthersKeepTheirTriple) {
  EXPECT_EQ(nameOf("x86_64-w64-windows-gnu"), "x86_64-w64-windows-gnu");
  EXPECT_EQ(nameOf("i386-linux-gnu"), "i386-linux-gnu");
  EXPECT_EQ(nameOf("arm64_32-apple-watchos9"), "arm64_32-apple-watchos9");
}

TEST(Target, FindsPresetsAndTriples) {
  for (const Preset &P : presets()) {
    llvm::Expected<Target> T = findTarget(P.Name);
    ASSERT_TRUE(bool(T));
    EXPECT_EQ(T->Name, P.Name);
    EXPECT_EQ(T->Triple, P.Triple);
    EXPECT_EQ(nameOf(P.Triple), P.Name);
  }
  llvm::Expected<Target> T = findTarget("riscv64-linux-gnu");
  ASSERT_TRUE(bool(T));
  EXPECT_EQ(T->Name, "riscv64-linux-gnu");
}

TEST(Target, UnknownOnesAreAnError) {
  for (llvm::StringRef Name : {"linux", "windos-x64", "", "amiga-500"}) {
    llvm::Expected<Target> T = findTarget(Name);
    ASSERT_FALSE(bool(T)) << Name.str();
    EXPECT_NE(llvm::toString(T.takeError()).find("there is no target '"),
              std::string::npos);
  }
}

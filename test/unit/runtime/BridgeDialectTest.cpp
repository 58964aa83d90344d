//===- BridgeDialectTest.cpp - Bridge tables of versions of HybridCLR ---===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/runtime/BridgeDialect.h"
#include "ilbridge/runtime/TypeSpelling.h"
#include "gtest/gtest.h"
#include <set>

using namespace ilbridge::runtime;
using llvm::VersionTuple;

static llvm::StringRef dialectOf(const VersionTuple &Version) {
  const BridgeDialect *D = bridgeDialectOf(Version);
  return D ? D->Name : "";
}

TEST(BridgeDialects, AreThoseOfTheLastVersionThatChangedThem) {
  EXPECT_EQ(dialectOf(VersionTuple(1, 0)), "1.0");
  EXPECT_EQ(dialectOf(VersionTuple(2, 0)), "1.0");
  EXPECT_EQ(dialectOf(VersionTuple(2, 0, 1)), "2.0");
  EXPECT_EQ(dialectOf(VersionTuple(3, 4, 2)), "3.4");
  EXPECT_EQ(dialectOf(VersionTuple(7, 3, 9)), "6.0");
  EXPECT_EQ(dialectOf(VersionTuple(7, 10)), "7.4");
  EXPECT_EQ(dialectOf(VersionTuple(99)), bridgeDialects().front().Name);
  EXPECT_EQ(dialectOf(VersionTuple(0, 9)), "");
}

TEST(BridgeDialects, AreFoundByName) {
  std::set<llvm::StringRef> Names;
  for (const BridgeDialect &D : bridgeDialects()) {
    EXPECT_EQ(findBridgeDialect(D.Name), &D);
    EXPECT_TRUE(Names.insert(D.Name).second) << D.Name.str();
  }
  EXPECT_EQ(findBridgeDialect("7.10"), nullptr);
  EXPECT_EQ(findBridgeDialect(""), nullptr);
}

TEST(BridgeDialects, BelongToOneGeneration) {
  EXPECT_EQ(newestBridgeDialect(/*IsClassic=*/true).Name, "3.4");
  EXPECT_EQ(&newestBridgeDialect(/*IsClassic=*/false),
            &bridgeDialects().front());
  for (const BridgeDialect &D : bridgeDialects())
    if (!D.Since.empty()) {
      EXPECT_EQ(D.IsClassic, D.Since < VersionTuple(4, 0)) << D.Name.str();
    }
}

TEST(BridgeDialects, HaveWhatEarlierOnesHad) {
  EXPECT_EQ(firstBridgeDialect([](const BridgeDialect &D) {
              return D.HasConstTables;
            }).Name,
            "6.0");
  EXPECT_TRUE(findBridgeDialect("8.0")->HasConstTables);
  EXPECT_TRUE(findBridgeDialect("5.4")->HasReverseFile);
  EXPECT_FALSE(findBridgeDialect("6.0")->HasReverseFile);
  EXPECT_EQ(findBridgeDialect("7.4")->FunctionPointer, "const void *");
  EXPECT_NE(findBridgeDialect("8.0")->FunctionPointer, "const void *");
}

TEST(TypeSpelling, AreThoseOfTheRuntime) {
  EXPECT_EQ(typeSpelling(TypeSpelling::Mono, "System.Int32"), "int");
  EXPECT_EQ(typeSpelling(TypeSpelling::Mono, "System.Single"), "single");
  EXPECT_EQ(typeSpelling(TypeSpelling::Mono, "Game.Vec3"), "Game.Vec3");
  EXPECT_EQ(typeSpelling(TypeSpelling::Mono, "System.Decimal"),
            "System.Decimal");
  EXPECT_EQ(typeSpelling(TypeSpelling::Reflection, "System.Int32"),
            "System.Int32");
}

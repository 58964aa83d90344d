//===- RecordIdentityTest.cpp - Equal records of several sources --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordIdentity.h"
#include "gtest/gtest.h"

using namespace ilbridge;
using namespace ilbridge::match;

namespace {

class Identity : public testing::Test {
protected:
  RecordType *record(llvm::StringRef Name, llvm::StringRef File = "game.h") {
    Declaration D;
    D.Path = {Name.str()};
    D.Where.File = File.str();
    return Types.make<RecordType>(std::move(D), RecordType::Struct);
  }
  static void add(RecordType &R, std::string Name, const Type *T) {
    Field F;
    F.Name = std::move(Name);
    F.Ty = T;
    R.Fields.push_back(std::move(F));
  }
  const Type *integer(Width W) {
    return Types.make<ScalarType>(ScalarType::Integer, W, Signedness::Signed);
  }
  const Type *pointer(const Type *To) {
    return Types.make<PointerType>(To, Qualifiers{}, PointerType::Pointer);
  }
  bool areOne(const RecordType &A, const RecordType &B) {
    return &Records.of(A) == &Records.of(B);
  }

  TypeContext Types;
  RecordIdentity Records;
};

} // namespace

TEST_F(Identity, IsSharedByEqualRecords) {
  RecordType *A = record("Vec"), *B = record("Vec");
  add(*A, "X", integer(Width::W32));
  add(*B, "X", integer(Width::W32));
  EXPECT_TRUE(areOne(*A, *B));
  EXPECT_EQ(&Records.of(*A), &Records.of(Records.of(*A)));
}

TEST_F(Identity, DependsOnEveryProperty) {
  RecordType *A = record("Vec");
  add(*A, "X", integer(Width::W32));
  auto Differs = [&](auto Change) {
    RecordType *B = record("Vec");
    add(*B, "X", integer(Width::W32));
    Change(*B);
    return !areOne(*A, *B);
  };
  EXPECT_FALSE(Differs([](RecordType &) {}));
  EXPECT_TRUE(Differs([](RecordType &R) { R.Decl.Path = {"Point"}; }));
  EXPECT_TRUE(Differs([](RecordType &R) { R.Decl.Where.File = "other.h"; }));
  EXPECT_TRUE(Differs([](RecordType &R) { R.Pack = 1; }));
  EXPECT_TRUE(Differs([](RecordType &R) { R.IsPolymorphic = true; }));
  EXPECT_TRUE(Differs([](RecordType &R) { R.Layout = RecordLayout{4, 4}; }));
  EXPECT_TRUE(Differs([](RecordType &R) { R.Fields[0].Name = "Y"; }));
  EXPECT_TRUE(Differs([](RecordType &R) { R.Fields[0].BitWidth = 3; }));
  EXPECT_TRUE(
      Differs([&](RecordType &R) { R.Fields[0].Ty = integer(Width::W64); }));
  EXPECT_TRUE(Differs([&](RecordType &R) { add(R, "Y", A->Fields[0].Ty); }));
}

TEST_F(Identity, FollowsFields) {
  RecordType *Inner[3], *Outer[3];
  for (int I = 0; I != 3; ++I) {
    Inner[I] = record("Inner");
    add(*Inner[I], "X", integer(I == 2 ? Width::W64 : Width::W32));
    Outer[I] = record("Outer");
    add(*Outer[I], "In", pointer(Inner[I]));
  }
  EXPECT_TRUE(areOne(*Outer[0], *Outer[1]));
  EXPECT_FALSE(areOne(*Outer[0], *Outer[2]));
}

TEST_F(Identity, IsNotSharedByRecordsThatReferToThemselves) {
  RecordType *A = record("Node"), *B = record("Node");
  add(*A, "Next", pointer(A));
  add(*B, "Next", pointer(B));
  EXPECT_FALSE(areOne(*A, *B));
  EXPECT_EQ(&Records.of(*A), A);
}

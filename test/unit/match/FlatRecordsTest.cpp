//===- FlatRecordsTest.cpp - Records as lists of scalars ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/match/FlatRecords.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge;
using namespace ilbridge::match;
using testing::ElementsAre;
using testing::Optional;

namespace {

class Leaves : public testing::Test {
protected:
  const Type *integer(Width W) {
    return Types.make<ScalarType>(ScalarType::Integer, W, Signedness::Signed);
  }
  RecordType *record(RecordType::Tag Tag = RecordType::Struct) {
    return Types.make<RecordType>(Declaration{}, Tag);
  }
  static Field &add(RecordType &R, std::string Name, const Type *T) {
    Field F;
    F.Name = std::move(Name);
    F.Ty = T;
    R.Fields.push_back(std::move(F));
    return R.Fields.back();
  }
  /// Adds a field of C++, at a byte.
  static Field &add(RecordType &R, std::string Name, const Type *T,
                    uint64_t At) {
    Field &F = add(R, std::move(Name), T);
    F.Offset = At * 8;
    return F;
  }
  /// Returns each leaf as "NAME@OFFSET+SIZE".
  static std::optional<std::vector<std::string>>
  text(const std::optional<std::vector<Leaf>> &Found) {
    if (!Found)
      return std::nullopt;
    std::vector<std::string> Texts;
    for (const Leaf &L : *Found)
      Texts.push_back(L.Name + "@" + std::to_string(L.Offset) + "+" +
                      std::to_string(L.Size));
    return Texts;
  }
  std::optional<std::vector<std::string>> managed(const RecordType &R) {
    return text(managedLeaves(R, DataModel()));
  }
  std::optional<std::vector<std::string>> native(const RecordType &R,
                                                 uint64_t End = 0) {
    return text(nativeLeaves(R, NativeTarget(DataModel()), End));
  }

  TypeContext Types;
  const Type *Byte = integer(Width::W8);
  const Type *Short = integer(Width::W16);
  const Type *Int = integer(Width::W32);
  const Type *Long = integer(Width::W64);
};

} // namespace

TEST_F(Leaves, OfManagedRecordsAreAligned) {
  RecordType *R = record();
  add(*R, "A", Byte);
  add(*R, "B", Long);
  add(*R, "C", Short);
  EXPECT_THAT(managed(*R), Optional(ElementsAre("A@0+1", "B@8+8", "C@16+2")));
  R->Pack = 1;
  EXPECT_THAT(managed(*R), Optional(ElementsAre("A@0+1", "B@1+8", "C@9+2")));
}

TEST_F(Leaves, AreSortedByOffset) {
  RecordType *R = record();
  add(*R, "A", Int).ExplicitOffset = 4;
  add(*R, "B", Int).ExplicitOffset = 0;
  EXPECT_THAT(managed(*R), Optional(ElementsAre("B@0+4", "A@4+4")));
}

/// A base class on one side is a nested struct on the other.
TEST_F(Leaves, OfABaseAndOfAFieldHaveTheSameOffsets) {
  RecordType *Point = record();
  add(*Point, "X", Int, 0);
  add(*Point, "Y", Int, 4);
  Point->Layout = RecordLayout{8, 4};

  RecordType *Derived = record();
  Derived->Bases.push_back({Point, false, 0});
  add(*Derived, "Z", Int, 8);
  EXPECT_THAT(native(*Derived),
              Optional(ElementsAre("X@0+4", "Y@4+4", "Z@8+4")));

  RecordType *Nested = record();
  add(*Nested, "At", Point, 0);
  add(*Nested, "Z", Int, 8);
  EXPECT_THAT(native(*Nested),
              Optional(ElementsAre("At.X@0+4", "At.Y@4+4", "Z@8+4")));
  EXPECT_THAT(managed(*Nested), native(*Nested));
}

TEST_F(Leaves, OfArraysAreTheirElements) {
  RecordType *R = record();
  add(*R, "Data", Types.make<ArrayType>(Short, 3), 0);
  EXPECT_THAT(native(*R), Optional(ElementsAre("Data[0]@0+2", "Data[1]@2+2",
                                               "Data[2]@4+2")));
}

TEST_F(Leaves, AreLimitedInTheirNumber) {
  RecordType *R = record();
  add(*R, "Data", Types.make<ArrayType>(Byte, 4096), 0);
  EXPECT_TRUE(native(*R).has_value());
  add(*R, "Last", Byte, 4096);
  EXPECT_EQ(native(*R), std::nullopt);
  RecordType *Many = record();
  add(*Many, "Data", Types.make<ArrayType>(record(), uint64_t(1) << 40), 0);
  EXPECT_EQ(managed(*Many), std::nullopt);
}

TEST_F(Leaves, KnowWhichFieldsOverlap) {
  RecordType *Union = record(RecordType::Union);
  add(*Union, "I", Int, 0);
  add(*Union, "B", Byte, 0);
  RecordType *R = record();
  add(*R, "U", Union, 0);
  add(*R, "X", Int, 4);
  auto Found = nativeLeaves(*R, NativeTarget(DataModel()));
  ASSERT_TRUE(Found && Found->size() == 3);
  EXPECT_NE((*Found)[0].At.Union, 0u);
  EXPECT_EQ((*Found)[0].At.Union, (*Found)[1].At.Union);
  EXPECT_NE((*Found)[0].At.Member, (*Found)[1].At.Member);
  EXPECT_EQ((*Found)[2].At.Union, 0u);
  EXPECT_TRUE(overlap((*Found)[0], (*Found)[1]));
  EXPECT_FALSE(overlap((*Found)[0], (*Found)[2]));
}

TEST_F(Leaves, ArePublicIfTheWholePathIs) {
  RecordType *Inner = record();
  add(*Inner, "A", Int, 0);
  RecordType *R = record();
  add(*R, "Hidden", Inner, 0).IsPublic = false;
  add(*R, "Shown", Inner, 4);
  auto Found = nativeLeaves(*R, NativeTarget(DataModel()));
  ASSERT_TRUE(Found && Found->size() == 2);
  EXPECT_FALSE((*Found)[0].IsPublic);
  EXPECT_TRUE((*Found)[1].IsPublic);
}

TEST_F(Leaves, OfAFlexibleArrayEndWithTheOtherSide) {
  RecordType *R = record();
  add(*R, "Count", Int, 0);
  add(*R, "Data", Types.make<ArrayType>(Short, 0), 4);
  EXPECT_THAT(native(*R), Optional(ElementsAre("Count@0+4")));
  EXPECT_THAT(native(*R, 7),
              Optional(ElementsAre("Count@0+4", "Data[0]@4+2", "Data[1]@6+2")));
  std::optional<FlexibleArray> A = flexibleArray(*R, NativeTarget(DataModel()));
  ASSERT_TRUE(A);
  EXPECT_EQ(A->Name, "Data");
  EXPECT_EQ(A->Offset, 4u);
  add(*R, "After", Int, 4);
  EXPECT_FALSE(flexibleArray(*R, NativeTarget(DataModel())));
}

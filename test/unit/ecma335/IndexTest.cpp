//===- IndexTest.cpp - From a row to its members and attributes -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Image.h"
#include <thread>

namespace ilbridge::ecma335::test {
namespace {

using Rids = std::vector<uint32_t>;

/// Adds types whose fields and methods begin where the lists say.
void addTypes(ImageBuilder &B, const Rids &FieldLists,
              const Rids &MethodLists) {
  for (size_t I = 0; I != FieldLists.size(); ++I)
    B.row(TableID::TypeDef,
          {0, B.string("T"), 0, 0, FieldLists[I], MethodLists[I]});
}
void addFields(ImageBuilder &B, unsigned Count) {
  for (unsigned I = 0; I != Count; ++I)
    B.row(TableID::Field, {0, B.string("f"), B.blob({6, 8})});
}
void addMethods(ImageBuilder &B, const Rids &ParamLists) {
  for (uint32_t List : ParamLists)
    B.row(TableID::MethodDef,
          {0, 0, 0, B.string("m"), B.blob({0, 0, 1}), List});
}
void addParams(ImageBuilder &B, unsigned Count) {
  for (unsigned I = 0; I != Count; ++I)
    B.row(TableID::Param, {0, I, B.string("p")});
}

TEST(Runs, EndWhereTheNextBegins) {
  ImageBuilder B;
  addTypes(B, {1, 1, 3, 5}, {1, 2, 4, 4});
  addFields(B, 4);
  addMethods(B, {1, 3, 3});
  addParams(B, 3);
  Image I = open(B.build());
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(1)))), Rids{});
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(2)))), (Rids{1, 2}));
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(3)))), (Rids{3, 4}));
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(4)))), Rids{});
  EXPECT_EQ(rids(good(I->methods(TypeDefRid(1)))), Rids{1});
  EXPECT_EQ(rids(good(I->methods(TypeDefRid(2)))), (Rids{2, 3}));
  EXPECT_EQ(rids(good(I->params(MethodDefRid(1)))), (Rids{1, 2}));
  EXPECT_EQ(rids(good(I->params(MethodDefRid(2)))), Rids{});
  EXPECT_EQ(rids(good(I->params(MethodDefRid(3)))), Rids{3});
  EXPECT_CONTAINS(bad(I->fields(TypeDefRid(5))), "no row 5");
  EXPECT_CONTAINS(bad(I->fields(TypeDefRid())), "no row 0");

  EXPECT_EQ(I->owner(FieldRid(2)), TypeDefRid(2));
  EXPECT_EQ(I->owner(FieldRid(4)), TypeDefRid(3));
  EXPECT_EQ(I->owner(MethodDefRid(1)), TypeDefRid(1));
  EXPECT_EQ(I->owner(MethodDefRid(3)), TypeDefRid(2));
  EXPECT_EQ(I->owner(ParamRid(2)), MethodDefRid(1));
  EXPECT_EQ(I->owner(ParamRid(3)), MethodDefRid(3));
  EXPECT_FALSE(I->owner(FieldRid(0)));
  EXPECT_FALSE(I->owner(FieldRid(5)));
  EXPECT_FALSE(I->owner(FieldRid(0xFFFFFFFF)));
}

TEST(Runs, GoThroughPtrTables) {
  ImageBuilder B;
  B.Uncompressed = true;
  addTypes(B, {1, 2}, {1, 2});
  addFields(B, 2);
  addMethods(B, {1, 2});
  addParams(B, 2);
  for (TableID T : {TableID::FieldPtr, TableID::MethodPtr, TableID::ParamPtr,
                    TableID::EventPtr, TableID::PropertyPtr}) {
    B.row(T, {2});
    B.row(T, {1});
  }
  B.row(TableID::EventMap, {2, 1});
  B.row(TableID::Event, {0, 0, 0});
  B.row(TableID::Event, {0, 0, 0});
  B.row(TableID::PropertyMap, {1, 2});
  B.row(TableID::Property, {0, 0, 0});
  B.row(TableID::Property, {0, 0, 0});
  Image I = open(B.build());
  EXPECT_TRUE(I->isUncompressed());
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(1)))), Rids{2});
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(2)))), Rids{1});
  EXPECT_EQ(rids(good(I->methods(TypeDefRid(1)))), Rids{2});
  EXPECT_EQ(rids(good(I->params(MethodDefRid(2)))), Rids{1});
  EXPECT_EQ(rids(good(I->events(TypeDefRid(2)))), (Rids{2, 1}));
  EXPECT_EQ(rids(good(I->events(TypeDefRid(1)))), Rids{});
  EXPECT_EQ(rids(good(I->properties(TypeDefRid(1)))), Rids{1});
  EXPECT_EQ(I->owner(FieldRid(2)), TypeDefRid(1));
  EXPECT_EQ(I->owner(MethodDefRid(1)), TypeDefRid(2));
  EXPECT_EQ(I->owner(ParamRid(1)), MethodDefRid(2));
  EXPECT_EQ(I->owner(EventRid(1)), TypeDefRid(2));
  EXPECT_EQ(I->owner(PropertyRid(1)), TypeDefRid(1));
  EXPECT_FALSE(I->owner(PropertyRid(2)));
}

// They are not valid in a #~ stream, and runtimes ignore them.
TEST(Runs, DoNotGoThroughPtrTablesOfCompressedStreams) {
  ImageBuilder B;
  addTypes(B, {1}, {1});
  addFields(B, 2);
  B.row(TableID::FieldPtr, {2});
  Image I = open(B.build());
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(1)))), (Rids{1, 2}));
}

TEST(Runs, SurvivePtrTablesThatLeadNowhere) {
  ImageBuilder B;
  B.Uncompressed = true;
  addTypes(B, {1}, {1});
  addFields(B, 1);
  for (uint32_t To : {0u, 0xFFFFu, 1u, 1u})
    B.row(TableID::FieldPtr, {To});
  Image I = open(B.build());
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(1)))), (Rids{0, 0xFFFF, 1, 1}));
  EXPECT_EQ(I->owner(FieldRid(1)), TypeDefRid(1));
}

TEST(Runs, AreNotBeyondTheirTable) {
  ImageBuilder B;
  addTypes(B, {1, 4, 9, 0}, {1, 1, 1, 1});
  addFields(B, 2);
  Image I = open(B.build());
  EXPECT_EQ(bad(I->fields(TypeDefRid(1))),
            "test.dll: at byte " +
                std::to_string(B.rowOffset(TableID::TypeDef, 1) + 10) + " (0x" +
                llvm::utohexstr(B.rowOffset(TableID::TypeDef, 1) + 10, true) +
                "): a range of rows goes beyond the end of the table Field "
                "(ECMA-335 II.22)");
  bad(I->fields(TypeDefRid(2)));
  bad(I->fields(TypeDefRid(3)));
  EXPECT_TRUE(good(I->fields(TypeDefRid(4))).empty());
  EXPECT_FALSE(I->owner(FieldRid(1)));
}

// If they overlapped, iterating over all fields of all types could take
// quadratic time.
TEST(Runs, DoNotOverlap) {
  ImageBuilder B;
  addTypes(B, {1, 5, 1, 5, 5}, {1, 1, 1, 1, 1});
  addFields(B, 6);
  Image I = open(B.build());
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(1)))), (Rids{1, 2, 3, 4}));
  EXPECT_CONTAINS(bad(I->fields(TypeDefRid(2))), "ends before it begins");
  EXPECT_CONTAINS(bad(I->fields(TypeDefRid(3))), "overlaps an earlier one");
  EXPECT_TRUE(good(I->fields(TypeDefRid(4))).empty());
  EXPECT_EQ(rids(good(I->fields(TypeDefRid(5)))), (Rids{5, 6}));
  EXPECT_EQ(I->owner(FieldRid(1)), TypeDefRid(1));
  EXPECT_EQ(I->owner(FieldRid(6)), TypeDefRid(5));
}

uint32_t coded(CodedIndexKind Kind, Token T) { return *encode(Kind, T); }

/// Rows of all tables that describe other rows, for the second and third of
/// three rows, in the given order.
ImageBuilder withAttributes(bool Sorted) {
  using enum CodedIndexKind;
  ImageBuilder B;
  addTypes(B, {1, 2, 3}, {1, 2, 3});
  addFields(B, 3);
  addMethods(B, {1, 2, 3});
  addParams(B, 3);
  for (int I = 0; I != 3; ++I) {
    B.row(TableID::Property, {0, 0, 0});
    B.row(TableID::Event, {0, 0, 0});
  }
  Rids Order = Sorted ? Rids{2, 3} : Rids{3, 2};
  for (uint32_t R : Order) {
    B.row(TableID::ClassLayout, {1, 10 * R, R});
    B.row(TableID::FieldLayout, {10 * R, R});
    B.row(TableID::FieldRVA, {10 * R, R});
    B.row(TableID::FieldMarshal,
          {coded(HasFieldMarshal, ParamRid(R)), B.blob({2})});
    B.row(TableID::Constant,
          {ELEMENT_TYPE_I4, 0, coded(HasConstant, PropertyRid(R)),
           B.blob({1, 0, 0, 0})});
    B.row(TableID::ImplMap,
          {0x100, coded(MemberForwarded, MethodDefRid(R)), 0, 0});
    B.row(TableID::NestedClass, {R, R - 1});
    B.row(TableID::EventMap, {R, R - 1});
    B.row(TableID::PropertyMap, {R, R - 1});
    for (int I = 0; I != 2; ++I) {
      B.row(TableID::CustomAttribute,
            {coded(HasCustomAttribute, EventRid(R)),
             coded(CustomAttributeType, MethodDefRid(1)), 0});
      B.row(TableID::DeclSecurity,
            {2, coded(HasDeclSecurity, MethodDefRid(R)), 0});
      B.row(TableID::GenericParam,
            {uint32_t(I), 0, coded(TypeOrMethodDef, TypeDefRid(R)), 0});
      B.row(TableID::GenericParamConstraint, {R, 4});
      B.row(TableID::InterfaceImpl, {R, 4});
      B.row(TableID::MethodImpl, {R, 2, 2});
      B.row(TableID::MethodSemantics,
            {1, R, coded(HasSemantics, PropertyRid(R))});
    }
  }
  return B;
}

void expectAttributes(const Module &M, bool Sorted) {
  // The rids of the rows that belong to the row 2 and to the row 3.
  uint32_t One2 = Sorted ? 1 : 2, One3 = Sorted ? 2 : 1;
  Rids Two2 = Sorted ? Rids{1, 2} : Rids{3, 4};
  Rids Two3 = Sorted ? Rids{3, 4} : Rids{1, 2};

  EXPECT_EQ(M.classLayout(TypeDefRid(2)).value(), One2);
  EXPECT_EQ(M.classLayout(TypeDefRid(3)).value(), One3);
  EXPECT_FALSE(M.classLayout(TypeDefRid(1)));
  EXPECT_FALSE(M.classLayout(TypeDefRid(4)));
  EXPECT_FALSE(M.classLayout(TypeDefRid()));
  EXPECT_EQ(M.fieldLayout(FieldRid(2)).value(), One2);
  EXPECT_EQ(M.fieldLayout(FieldRid(3)).value(), One3);
  EXPECT_EQ(M.fieldRVA(FieldRid(3)).value(), One3);
  EXPECT_EQ(M.fieldMarshal(ParamRid(2)).value(), One2);
  EXPECT_FALSE(M.fieldMarshal(FieldRid(2)));
  EXPECT_FALSE(M.fieldMarshal(TypeDefRid(2))); // a table that has none
  EXPECT_EQ(M.constant(PropertyRid(3)).value(), One3);
  EXPECT_FALSE(M.constant(ParamRid(3)));
  EXPECT_EQ(M.implMap(MethodDefRid(2)).value(), One2);
  EXPECT_FALSE(M.implMap(MethodDefRid(1)));
  EXPECT_FALSE(M.implMap(Token()));
  EXPECT_EQ(M.enclosingType(TypeDefRid(3)), TypeDefRid(2));
  EXPECT_EQ(M.enclosingType(TypeDefRid(2)), TypeDefRid(1));
  EXPECT_FALSE(M.enclosingType(TypeDefRid(1)));
  EXPECT_EQ(rids(M.nestedTypes(TypeDefRid(2))), Rids{One3});
  EXPECT_EQ(rids(M.nestedTypes(TypeDefRid(3))), Rids{});

  EXPECT_EQ(rids(M.customAttributes(EventRid(2))), Two2);
  EXPECT_EQ(rids(M.customAttributes(EventRid(3))), Two3);
  EXPECT_EQ(rids(M.customAttributes(PropertyRid(3))), Rids{});
  EXPECT_EQ(rids(M.declSecurity(MethodDefRid(2))), Two2);
  EXPECT_EQ(rids(M.genericParams(TypeDefRid(3))), Two3);
  EXPECT_EQ(rids(M.genericParams(MethodDefRid(3))), Rids{});
  EXPECT_EQ(rids(M.constraints(GenericParamRid(2))), Two2);
  EXPECT_EQ(rids(M.interfaces(TypeDefRid(2))), Two2);
  EXPECT_EQ(rids(M.methodImpls(TypeDefRid(3))), Two3);
  EXPECT_EQ(rids(M.semantics(PropertyRid(2))), Two2);
  EXPECT_EQ(rids(M.semantics(EventRid(2))), Rids{});
  EXPECT_EQ(rids(M.semanticsOf(MethodDefRid(3))), Two3);
}

TEST(Keys, AreFoundInSortedTables) {
  ImageBuilder B = withAttributes(true);
  expectAttributes(*open(B.build()), true);
}

// The header can claim that all tables are sorted.
TEST(Keys, AreFoundInUnsortedTables) {
  ImageBuilder B = withAttributes(false);
  expectAttributes(*open(B.build()), false);
  B.Sorted = ~uint64_t(0);
  expectAttributes(*open(B.build()), false);
}

TEST(Keys, OfMapsLeadToRuns) {
  ImageBuilder B = withAttributes(true);
  Image I = open(B.build());
  EXPECT_EQ(rids(good(I->events(TypeDefRid(2)))), Rids{1});
  EXPECT_EQ(rids(good(I->events(TypeDefRid(3)))), (Rids{2, 3}));
  EXPECT_EQ(rids(good(I->properties(TypeDefRid(1)))), Rids{});
  EXPECT_EQ(I->owner(EventRid(3)), TypeDefRid(3));
  EXPECT_EQ(I->owner(PropertyRid(1)), TypeDefRid(2));
}

// A row that belongs to the row 0 has no owner, and is not found by looking up
// the attributes of no row.
TEST(Keys, OfNoRowAreNotFound) {
  ImageBuilder B;
  B.row(TableID::ClassLayout, {1, 1, 0});
  B.row(TableID::ImplMap, {0, 1, 0, 0});
  B.row(TableID::CustomAttribute, {0, 2, 0});
  Image I = open(B.build());
  EXPECT_FALSE(I->classLayout(TypeDefRid(0)));
  EXPECT_FALSE(I->implMap(Token(MethodDefRid(0))));
  EXPECT_TRUE(I->customAttributes(Token(MethodDefRid(0))).empty());
}

TEST(Keys, CanRepeat) {
  ImageBuilder B;
  addTypes(B, {1, 1, 1}, {1, 1, 1});
  for (int I = 0; I != 100; ++I)
    B.row(TableID::InterfaceImpl, {2, 4});
  B.row(TableID::InterfaceImpl, {3, 4});
  Image I = open(B.build());
  auto Range = I->interfaces(TypeDefRid(2));
  EXPECT_EQ(Range.size(), 100u);
  EXPECT_EQ(Range[99], InterfaceImplRid(100));
  EXPECT_EQ(Range.end() - Range.begin(), 100);
  EXPECT_EQ(rids(I->interfaces(TypeDefRid(3))), Rids{101});
}

TEST(Indexes, CanBeBuiltByManyThreads) {
  for (int Round = 0; Round != 20; ++Round) {
    ImageBuilder B = withAttributes(false);
    Image I = open(B.build());
    std::vector<std::thread> Threads;
    for (int T = 0; T != 8; ++T)
      Threads.emplace_back([&] {
        expectAttributes(*I, false);
        EXPECT_EQ(I->owner(FieldRid(2)), TypeDefRid(2));
        EXPECT_EQ(I->owner(ParamRid(3)), MethodDefRid(3));
      });
    for (std::thread &T : Threads)
      T.join();
  }
}

} // namespace
} // namespace ilbridge::ecma335::test

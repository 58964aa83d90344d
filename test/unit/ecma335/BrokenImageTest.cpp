//===- BrokenImageTest.cpp - Reads malformed files ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads every row, signature, attribute and body of images, each of which is
// malformed in one place. Only errors may result. The sanitizers detect the
// most; without them, a crash or a hang is still detected. The fuzz target in
// test/fuzz extends this test.
//
//===----------------------------------------------------------------------===//

#include "Image.h"
#include "Walker.h"

namespace ilbridge::ecma335::test {
namespace {

/// Reads everything. \returns the number of errors.
unsigned walkAll(llvm::StringRef Bytes) {
  // A separate copy, so that a read past its end is a read past the end of an
  // allocation.
  std::vector<char> Copy(Bytes.begin(), Bytes.end());
  auto M = Module::create(
      llvm::MemoryBufferRef(llvm::StringRef(Copy.data(), Copy.size()), "x"));
  if (!M) {
    llvm::consumeError(M.takeError());
    return 1;
  }
  EnumTable Enums;
  Enums.add(**M);
  unsigned Errors = 0;
  walk(**M, Enums, [&](llvm::Error E) {
    ++Errors;
    llvm::consumeError(std::move(E));
  });
  return Errors;
}

/// A small image with something in most tables.
ImageBuilder sample() {
  ImageBuilder B;
  auto coded = [](CodedIndexKind Kind, Token T) { return *encode(Kind, T); };
  using enum CodedIndexKind;
  uint32_t Name = B.string("Name");
  B.row(TableID::Module, {0, Name, B.guid(1), 0, 0});
  B.row(TableID::AssemblyRef, {1, 2, 3, 4, 0, 0, Name, 0, 0});
  B.row(TableID::TypeRef,
        {coded(ResolutionScope, AssemblyRefRid(1)), Name, Name});
  B.row(TableID::TypeDef, {0, Name, 0, 0, 1, 1});
  B.row(TableID::TypeDef,
        {0, Name, Name, coded(TypeDefOrRef, TypeRefRid(1)), 1, 1});
  B.row(TableID::Field, {0, Name, B.blob({6, 0x20, 5, 0x12, 8})});
  B.row(TableID::MethodDef,
        {B.bytes({0x1b, 0x30, 2,    0,    9, 0,  0, 0, 1,    0,
                  0,    0x11, 0x02, 0x28, 1, 0,  0, 6, 0x2b, 0xfe,
                  0x2a, 0,    0,    0,    1, 16, 0, 0, 0,    0,
                  0,    0,    2,    3,    0, 4,  1, 0, 0,    2}),
         0, 0x2016, Name,
         B.blob({0x10, 1, 2, 1, 0x15, 0x12, 8, 1, 0x1e, 0, 0x1d, 8}), 1});
  B.row(TableID::Param, {0, 1, Name});
  B.row(TableID::StandAloneSig,
        {B.blob({7, 2, 0x45, 0x10, 8, 0x14, 8, 2, 1, 3, 1, 0x7b})});
  B.row(TableID::MemberRef,
        {coded(MemberRefParent, TypeRefRid(1)), Name, B.blob({0x20, 0, 1})});
  B.row(TableID::MemberRef, {coded(MemberRefParent, TypeRefRid(1)), Name,
                             B.blob({0x20, 3, 1, 0x1c, 0x1d, 8, 0x0e})});
  B.row(TableID::CustomAttribute,
        {coded(HasCustomAttribute, TypeDefRid(2)),
         coded(CustomAttributeType, MemberRefRid(2)),
         B.blob({1, 0,    0x1d, 8, 1,   0, 0,   0, 5, 0,   0,   0,
                 1, 0,    0,    0, 7,   0, 0,   0, 2, 'a', 'b', 1,
                 0, 0x54, 0x55, 1, 'E', 1, 'P', 0, 0, 0,   0})});
  B.row(TableID::Constant,
        {ELEMENT_TYPE_STRING, 0, coded(HasConstant, FieldRid(1)),
         B.blob({'a', 0, 'b', 0})});
  B.row(TableID::FieldMarshal, {coded(HasFieldMarshal, ParamRid(1)),
                                B.blob({0x2c, 0, 0, 1, 'M', 1, 'C'})});
  B.row(TableID::ClassLayout, {4, 8, 2});
  B.row(TableID::FieldLayout, {4, 1});
  B.row(TableID::ModuleRef, {Name});
  B.row(TableID::ImplMap,
        {0x100, coded(MemberForwarded, MethodDefRid(1)), Name, 1});
  B.row(TableID::FieldRVA, {B.bytes({1, 2, 3, 4}), 1});
  B.row(TableID::PropertyMap, {2, 1});
  B.row(TableID::Property, {0, Name, B.blob({0x28, 1, 8, 0x0e})});
  B.row(TableID::MethodSemantics, {2, 1, coded(HasSemantics, PropertyRid(1))});
  B.row(TableID::TypeSpec, {B.blob({0x1b, 1, 1, 1, 0x0f, 1})});
  B.row(TableID::NestedClass, {2, 1});
  B.row(TableID::GenericParam,
        {0, 0, coded(TypeOrMethodDef, MethodDefRid(1)), Name});
  B.row(TableID::MethodSpec,
        {coded(MethodDefOrRef, MethodDefRid(1)), B.blob({0x0a, 1, 8})});
  B.userString(u"text");
  return B;
}

TEST(BrokenImage, TheSampleIsGood) { EXPECT_EQ(walkAll(sample().build()), 0u); }

TEST(BrokenImage, CutShort) {
  std::string Bytes = sample().build();
  for (size_t Size = 0; Size != Bytes.size(); ++Size)
    EXPECT_NE(walkAll(llvm::StringRef(Bytes).take_front(Size)), 0u) << Size;
}

TEST(BrokenImage, EachByteChanged) {
  const std::string Good = sample().build();
  unsigned Errors = 0;
  for (size_t At = 0; At != Good.size(); ++At)
    for (int To : {0x00, 0x01, 0x7F, 0x80, 0xFF, Good[At] ^ 1, Good[At] + 2}) {
      std::string Bytes = Good;
      Bytes[At] = char(To);
      Errors += walkAll(Bytes) != 0;
    }
  EXPECT_GT(Errors, 1000u);
}

TEST(BrokenImage, EachPairOfBytesChanged) {
  const std::string Good = sample().build();
  for (size_t At = 0; At + 3 < Good.size(); ++At)
    for (uint32_t To : {0xFFFFFFFFu, 0x7FFFFFFFu, 0x80000000u, 0xDFFFFFFFu}) {
      std::string Bytes = Good;
      for (int I = 0; I != 4; ++I)
        Bytes[At + I] = char(To >> (8 * I));
      walkAll(Bytes);
    }
}

TEST(BrokenImage, CircularNestingIsNotFollowed) {
  ImageBuilder B;
  B.row(TableID::TypeDef, {0, B.string("A"), 0, 0, 1, 1});
  B.row(TableID::TypeDef, {0, B.string("B"), 0, 0, 1, 1});
  B.row(TableID::NestedClass, {1, 2});
  B.row(TableID::NestedClass, {2, 1});
  Image I = open(B.build());
  // The library returns the rows' content without following chains.
  EXPECT_EQ(I->enclosingType(TypeDefRid(1)), TypeDefRid(2));
  EXPECT_EQ(I->enclosingType(TypeDefRid(2)), TypeDefRid(1));
  EXPECT_EQ(walkAll(I.Bytes), 0u);
}

} // namespace
} // namespace ilbridge::ecma335::test

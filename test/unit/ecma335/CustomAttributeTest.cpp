//===- CustomAttributeTest.cpp - Arguments of attributes, by their bytes --===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/CustomAttribute.h"
#include "Image.h"

namespace ilbridge::ecma335::test {
namespace {

using Bytes = std::vector<uint8_t>;

/// An attribute whose constructor is a reference with \p Signature, on a class
/// that is generic over int32.
class CustomAttribute : public testing::Test {
protected:
  std::string read(const Bytes &Signature, const Bytes &Blob) {
    ImageBuilder B;
    // Tokens of signatures: 0x05 is System.Type, 0x09 some other type.
    B.row(TableID::TypeRef, {0, B.string("Type"), B.string("System")});
    B.row(TableID::TypeRef, {0, B.string("Kind"), B.string("Game")});
    B.row(TableID::TypeSpec, {B.blob({0x15, 0x12, 0x09, 0x01, 0x08})});
    B.row(TableID::MemberRef,
          {*encode(CodedIndexKind::MemberRefParent, TypeSpecRid(1)),
           B.string(".ctor"), B.blob(Signature)});
    B.row(TableID::CustomAttribute,
          {0, *encode(CodedIndexKind::CustomAttributeType, MemberRefRid(1)),
           B.blob(Blob)});
    Image I = open(B.build());
    Asked.clear();
    auto Resolve = [&](const EnumReference &E) -> llvm::Expected<ElementType> {
      Asked = E.Type ? text(E.Type) : E.Name.str();
      if (Asked == "Unknown")
        return llvm::createStringError("who knows");
      return Stored;
    };
    llvm::BumpPtrAllocator A;
    auto Args = readCustomAttribute(*I, CustomAttributeRid(1), Resolve, A);
    return Args ? text(*Args) : llvm::toString(Args.takeError());
  }

  std::string Asked;
  ElementType Stored = ELEMENT_TYPE_I2;
};

TEST_F(CustomAttribute, WithoutArguments) {
  Bytes NoParams = {0x20, 0x00, 0x01};
  EXPECT_EQ(read(NoParams, {1, 0, 0, 0}), "()");
  EXPECT_EQ(read(NoParams, {1, 0}), "()"); // without the count of named ones
  EXPECT_EQ(read(NoParams, {}), "()");
  EXPECT_CONTAINS(read(NoParams, {2, 0, 0, 0}),
                  "expected the bytes 01 00 at its start");
}

TEST_F(CustomAttribute, Enums) {
  Bytes OneEnum = {0x20, 0x01, 0x01, 0x11, 0x09};
  EXPECT_EQ(read(OneEnum, {1, 0, 0xfe, 0xff, 0, 0}), "((enum 0x01000002)-2)");
  EXPECT_EQ(Asked, "0x01000002");
  Stored = ELEMENT_TYPE_U8;
  EXPECT_EQ(read(OneEnum,
                 {1, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0}),
            "((enum 0x01000002)18446744073709551614)");
  Stored = ELEMENT_TYPE_BOOLEAN;
  EXPECT_EQ(read(OneEnum, {1, 0, 1, 0, 0}), "((enum 0x01000002)true)");
  Stored = ELEMENT_TYPE_STRING;
  EXPECT_CONTAINS(read(OneEnum, {1, 0, 1, 0, 0}),
                  "the underlying type of an enum");
  // A boxed value names its type.
  Stored = ELEMENT_TYPE_U1;
  EXPECT_EQ(
      read({0x20, 0x01, 0x01, 0x1c}, {1, 0, 0x55, 3, 'A', '.', 'B', 7, 0, 0}),
      "((object)(enum A.B)7)");
  EXPECT_EQ(Asked, "A.B");
  EXPECT_EQ(read({0x20, 0x01, 0x01, 0x1c},
                 {1, 0, 0x55, 7, 'U', 'n', 'k', 'n', 'o', 'w', 'n', 7, 0, 0}),
            "who knows");
  EXPECT_CONTAINS(read({0x20, 0x01, 0x01, 0x1c}, {1, 0, 0x55, 0, 7, 0, 0}),
                  "an enum has no name");
}

TEST_F(CustomAttribute, Types) {
  Bytes OneType = {0x20, 0x01, 0x01, 0x12, 0x05};
  EXPECT_EQ(read(OneType, {1, 0, 1, 'T', 0, 0}), "(typeof(T))");
  EXPECT_EQ(read(OneType, {1, 0, 0xff, 0, 0}), "(null)");
  // A class that is not System.Type.
  EXPECT_CONTAINS(read({0x20, 0x01, 0x01, 0x12, 0x09}, {1, 0, 0xff, 0, 0}),
                  "that attributes do not support (ECMA-335 II.23.3)");
}

TEST_F(CustomAttribute, GenericAttributes) {
  EXPECT_EQ(read({0x20, 0x01, 0x01, 0x13, 0x00}, {1, 0, 5, 0, 0, 0, 0, 0}),
            "(5)");
  EXPECT_CONTAINS(
      read({0x20, 0x01, 0x01, 0x13, 0x01}, {1, 0, 5, 0, 0, 0, 0, 0}),
      "that attributes do not support");
}

TEST_F(CustomAttribute, Arrays) {
  Bytes Ints = {0x20, 0x01, 0x01, 0x1d, 0x08};
  EXPECT_EQ(read(Ints, {1, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0}),
            "(new int[] {1, 2})");
  EXPECT_EQ(read(Ints, {1, 0, 0xff, 0xff, 0xff, 0xff, 0, 0}), "(null)");
  EXPECT_CONTAINS(read(Ints, {1, 0, 0xfe, 0xff, 0xff, 0xff, 0, 0}),
                  "the number of elements exceeds the remaining bytes");
  EXPECT_CONTAINS(read(Ints, {1, 0, 2, 0, 0, 0, 1, 0}),
                  "unexpected end of the data");
}

TEST_F(CustomAttribute, NamedArguments) {
  Bytes NoParams = {0x20, 0x00, 0x01};
  EXPECT_EQ(read(NoParams, {1, 0, 2, 0, 0x53, 0x02, 1, 'F', 1, 0x54, 0x51, 1,
                            'P', 0x0e, 1, 's'}),
            "(F = true, P = (object)\"s\")");
  EXPECT_CONTAINS(read(NoParams, {1, 0, 1, 0, 0x52, 0x02, 1, 'F', 1}),
                  "neither a field nor a property");
  EXPECT_CONTAINS(read(NoParams, {1, 0, 1, 0, 0x53, 0x18, 1, 'F', 1}),
                  "invalid type of an attribute's argument");
  EXPECT_CONTAINS(read(NoParams, {1, 0, 0xff, 0xff, 0x53, 0x02, 1, 'F', 1}),
                  "unexpected end of the data");
}

TEST_F(CustomAttribute, BoundsNesting) {
  Bytes OneObject = {0x20, 0x01, 0x01, 0x1c};
  // Arrays of arrays, in the type; objects in objects, in the value; arrays of
  // an object that is such an array.
  Bytes Blob = {1, 0};
  Blob.resize(100'000, 0x1d);
  EXPECT_CONTAINS(read(OneObject, Blob), "nested too deeply");
  Blob.resize(2);
  Blob.resize(100'000, 0x51);
  EXPECT_CONTAINS(read(OneObject, Blob), "nested too deeply");
  Blob.resize(2);
  for (int I = 0; I != 10'000; ++I)
    Blob.insert(Blob.end(), {0x1d, 0x51, 1, 0, 0, 0});
  EXPECT_CONTAINS(read(OneObject, Blob), "nested too deeply");
  // The same in the constructor's signature.
  Bytes Signature = {0x20, 0x01, 0x01};
  Signature.resize(100, 0x1d);
  Signature.push_back(0x08);
  EXPECT_CONTAINS(read(Signature, Bytes(1000, 1)),
                  "expected the bytes 01 00 at its start");
}

TEST_F(CustomAttribute, FindsNamedArguments) {
  AttributeArguments Args;
  NamedArgument Named[2];
  Named[0].Name = "A";
  Named[1].Name = "B";
  Args.Named = Named;
  EXPECT_EQ(Args.find("B"), &Named[1].Value);
  EXPECT_EQ(Args.find("C"), nullptr);
}

} // namespace
} // namespace ilbridge::ecma335::test

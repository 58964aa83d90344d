//===- ConstantTest.cpp - Values of literal fields and defaults -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Constant.h"
#include "Image.h"

namespace ilbridge::ecma335::test {
namespace {

using Bytes = std::vector<uint8_t>;

llvm::Expected<ConstantValue> read(Image &I, ElementType Type,
                                   const Bytes &Blob) {
  ImageBuilder B;
  B.row(TableID::Constant, {uint32_t(Type), 0, 4, B.blob(Blob)});
  I = open(B.build());
  return readConstant(*I, ConstantRid(1));
}
std::string value(ElementType Type, const Bytes &Blob) {
  Image I;
  return text(good(read(I, Type, Blob)));
}
std::string error(ElementType Type, const Bytes &Blob) {
  Image I;
  return bad(read(I, Type, Blob));
}

TEST(Constant, Values) {
  EXPECT_EQ(value(ELEMENT_TYPE_BOOLEAN, {1}), "bool(true)");
  EXPECT_EQ(value(ELEMENT_TYPE_BOOLEAN, {0}), "bool(false)");
  EXPECT_EQ(value(ELEMENT_TYPE_CHAR, {0xac, 0x20}), "char(0x20ac)");
  EXPECT_EQ(value(ELEMENT_TYPE_I1, {0x80}), "int8(-128)");
  EXPECT_EQ(value(ELEMENT_TYPE_U1, {0x80}), "uint8(128)");
  EXPECT_EQ(value(ELEMENT_TYPE_I2, {0xfe, 0xff}), "int16(-2)");
  EXPECT_EQ(value(ELEMENT_TYPE_U2, {0xfe, 0xff}), "uint16(65534)");
  EXPECT_EQ(value(ELEMENT_TYPE_I4, {0xfe, 0xff, 0xff, 0xff}), "int32(-2)");
  EXPECT_EQ(value(ELEMENT_TYPE_U4, {0xfe, 0xff, 0xff, 0xff}),
            "uint32(4294967294)");
  EXPECT_EQ(
      value(ELEMENT_TYPE_I8, {0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
      "int64(-2)");
  EXPECT_EQ(
      value(ELEMENT_TYPE_U8, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
      "uint64(18446744073709551615)");
  EXPECT_EQ(value(ELEMENT_TYPE_R4, {0, 0, 0xc0, 0x3f}), "float32(1.5)");
  EXPECT_EQ(value(ELEMENT_TYPE_R8, {0, 0, 0, 0, 0, 0, 0xd0, 0xbf}),
            "float64(-0.25)");
  EXPECT_EQ(value(ELEMENT_TYPE_STRING, {'a', 0, 0xac, 0x20}),
            "\"a\\E2\\82\\AC\"");
  EXPECT_EQ(value(ELEMENT_TYPE_STRING, {}), "\"\"");
  EXPECT_EQ(value(ELEMENT_TYPE_CLASS, {0, 0, 0, 0}), "nullref");
}

TEST(Constant, SaysWhereItIsBroken) {
  EXPECT_CONTAINS(error(ELEMENT_TYPE_I4, {1, 2, 3}),
                  "unexpected end of the data (ECMA-335 II.22.9)");
  EXPECT_CONTAINS(error(ELEMENT_TYPE_BOOLEAN, {}),
                  "unexpected end of the data");
  EXPECT_CONTAINS(error(ELEMENT_TYPE_STRING, {'a'}), "odd number of bytes");
  EXPECT_CONTAINS(error(ELEMENT_TYPE_I, {1, 2, 3, 4}),
                  "a constant cannot be of this type");
  EXPECT_CONTAINS(error(ElementType(0xFF), {1, 2, 3, 4}),
                  "a constant cannot be of this type");
  ImageBuilder B;
  Image I = open(B.build());
  EXPECT_CONTAINS(bad(readConstant(*I, ConstantRid(1))), "no row 1");
}

} // namespace
} // namespace ilbridge::ecma335::test

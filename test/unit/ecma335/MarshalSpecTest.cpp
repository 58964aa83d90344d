//===- MarshalSpecTest.cpp - Marshalling descriptors, by their bytes ------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/MarshalSpec.h"
#include "Image.h"

namespace ilbridge::ecma335::test {
namespace {

using Bytes = std::vector<uint8_t>;

MarshalSpec read(const Bytes &Blob) {
  return good(readMarshalSpec(FileView{"test.dll", Blob}, Blob));
}
std::string error(const Bytes &Blob) {
  return bad(readMarshalSpec(FileView{"test.dll", Blob}, Blob));
}

TEST(MarshalSpec, NativeTypes) {
  EXPECT_EQ(text(read({0x02})), "bool");
  EXPECT_EQ(text(read({0x15})), "lpwstr");
  EXPECT_EQ(text(read({0x30})), "lputf8str");
  EXPECT_EQ(text(read({0x26})), "method");
  // A number without a name is kept.
  EXPECT_EQ(text(read({0x4e})), "native type 78");
  EXPECT_EQ(read({0x81, 0x00}).Kind, 0x100u);
}

TEST(MarshalSpec, Arrays) {
  MarshalSpec S = read({0x2a, 0x50});
  EXPECT_FALSE(S.ElementKind);
  EXPECT_FALSE(S.SizeParam);
  EXPECT_EQ(text(S), "[]");
  S = read({0x2a, 0x07, 0x02});
  EXPECT_EQ(S.ElementKind, uint32_t(NATIVE_TYPE_I4));
  EXPECT_EQ(S.SizeParam, 2u);
  EXPECT_FALSE(S.Size);
  EXPECT_EQ(text(S), "int32[+ 2]");
  EXPECT_EQ(text(read({0x2a, 0x07, 0x02, 0x03})), "int32[3 + 2]");
  // This descriptor has the flag that states whether the parameter is set.
  EXPECT_EQ(text(read({0x2a, 0x07, 0x00, 0x08, 0x00})), "int32[8]");
  EXPECT_EQ(text(read({0x2a, 0x07, 0x00, 0x08, 0x01})), "int32[8 + 0]");
  EXPECT_EQ(text(read({0x2a})), "[]");
}

TEST(MarshalSpec, FixedSizes) {
  EXPECT_EQ(text(read({0x17, 0x10})), "fixed sysstring [16]");
  EXPECT_EQ(text(read({0x1e, 0x04})), "fixed array [4]");
  EXPECT_EQ(text(read({0x1e, 0x04, 0x05})), "fixed array [4] int16");
  EXPECT_EQ(text(read({0x1e, 0x81, 0x00, 0x50})), "fixed array [256]");
}

TEST(MarshalSpec, SafeArrays) {
  EXPECT_EQ(text(read({0x1d})), "safearray");
  EXPECT_EQ(text(read({0x1d, 0x08})), "safearray vt(8)");
  EXPECT_EQ(text(read({0x1d, 0x24, 0x01, 'X'})), "safearray vt(36) \"X\"");
}

TEST(MarshalSpec, Interfaces) {
  EXPECT_EQ(text(read({0x1c})), "interface");
  EXPECT_EQ(text(read({0x19, 0x02})), "iunknown (iidparam = 2)");
}

TEST(MarshalSpec, CustomMarshalers) {
  Bytes Blob = {0x2c, 0x00, 0x00, 0x03, 'A', '.', 'B', 0x01, 'c'};
  MarshalSpec S = read(Blob);
  EXPECT_EQ(S.CustomMarshaler, "A.B");
  EXPECT_EQ(S.CustomCookie, "c");
  EXPECT_EQ(text(S), "custom (\"A.B\", \"c\")");
  EXPECT_EQ(text(read({0x2c, 0x01, 'g', 0x01, 'n', 0xff, 0xff})),
            "custom (\"\", \"\", \"g\", \"n\")");
}

TEST(MarshalSpec, SaysWhereItIsBroken) {
  EXPECT_EQ(error({}), "test.dll: at byte 0 (0x0): unexpected end of the data "
                       "(ECMA-335 II.23.4)");
  EXPECT_CONTAINS(error({0x2a, 0x07, 0x80}), "unexpected end of the data");
  EXPECT_CONTAINS(error({0x2c, 0x00, 0x00}), "unexpected end of the data");
  EXPECT_CONTAINS(error({0x2c, 0x00, 0x00, 0x7f, 'A'}),
                  "unexpected end of the data");
  EXPECT_CONTAINS(error({0xE0}), "invalid first byte of a compressed integer");
}

TEST(MarshalSpec, IsReadFromARow) {
  ImageBuilder B;
  uint32_t Blob = B.blob({0x14});
  Image I = open(B.build());
  EXPECT_EQ(text(good(readMarshalSpec(*I, BlobIndex(Blob)))), "lpstr");
  bad(readMarshalSpec(*I, BlobIndex(0x1234)));
}

} // namespace
} // namespace ilbridge::ecma335::test

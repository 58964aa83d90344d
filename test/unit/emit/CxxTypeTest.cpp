//===- CxxTypeTest.cpp - Types as C++ source ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CxxType.h"
#include "Names.h"
#include "gtest/gtest.h"

using namespace ilbridge;
using namespace ilbridge::emit;

namespace {

class CxxType : public testing::Test {
protected:
  const Type *pointer(const Type *To, Qualifiers Are = {},
                      PointerType::Form Form = PointerType::Pointer) {
    return Types.make<PointerType>(To, Are, Form);
  }
  const Type *function(const Type *Result, std::vector<const Type *> Params,
                       CallingConvention CC = CallingConvention::C) {
    return Types.make<FunctionType>(Result, std::move(Params), CC, false);
  }

  TypeContext Types;
  const Type *Void = Types.make<VoidType>();
  const Type *Float =
      Types.make<ScalarType>(ScalarType::Float, Width::W32, Signedness::Signed);
  const Type *Number = Types.make<ScalarType>(ScalarType::Integer, Width::W32,
                                              Signedness::Signed);
};

} // namespace

TEST_F(CxxType, IsDeclaredAroundItsName) {
  const std::string Int = declare(*Number);
  EXPECT_EQ(declare(*Number, "x"), Int + " x");
  EXPECT_EQ(declare(*pointer(Number), "x"), Int + " *x");
  EXPECT_EQ(declare(*Types.make<ArrayType>(pointer(Number), 3), "x"),
            Int + " *x[3]");
  EXPECT_EQ(declare(*pointer(Types.make<ArrayType>(Number, 3)), "x"),
            Int + " (*x)[3]");
  EXPECT_EQ(declare(*pointer(function(Void, {Number, pointer(Number)})), "f"),
            "void (*f)(" + Int + ", " + Int + " *)");
  // A function that returns the address of a function.
  EXPECT_EQ(
      declare(*pointer(function(pointer(function(Void, {})), {Number})), "f"),
      "void (*(*f)(" + Int + "))()");
}

TEST_F(CxxType, HasItsQualifiersAtTheirSide) {
  const std::string Int = declare(*Number);
  EXPECT_EQ(declare(*pointer(Number, {true, false})), "const " + Int + " *");
  EXPECT_EQ(declare(*pointer(pointer(Number), {true, false})),
            Int + " *const *");
  EXPECT_EQ(declare(*pointer(Number, {true, true})),
            "const volatile " + Int + " *");
  EXPECT_EQ(declare(*pointer(Number, {}, PointerType::Reference), "x"),
            Int + " &x");
}

TEST_F(CxxType, NamesAConventionThatIsNotTheDefault) {
  const Type *F = pointer(function(Void, {}, CallingConvention::StdCall));
  EXPECT_EQ(declare(*F, "f"), "void (__attribute__((stdcall)) *f)()");
  EXPECT_EQ(conventionAttribute(CallingConvention::C), "");
}

TEST(Identifiers, AreMadeOfAnyText) {
  EXPECT_EQ(identifier("Ns.Type`1"), "Ns_Type_1");
  EXPECT_EQ(identifier("2D"), "_2D");
  EXPECT_EQ(identifier(""), "_");
  EXPECT_TRUE(isIdentifier("name"));
  EXPECT_FALSE(isIdentifier("class"));
  EXPECT_FALSE(isIdentifier("2D"));
  EXPECT_FALSE(isIdentifier("a.b"));
}

TEST(LocalNames, AreUnique) {
  static constexpr llvm::StringLiteral Reserved[] = {"frame"};
  LocalNames Names(Reserved);
  EXPECT_EQ(Names("x", 0), "x");
  EXPECT_EQ(Names("x", 1), "x_");
  EXPECT_EQ(Names("frame", 2), "frame_");
  EXPECT_EQ(Names("class", 3), "arg3");
  EXPECT_EQ(Names("", 4), "arg4");
}

TEST(Comments, StayInTheirLine) {
  EXPECT_EQ(comment("a").find('\n'), std::string::npos);
  EXPECT_EQ(comment("a\nb").find('\n'), std::string::npos);
  // A backslash at the end of a line continues the comment.
  EXPECT_EQ(comment("a\\").back(), '.');
  EXPECT_EQ(comment("a?\?/").back(), '.');
  EXPECT_EQ(comment("a/"), "a/");
}

//===- SignatureTest.cpp - Signatures, by their bytes ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Signature.h"
#include "Image.h"

namespace ilbridge::ecma335::test {
namespace {

using Bytes = std::vector<uint8_t>;

class Signature : public testing::Test {
protected:
  FileView view(const Bytes &Blob) { return {"test.dll", Blob}; }
  std::string method(const Bytes &Blob) {
    auto S = readMethodSig(view(Blob), Blob, A);
    return S ? text(*S) : llvm::toString(S.takeError());
  }
  std::string field(const Bytes &Blob) {
    auto S = readFieldSig(view(Blob), Blob, A);
    return S ? text(**S) : llvm::toString(S.takeError());
  }
  std::string type(const Bytes &Blob) {
    auto S = readTypeSpec(view(Blob), Blob, A);
    return S ? text(**S) : llvm::toString(S.takeError());
  }
  std::string property(const Bytes &Blob) {
    auto S = readPropertySig(view(Blob), Blob, A);
    return S ? text(*S) : llvm::toString(S.takeError());
  }
  template <typename T> std::string list(llvm::Expected<llvm::ArrayRef<T>> S) {
    if (!S)
      return llvm::toString(S.takeError());
    std::string Result;
    for (const T &V : *S) {
      Result += Result.empty() ? "" : ", ";
      if constexpr (std::is_pointer_v<T>)
        Result += text(*V);
      else
        Result += text(V);
    }
    return Result;
  }
  std::string locals(const Bytes &Blob) {
    return list(readLocalVarSig(view(Blob), Blob, A));
  }
  std::string arguments(const Bytes &Blob) {
    return list(readMethodSpec(view(Blob), Blob, A));
  }

  llvm::BumpPtrAllocator A;
};

TEST_F(Signature, Primitives) {
  const std::pair<uint8_t, const char *> All[] = {
      {0x02, "bool"},        {0x03, "char"},     {0x04, "int8"},
      {0x05, "uint8"},       {0x06, "int16"},    {0x07, "uint16"},
      {0x08, "int32"},       {0x09, "uint32"},   {0x0a, "int64"},
      {0x0b, "uint64"},      {0x0c, "float32"},  {0x0d, "float64"},
      {0x0e, "string"},      {0x16, "typedref"}, {0x18, "native int"},
      {0x19, "native uint"}, {0x1c, "object"}};
  for (auto [Byte, Name] : All) {
    EXPECT_EQ(field({0x06, Byte}), Name);
    EXPECT_EQ(type({0x1d, Byte}), std::string(Name) + "[]");
  }
}

TEST_F(Signature, NamedTypes) {
  EXPECT_EQ(type({0x12, 0x05}), "class 0x01000001");
  EXPECT_EQ(type({0x11, 0x08}), "valuetype 0x02000002");
  EXPECT_EQ(type({0x12, 0x0a}), "class 0x1b000002");
  // The token is compressed, in one, two or four bytes.
  EXPECT_EQ(type({0x12, 0x81, 0x01}), "class 0x01000040");
  EXPECT_EQ(type({0x12, 0xC0, 0x01, 0x00, 0x01}), "class 0x01004000");
}

TEST_F(Signature, ConstructedTypes) {
  EXPECT_EQ(type({0x0f, 0x01}), "void*");
  EXPECT_EQ(type({0x0f, 0x0f, 0x05}), "uint8**");
  EXPECT_EQ(type({0x10, 0x08}), "int32&");
  EXPECT_EQ(type({0x1d, 0x1d, 0x0e}), "string[][]");
  EXPECT_EQ(type({0x13, 0x00}), "!0");
  EXPECT_EQ(type({0x1e, 0x02}), "!!2");
  EXPECT_EQ(type({0x15, 0x12, 0x05, 0x02, 0x08, 0x13, 0x01}),
            "class 0x01000001<int32, !1>");
  EXPECT_EQ(type({0x15, 0x11, 0x05, 0x01, 0x15, 0x12, 0x09, 0x01, 0x1c}),
            "valuetype 0x01000001<class 0x01000002<object>>");
}

TEST_F(Signature, Arrays) {
  // rank, number of sizes, sizes, number of lower bounds, lower bounds
  EXPECT_EQ(type({0x14, 0x08, 0x02, 0x00, 0x00}), "int32[,]");
  EXPECT_EQ(type({0x14, 0x08, 0x01, 0x00, 0x00}), "int32[...]");
  EXPECT_EQ(type({0x14, 0x08, 0x03, 0x01, 0x04, 0x02, 0x00, 0x02}),
            "int32[0...3,1...,]");
  // -3 in one byte, -100 in two
  EXPECT_EQ(type({0x14, 0x08, 0x01, 0x01, 0x02, 0x01, 0x7b}), "int32[-3...-2]");
  EXPECT_EQ(type({0x14, 0x08, 0x01, 0x00, 0x01, 0xbf, 0x39}), "int32[-100...]");
  // -10,000 and 268,435,455, the greatest, in four
  EXPECT_EQ(type({0x14, 0x08, 0x02, 0x00, 0x02, 0xdf, 0xff, 0xb1, 0xe1, 0xdf,
                  0xff, 0xff, 0xfe}),
            "int32[-10000...,268435455...]");

  EXPECT_CONTAINS(type({0x14, 0x08, 0x00, 0x00, 0x00}), "1 to 32 dimensions");
  EXPECT_CONTAINS(type({0x14, 0x08, 33, 0x00, 0x00}), "1 to 32 dimensions");
  EXPECT_CONTAINS(type({0x14, 0x08, 0x01, 0x02, 0x01, 0x01, 0x00}),
                  "more sizes than dimensions");
  EXPECT_CONTAINS(type({0x14, 0x08, 0x01, 0x00, 0x02, 0x00, 0x00}),
                  "more lower bounds than dimensions");
}

TEST_F(Signature, CustomModifiers) {
  EXPECT_EQ(field({0x06, 0x20, 0x05, 0x08}), "int32 modopt(0x01000001)");
  EXPECT_EQ(field({0x06, 0x1f, 0x05, 0x20, 0x09, 0x0f, 0x20, 0x05, 0x05}),
            "uint8 modopt(0x01000001)* modreq(0x01000001) "
            "modopt(0x01000002)");
  auto S = good(readFieldSig(FileView(), Bytes{0x06, 0x1f, 0x05, 0x08}, A));
  ASSERT_EQ(S->mods().size(), 1u);
  EXPECT_TRUE(S->mods()[0].IsRequired);
  EXPECT_TRUE(S->mods()[0].Type.is<TypeRefRow>());
  EXPECT_TRUE(llvm::isa<PrimitiveSig>(S));
  EXPECT_CONTAINS(field({0x06, 0x20, 0x07, 0x08}),
                  "the tag of a type is invalid");
}

TEST_F(Signature, Methods) {
  EXPECT_EQ(method({0x00, 0x00, 0x01}), "void ()");
  EXPECT_EQ(method({0x20, 0x02, 0x08, 0x0e, 0x10, 0x08}),
            "instance int32 (string, int32&)");
  EXPECT_EQ(method({0x60, 0x01, 0x01, 0x1c}),
            "instance explicit void (object)");
  EXPECT_EQ(method({0x10, 0x02, 0x01, 0x1e, 0x00, 0x1e, 0x01}),
            "!!0 <2> (!!1)");
  EXPECT_EQ(method({0x01, 0x00, 0x01}), "unmanaged cdecl void ()");
  EXPECT_EQ(method({0x02, 0x00, 0x01}), "unmanaged stdcall void ()");
  EXPECT_EQ(method({0x03, 0x00, 0x01}), "unmanaged thiscall void ()");
  EXPECT_EQ(method({0x04, 0x00, 0x01}), "unmanaged fastcall void ()");
  EXPECT_EQ(method({0x09, 0x00, 0x01}), "unmanaged void ()");
  EXPECT_EQ(method({0x05, 0x01, 0x01, 0x08}), "vararg void (int32)");
  EXPECT_EQ(method({0x05, 0x03, 0x01, 0x08, 0x41, 0x0e, 0x0d}),
            "vararg void (int32, ..., string, float64)");
  EXPECT_EQ(method({0x05, 0x01, 0x01, 0x41, 0x0e}),
            "vararg void (..., string)");

  Bytes Blob = {0x25, 0x02, 0x01, 0x08, 0x41, 0x0e};
  auto S = good(readMethodSig(view(Blob), Blob, A));
  EXPECT_EQ(S.convention(), SignatureKind::VarArg);
  EXPECT_TRUE(S.hasThis());
  EXPECT_FALSE(S.explicitThis());
  EXPECT_TRUE(S.hasSentinel());
  EXPECT_EQ(S.FixedParamCount, 1u);
  EXPECT_EQ(S.Params.size(), 2u);
}

TEST_F(Signature, FunctionPointers) {
  EXPECT_EQ(field({0x06, 0x1b, 0x01, 0x01, 0x08, 0x0f, 0x01}),
            "method unmanaged cdecl int32 *(void*)");
  EXPECT_EQ(type({0x1b, 0x00, 0x01, 0x01, 0x1b, 0x09, 0x00, 0x20, 0x05, 0x01}),
            "method void *(method unmanaged void modopt(0x01000001) *())");
}

TEST_F(Signature, Properties) {
  EXPECT_EQ(property({0x28, 0x00, 0x08}), "instance int32 ()");
  EXPECT_EQ(property({0x08, 0x01, 0x0e, 0x08}), "string (int32)");
  EXPECT_CONTAINS(property({0x06, 0x08}),
                  "invalid first byte of a property signature");
}

TEST_F(Signature, LocalVariables) {
  EXPECT_EQ(locals({0x07, 0x00}), "");
  EXPECT_EQ(locals({0x07, 0x03, 0x08, 0x45, 0x10, 0x08, 0x16}),
            "int32, int32& pinned, typedref");
  EXPECT_EQ(locals({0x07, 0x01, 0x1f, 0x05, 0x45, 0x20, 0x09, 0x1d, 0x05}),
            "uint8[] modreq(0x01000001) modopt(0x01000002) pinned");
  EXPECT_CONTAINS(locals({0x06, 0x08}),
                  "invalid first byte of a local variable signature");
}

TEST_F(Signature, GenericArguments) {
  EXPECT_EQ(arguments({0x0a, 0x02, 0x08, 0x12, 0x05}),
            "int32, class 0x01000001");
  EXPECT_CONTAINS(arguments({0x0a, 0x00}), "at least one argument");
  EXPECT_CONTAINS(arguments({0x0b, 0x01, 0x08}),
                  "invalid first byte of a generic method instance");
}

TEST_F(Signature, Kinds) {
  EXPECT_EQ(signatureKind({}), std::nullopt);
  EXPECT_EQ(signatureKind(Bytes{0x06}), SignatureKind::Field);
  EXPECT_EQ(signatureKind(Bytes{0x35}), SignatureKind::VarArg);
  EXPECT_EQ(signatureKind(Bytes{0x0b}), std::nullopt);
  EXPECT_TRUE(isMethod(SignatureKind::Unmanaged));
  EXPECT_FALSE(isMethod(SignatureKind::Property));
}

TEST_F(Signature, IgnoresWhatFollows) {
  EXPECT_EQ(method({0x00, 0x00, 0x01, 0xFF, 0xFF}), "void ()");
}

TEST_F(Signature, SaysWhereItIsBroken) {
  Bytes Blob = {0x00, 0x01, 0x01, 0x17};
  EXPECT_EQ(method(Blob),
            "test.dll: at byte 3 (0x3): this element type is invalid "
            "in this position (ECMA-335 II.23.2.1)");
  EXPECT_CONTAINS(method({}), "unexpected end of the data");
  EXPECT_CONTAINS(method({0x00, 0x00}), "unexpected end of the data");
  EXPECT_CONTAINS(method({0x06, 0x08}),
                  "invalid first byte of a method signature");
  EXPECT_CONTAINS(method({0x00, 0x01, 0x08, 0x01}),
                  "a value cannot have the type void");
  EXPECT_CONTAINS(method({0x00, 0x01, 0x01, 0x45, 0x08}), "in this position");
  EXPECT_CONTAINS(method({0x05, 0x02, 0x01, 0x41, 0x08, 0x41, 0x08}),
                  "in this position");
  EXPECT_CONTAINS(field({0x06, 0x01}), "a value cannot have the type void");
  EXPECT_CONTAINS(type({0x12, 0x07}), "the tag of a type is invalid");
  EXPECT_CONTAINS(type({0x12, 0xE0}),
                  "invalid first byte of a compressed integer");
  EXPECT_CONTAINS(type({0x12, 0xC0, 0x00}), "unexpected end of the data");
  EXPECT_CONTAINS(type({0x15, 0x08, 0x05, 0x01, 0x08}),
                  "a class or a value type");
  EXPECT_CONTAINS(type({0x15, 0x12, 0x05, 0x00}), "at least one argument");
}

// A count must not be used as an allocation size.
TEST_F(Signature, ChecksCounts) {
  const char *Rule = "the number of elements exceeds the remaining bytes";
  EXPECT_CONTAINS(method({0x00, 0xDF, 0xFF, 0xFF, 0xFF, 0x01}), Rule);
  EXPECT_CONTAINS(locals({0x07, 0xDF, 0xFF, 0xFF, 0xFF, 0x08}), Rule);
  EXPECT_CONTAINS(property({0x08, 0xDF, 0xFF, 0xFF, 0xFF, 0x08}), Rule);
  EXPECT_CONTAINS(arguments({0x0a, 0xDF, 0xFF, 0xFF, 0xFF, 0x08}), Rule);
  EXPECT_CONTAINS(type({0x15, 0x12, 0x05, 0xDF, 0xFF, 0xFF, 0xFF}), Rule);
  EXPECT_CONTAINS(type({0x14, 0x08, 0x01, 0xDF, 0xFF, 0xFF, 0xFF}), Rule);
  EXPECT_LT(A.getTotalMemory(), 100'000u);
}

TEST_F(Signature, BoundsNesting) {
  Bytes Deep(MaxSignatureDepth, 0x1d);
  Deep.back() = 0x08;
  EXPECT_CONTAINS(type(Deep), "int32[]");
  for (uint8_t Byte : {0x0f, 0x10, 0x1d, 0x14}) {
    Bytes TooDeep(1'000'000, Byte);
    EXPECT_CONTAINS(type(TooDeep), "nested too deeply");
  }
  // Function pointers in the results of function pointers.
  Bytes Pointers;
  for (int I = 0; I != 100'000; ++I)
    Pointers.insert(Pointers.end(), {0x1b, 0x00, 0x01});
  EXPECT_CONTAINS(type(Pointers), "nested too deeply");
  // Each states as many parameters as it has bytes. The total over all levels
  // must not be allocated.
  Pointers.clear();
  for (int I = 0; I != 100'000; ++I)
    Pointers.insert(Pointers.end(), {0x1b, 0x00, 0xC0, 0x03, 0x00, 0x00});
  EXPECT_CONTAINS(type(Pointers), "nested too deeply");
  EXPECT_LT(A.getTotalMemory(), 1'000'000u);
}

} // namespace
} // namespace ilbridge::ecma335::test

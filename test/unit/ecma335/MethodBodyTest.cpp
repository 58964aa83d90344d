//===- MethodBodyTest.cpp - Headers, instructions, clauses ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/MethodBody.h"
#include "Image.h"

namespace ilbridge::ecma335::test {
namespace {

using Bytes = std::vector<uint8_t>;

/// Prints the instructions of some code, and the error at the end, if there is
/// one.
std::vector<std::string> instructions(const Bytes &Code) {
  FileView File{"test.dll", Code};
  MethodBody Body;
  Body.Code = Code;
  std::vector<std::string> Result;
  InstructionReader Reader(File, Body);
  while (!Reader.atEnd()) {
    auto I = Reader.next();
    Result.push_back(I ? text(*I) : llvm::toString(I.takeError()));
  }
  return Result;
}
std::string one(const Bytes &Code) {
  auto All = instructions(Code);
  EXPECT_EQ(All.size(), 1u);
  return All.empty() ? "" : All.front();
}

TEST(Opcodes, HaveNamesAndOperands) {
#define OPCODE(VALUE, NAME, MNEMONIC, OPERAND)                                 \
  EXPECT_EQ(mnemonic(Opcode::NAME), MNEMONIC);                                 \
  EXPECT_EQ(operandKind(Opcode::NAME), OperandKind::OPERAND);
#include "ilbridge/ecma335/Opcodes.def"
  for (unsigned Number :
       {0x24u, 0x77u, 0xFEu, 0xFFu, 0xFE08u, 0xFE1Bu, 0xFEFFu, 0x1234u}) {
    EXPECT_EQ(mnemonic(Opcode(Number)), "");
    EXPECT_EQ(operandKind(Opcode(Number)), OperandKind::Invalid);
  }
}

// All encodings in order, with operands of zeros.
TEST(Instructions, OfEveryOpcode) {
  unsigned Count = 0;
#define OPCODE(VALUE, NAME, MNEMONIC, OPERAND)                                 \
  {                                                                            \
    ++Count;                                                                   \
    Bytes Code =                                                               \
        VALUE > 0xFF ? Bytes{VALUE >> 8, VALUE & 0xFF} : Bytes{VALUE & 0xFF};  \
    size_t Size = Code.size();                                                 \
    switch (OperandKind::OPERAND) {                                            \
    case OperandKind::Invalid:                                                 \
    case OperandKind::None:                                                    \
      break;                                                                   \
    case OperandKind::Int8:                                                    \
    case OperandKind::UInt8:                                                   \
    case OperandKind::Var8:                                                    \
    case OperandKind::Branch8:                                                 \
      Size += 1;                                                               \
      break;                                                                   \
    case OperandKind::Var16:                                                   \
      Size += 2;                                                               \
      break;                                                                   \
    case OperandKind::Int64:                                                   \
    case OperandKind::Float64:                                                 \
      Size += 8;                                                               \
      break;                                                                   \
    default:                                                                   \
      Size += 4;                                                               \
      break;                                                                   \
    }                                                                          \
    Code.resize(Size);                                                         \
    EXPECT_CONTAINS(one(Code), MNEMONIC);                                      \
    Code.pop_back();                                                           \
    if (!Code.empty()) {                                                       \
      EXPECT_CONTAINS(one(Code), "test.dll: at byte 0");                       \
    }                                                                          \
  }
#include "ilbridge/ecma335/Opcodes.def"
  EXPECT_EQ(Count, 219u);
}

TEST(Instructions, Operands) {
  EXPECT_EQ(one({0x1f, 0xfb}), "IL_0000: ldc.i4.s -5");
  EXPECT_EQ(one({0x20, 0xfe, 0xff, 0xff, 0xff}), "IL_0000: ldc.i4 -2");
  EXPECT_EQ(one({0x21, 1, 0, 0, 0, 0, 0, 0, 0x80}),
            "IL_0000: ldc.i8 -9223372036854775807");
  EXPECT_EQ(one({0x22, 0, 0, 0xc0, 0x3f}), "IL_0000: ldc.r4 1.5");
  EXPECT_EQ(one({0x23, 0, 0, 0, 0, 0, 0, 0xd0, 0xbf}), "IL_0000: ldc.r8 -0.25");
  EXPECT_EQ(one({0x0e, 0xff}), "IL_0000: ldarg.s 255");
  EXPECT_EQ(one({0xfe, 0x0c, 0xff, 0xff}), "IL_0000: ldloc 65535");
  EXPECT_EQ(one({0xfe, 0x12, 0x01}), "IL_0000: unaligned. 1");
  EXPECT_EQ(one({0x28, 0x03, 0, 0, 0x0a}), "IL_0000: call 0x0a000003");
  EXPECT_EQ(one({0x72, 0x10, 0, 0, 0x70}), "IL_0000: ldstr 0x70000010");
  EXPECT_EQ(one({0x2b, 0xfe}), "IL_0000: br.s IL_0000");
  EXPECT_EQ(one({0x38, 0x10, 0, 0, 0}), "IL_0000: br IL_0015");
  EXPECT_EQ(one({0x2b, 0x80}), "IL_0000: br.s IL_-007e");
}

TEST(Instructions, FollowEachOther) {
  EXPECT_EQ(
      instructions({0x02, 0x45, 2,    0,    0,    0,    1, 0, 0, 0,   0xf2,
                    0xff, 0xff, 0xff, 0x2a, 0xfe, 0x16, 1, 0, 0, 0x1b}),
      (std::vector<std::string>{
          "IL_0000: ldarg.0", "IL_0001: switch (IL_000f, IL_0000)",
          "IL_000e: ret", "IL_000f: constrained. 0x1b000001"}));
  EXPECT_TRUE(instructions({}).empty());
}

TEST(Instructions, EndAtTheFirstError) {
  EXPECT_EQ(instructions({0x00, 0x24, 0x00}),
            (std::vector<std::string>{
                "IL_0000: nop", "test.dll: at byte 1 (0x1): unknown opcode "
                                "(ECMA-335 III.1.2)"}));
  EXPECT_CONTAINS(one({0xfe, 0x08}), "unknown opcode");
  EXPECT_CONTAINS(one({0xfe}), "test.dll: at byte 0");
  // There are more targets than the body has bytes, or than a length can state.
  for (uint8_t High : {0x00, 0x40, 0xff})
    EXPECT_CONTAINS(one({0x45, 0x02, 0, 0, High, 0, 0, 0, 0}),
                    "ends within an instruction");
}

TEST(Instructions, GiveTokensOnlyWhereThereAreSome) {
  Bytes Code = {0x20, 1, 0, 0, 6, 0x28, 1, 0, 0, 6};
  MethodBody Body;
  Body.Code = Code;
  FileView File{"test.dll", Code};
  InstructionReader Reader(File, Body);
  EXPECT_FALSE(good(Reader.next()).token());
  EXPECT_EQ(good(Reader.next()).token(), Token(MethodDefRid(1)));
}

//===----------------------------------------------------------------------===//
// Headers
//===----------------------------------------------------------------------===//

/// An image whose methods have these bytes at their RVAs.
Image withBodies(const std::vector<Bytes> &Bodies, uint32_t ImplFlags = 0) {
  ImageBuilder B;
  for (const Bytes &Body : Bodies)
    B.row(TableID::MethodDef, {B.bytes(Body), ImplFlags, 0, 0, 0, 1});
  return open(B.build());
}

TEST(MethodBody, TinyHeader) {
  Image I = withBodies({{0x0a, 0x02, 0x2a}});
  auto Body = good(readMethodBody(*I, MethodDefRid(1)));
  ASSERT_TRUE(Body);
  EXPECT_TRUE(Body->IsTiny);
  EXPECT_EQ(Body->MaxStack, 8);
  EXPECT_FALSE(Body->LocalVarSig);
  EXPECT_EQ(Body->Code, llvm::ArrayRef<uint8_t>({0x02, 0x2a}));
  EXPECT_TRUE(Body->MoreSections.empty());
}

TEST(MethodBody, FatHeader) {
  Image I = withBodies({{0x13, 0x30, 0x05, 0x00, 0x01, 0x00, 0x00, 0x00, 0x02,
                         0x00, 0x00, 0x11, 0x2a}});
  auto Body = good(readMethodBody(*I, MethodDefRid(1)));
  ASSERT_TRUE(Body);
  EXPECT_FALSE(Body->IsTiny);
  EXPECT_TRUE(Body->InitLocals);
  EXPECT_EQ(Body->MaxStack, 5);
  EXPECT_EQ(Body->LocalVarSig, Token(StandAloneSigRid(2)));
  EXPECT_EQ(Body->Code, llvm::ArrayRef<uint8_t>({0x2a}));
}

TEST(MethodBody, IsMissing) {
  ImageBuilder B;
  B.row(TableID::MethodDef, {0, 0, 0, 0, 0, 1}); // abstract
  B.row(TableID::MethodDef,                      // native code
        {ImageBuilder::SectionRVA, 1, 0, 0, 0, 1});
  B.row(TableID::MethodDef, {0x70000000, 0, 0, 0, 0, 1});
  Image I = open(B.build());
  EXPECT_EQ(good(readMethodBody(*I, MethodDefRid(1))), std::nullopt);
  EXPECT_EQ(good(readMethodBody(*I, MethodDefRid(2))), std::nullopt);
  EXPECT_CONTAINS(bad(readMethodBody(*I, MethodDefRid(3))),
                  "at byte " +
                      std::to_string(B.rowOffset(TableID::MethodDef, 3)));
  EXPECT_CONTAINS(bad(readMethodBody(*I, MethodDefRid(3))),
                  "no section has the address 0x70000000");
  EXPECT_CONTAINS(bad(readMethodBody(*I, MethodDefRid(4))), "has no row 4");
}

TEST(MethodBody, SaysWhereItIsBroken) {
  auto error = [](const Bytes &Body) {
    Image I = withBodies({Body});
    return bad(readMethodBody(*I, MethodDefRid(1)));
  };
  EXPECT_CONTAINS(error({0x00}),
                  "invalid first byte of a method body (ECMA-335 II.25.4)");
  EXPECT_CONTAINS(error({0x01}), "invalid first byte of a method body");
  // A header of less than three words, and one longer than the section.
  EXPECT_CONTAINS(error({0x03, 0x20, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                  "at least 12 bytes");
  EXPECT_CONTAINS(error({0x03, 0x30, 8, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}),
                  "unexpected end of the data");
}

//===----------------------------------------------------------------------===//
// Exception handling
//===----------------------------------------------------------------------===//

Bytes fatBody(const Bytes &Sections) {
  Bytes Result = {0x0b, 0x30, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x2a, 0, 0, 0};
  Result.insert(Result.end(), Sections.begin(), Sections.end());
  return Result;
}
std::string clauses(const Image &I) {
  auto Body = good(readMethodBody(*I, MethodDefRid(1)));
  if (!Body)
    return "no body";
  auto Clauses = readExceptionClauses(I->file(), *Body);
  if (!Clauses)
    return llvm::toString(Clauses.takeError());
  std::string Result;
  llvm::raw_string_ostream OS(Result);
  for (const ExceptionClause &C : *Clauses)
    OS << C.Flags << ' ' << C.TryOffset << '+' << C.TryLength << ' '
       << C.HandlerOffset << '+' << C.HandlerLength << ' ' << C.Class << ' '
       << C.FilterOffset << '\n';
  return Result;
}

TEST(ExceptionClauses, Small) {
  Bytes Clause = {0, 0, 1, 0, 2, 3, 0, 4, 5, 0, 0, 1};
  Bytes Section = {0x01, 16, 0, 0};
  Section.insert(Section.end(), Clause.begin(), Clause.end());
  EXPECT_EQ(clauses(withBodies({fatBody(Section)})),
            "0 1+2 3+4 0x01000005 0\n");
  Section[1] = 12; // without its own header in the length
  EXPECT_EQ(clauses(withBodies({fatBody(Section)})),
            "0 1+2 3+4 0x01000005 0\n");
}

TEST(ExceptionClauses, FatAndSeveralSections) {
  Bytes Sections = {0xC1, 28, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0,    0,
                    0,    3,  0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 0x01, 16,
                    0,    0,  2, 0, 6, 0, 7, 8, 0, 9, 0, 0, 0, 0};
  EXPECT_EQ(clauses(withBodies({fatBody(Sections)})),
            "1 1+2 3+4 0x00000000 9\n2 6+7 8+9 0x00000000 0\n");
}

TEST(ExceptionClauses, SayWhereTheyAreBroken) {
  // This is the last body of the section, so only the metadata follow it. The
  // lengths exceed these.
  EXPECT_CONTAINS(clauses(withBodies({fatBody({0x41, 0xff, 0xff, 0xff})})),
                  "unexpected end of the data");
  EXPECT_CONTAINS(clauses(withBodies({fatBody({0x02, 2, 0, 0})})),
                  "at least the four bytes of its header");
  // A chain of empty sections ends with the file.
  Bytes Chain;
  for (int I = 0; I != 1000; ++I)
    Chain.insert(Chain.end(), {0x80, 4, 0, 0});
  Chain.insert(Chain.end(), {0x80, 0xff, 0, 0});
  clauses(withBodies({fatBody(Chain)}));
}

} // namespace
} // namespace ilbridge::ecma335::test

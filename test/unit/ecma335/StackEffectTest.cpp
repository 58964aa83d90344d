//===- StackEffectTest.cpp - Stack effects of instructions ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/StackEffect.h"
#include "llvm/ADT/STLExtras.h"
#include <gtest/gtest.h>

using namespace ilbridge::ecma335;

static constexpr Opcode All[] = {
#define OPCODE(VALUE, NAME, MNEMONIC, OPERAND) Opcode::NAME,
#include "ilbridge/ecma335/Opcodes.def"
};

/// Every instruction has an effect, except those whose effect depends on other
/// data.
TEST(StackEffect, CoversAllInstructions) {
  static constexpr Opcode Depends[] = {
      Opcode::Call, Opcode::Calli, Opcode::Callvirt, Opcode::Newobj,
      Opcode::Ret,  Opcode::Leave, Opcode::Leave_s};
  for (Opcode Op : All)
    EXPECT_NE(stackEffect(Op).has_value(), llvm::is_contained(Depends, Op))
        << mnemonic(Op).str();
}

TEST(StackEffect, IsOfInstructionsOnly) {
  EXPECT_FALSE(stackEffect(static_cast<Opcode>(0x24)));
  EXPECT_FALSE(stackEffect(static_cast<Opcode>(0xA6)));
  EXPECT_FALSE(stackEffect(static_cast<Opcode>(0xFE08)));
  EXPECT_FALSE(stackEffect(static_cast<Opcode>(0x1234)));
}

/// Instructions whose mnemonics have the same form have the same effect
/// (partition III).
TEST(StackEffect, FollowsTheMnemonic) {
  struct Kind {
    llvm::StringLiteral Prefix;
    int Pops, Pushes;
  };
  static constexpr Kind Kinds[] = {
      {"ldarg", 0, 1},     {"ldloc.", 0, 1},  {"ldloca", 0, 1},
      {"ldc.", 0, 1},      {"stloc", 1, 0},   {"starg", 1, 0},
      {"conv.", 1, 1},     {"ldind.", 1, 1},  {"stind.", 2, 0},
      {"ldelem", 2, 1},    {"stelem", 3, 0},  {"add", 2, 1},
      {"sub", 2, 1},       {"mul", 2, 1},     {"div", 2, 1},
      {"rem", 2, 1},       {"shl", 2, 1},     {"shr", 2, 1},
      {"ceq", 2, 1},       {"cgt", 2, 1},     {"clt", 2, 1},
      {"beq", 2, 0},       {"bge", 2, 0},     {"bgt", 2, 0},
      {"ble", 2, 0},       {"blt", 2, 0},     {"bne", 2, 0},
      {"brtrue", 1, 0},    {"brfalse", 1, 0}, {"ldsfld", 0, 1},
      {"ldfld", 1, 1},     {"stsfld", 1, 0},  {"stfld", 2, 0},
      {"dup", 1, 2},       {"pop", 1, 0},     {"ldftn", 0, 1},
      {"ldvirtftn", 1, 1}, {"switch", 1, 0},  {"throw", 1, 0},
      {"castclass", 1, 1}, {"isinst", 1, 1},  {"box", 1, 1},
      {"ldstr", 0, 1},     {"ldtoken", 0, 1}, {"cpblk", 3, 0},
      {"initblk", 3, 0},   {"stobj", 2, 0},   {"cpobj", 2, 0},
      {"ldobj", 1, 1},     {"newarr", 1, 1},  {"neg", 1, 1},
      {"not", 1, 1},       {"sizeof", 0, 1},  {"initobj", 1, 0}};
  for (Opcode Op : All)
    for (const Kind &K : Kinds)
      if (mnemonic(Op).starts_with(K.Prefix)) {
        ASSERT_TRUE(stackEffect(Op)) << mnemonic(Op).str();
        EXPECT_EQ(stackEffect(Op)->Pops, K.Pops) << mnemonic(Op).str();
        EXPECT_EQ(stackEffect(Op)->Pushes, K.Pushes) << mnemonic(Op).str();
      }
}

TEST(StackEffect, SaysWhereFlowEnds) {
  EXPECT_TRUE(endsFlow(Opcode::Ret));
  EXPECT_TRUE(endsFlow(Opcode::Br_s));
  EXPECT_TRUE(endsFlow(Opcode::Throw));
  EXPECT_TRUE(endsFlow(Opcode::Leave));
  EXPECT_FALSE(endsFlow(Opcode::Brtrue));
  EXPECT_FALSE(endsFlow(Opcode::Switch));
  EXPECT_FALSE(endsFlow(Opcode::Call));
}

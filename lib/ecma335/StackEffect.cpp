//===- StackEffect.cpp - Stack effects of instructions --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/StackEffect.h"

namespace ilbridge::ecma335 {

namespace {
/// Opcodes with the same effect. Related instructions have consecutive numbers.
struct EffectOf {
  Opcode First, Last;
  StackEffect Effect;
};
} // namespace

static constexpr EffectOf Effects[] = {
    {Opcode::Nop, Opcode::Break, {0, 0}},
    {Opcode::Ldarg_0, Opcode::Ldloc_3, {0, 1}},
    {Opcode::Stloc_0, Opcode::Stloc_3, {1, 0}},
    {Opcode::Ldarg_s, Opcode::Ldarga_s, {0, 1}},
    {Opcode::Starg_s, Opcode::Starg_s, {1, 0}},
    {Opcode::Ldloc_s, Opcode::Ldloca_s, {0, 1}},
    {Opcode::Stloc_s, Opcode::Stloc_s, {1, 0}},
    {Opcode::Ldnull, Opcode::Ldc_r8, {0, 1}},
    {Opcode::Dup, Opcode::Dup, {1, 2}},
    {Opcode::Pop, Opcode::Pop, {1, 0}},
    {Opcode::Jmp, Opcode::Jmp, {0, 0}},
    {Opcode::Br_s, Opcode::Br_s, {0, 0}},
    {Opcode::Brfalse_s, Opcode::Brtrue_s, {1, 0}},
    {Opcode::Beq_s, Opcode::Blt_un_s, {2, 0}},
    {Opcode::Br, Opcode::Br, {0, 0}},
    {Opcode::Brfalse, Opcode::Brtrue, {1, 0}},
    {Opcode::Beq, Opcode::Blt_un, {2, 0}},
    {Opcode::Switch, Opcode::Switch, {1, 0}},
    {Opcode::Ldind_i1, Opcode::Ldind_ref, {1, 1}},
    {Opcode::Stind_ref, Opcode::Stind_r8, {2, 0}},
    {Opcode::Add, Opcode::Shr_un, {2, 1}},
    {Opcode::Neg, Opcode::Conv_u8, {1, 1}},
    {Opcode::Cpobj, Opcode::Cpobj, {2, 0}},
    {Opcode::Ldobj, Opcode::Ldobj, {1, 1}},
    {Opcode::Ldstr, Opcode::Ldstr, {0, 1}},
    {Opcode::Castclass, Opcode::Conv_r_un, {1, 1}},
    {Opcode::Unbox, Opcode::Unbox, {1, 1}},
    {Opcode::Throw, Opcode::Throw, {1, 0}},
    {Opcode::Ldfld, Opcode::Ldflda, {1, 1}},
    {Opcode::Stfld, Opcode::Stfld, {2, 0}},
    {Opcode::Ldsfld, Opcode::Ldsflda, {0, 1}},
    {Opcode::Stsfld, Opcode::Stsfld, {1, 0}},
    {Opcode::Stobj, Opcode::Stobj, {2, 0}},
    {Opcode::Conv_ovf_i1_un, Opcode::Ldlen, {1, 1}},
    {Opcode::Ldelema, Opcode::Ldelem_ref, {2, 1}},
    {Opcode::Stelem_i, Opcode::Stelem_ref, {3, 0}},
    {Opcode::Ldelem, Opcode::Ldelem, {2, 1}},
    {Opcode::Stelem, Opcode::Stelem, {3, 0}},
    {Opcode::Unbox_any, Opcode::Unbox_any, {1, 1}},
    {Opcode::Conv_ovf_i1, Opcode::Conv_ovf_u8, {1, 1}},
    {Opcode::Refanyval, Opcode::Mkrefany, {1, 1}},
    {Opcode::Ldtoken, Opcode::Ldtoken, {0, 1}},
    {Opcode::Conv_u2, Opcode::Conv_ovf_u, {1, 1}},
    {Opcode::Add_ovf, Opcode::Sub_ovf_un, {2, 1}},
    {Opcode::Endfinally, Opcode::Endfinally, {0, 0}},
    {Opcode::Stind_i, Opcode::Stind_i, {2, 0}},
    {Opcode::Conv_u, Opcode::Conv_u, {1, 1}},
    {Opcode::Arglist, Opcode::Arglist, {0, 1}},
    {Opcode::Ceq, Opcode::Clt_un, {2, 1}},
    {Opcode::Ldftn, Opcode::Ldftn, {0, 1}},
    {Opcode::Ldvirtftn, Opcode::Ldvirtftn, {1, 1}},
    {Opcode::Ldarg, Opcode::Ldarga, {0, 1}},
    {Opcode::Starg, Opcode::Starg, {1, 0}},
    {Opcode::Ldloc, Opcode::Ldloca, {0, 1}},
    {Opcode::Stloc, Opcode::Stloc, {1, 0}},
    {Opcode::Localloc, Opcode::Localloc, {1, 1}},
    {Opcode::Endfilter, Opcode::Endfilter, {1, 0}},
    {Opcode::Unaligned, Opcode::Tail, {0, 0}},
    {Opcode::Initobj, Opcode::Initobj, {1, 0}},
    {Opcode::Constrained, Opcode::Constrained, {0, 0}},
    {Opcode::Cpblk, Opcode::Initblk, {3, 0}},
    {Opcode::No, Opcode::Rethrow, {0, 0}},
    {Opcode::Sizeof, Opcode::Sizeof, {0, 1}},
    {Opcode::Refanytype, Opcode::Refanytype, {1, 1}},
    {Opcode::Readonly, Opcode::Readonly, {0, 0}},
};

std::optional<StackEffect> stackEffect(Opcode Op) {
  if (operandKind(Op) == OperandKind::Invalid)
    return std::nullopt;
  const EffectOf *Next = std::upper_bound(
      std::begin(Effects), std::end(Effects), Op,
      [](Opcode Wanted, const EffectOf &E) { return Wanted < E.First; });
  if (Next == std::begin(Effects) || Op > std::prev(Next)->Last)
    return std::nullopt;
  return std::prev(Next)->Effect;
}

bool endsFlow(Opcode Op) {
  switch (Op) {
  case Opcode::Br:
  case Opcode::Br_s:
  case Opcode::Leave:
  case Opcode::Leave_s:
  case Opcode::Ret:
  case Opcode::Jmp:
  case Opcode::Throw:
  case Opcode::Rethrow:
  case Opcode::Endfinally:
  case Opcode::Endfilter:
    return true;
  default:
    return false;
  }
}

} // namespace ilbridge::ecma335

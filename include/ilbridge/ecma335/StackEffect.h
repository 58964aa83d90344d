//===- StackEffect.h - Stack effects of instructions -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_STACKEFFECT_H
#define ILBRIDGE_ECMA335_STACKEFFECT_H

#include "ilbridge/ecma335/MethodBody.h"

namespace ilbridge::ecma335 {

/// The numbers of values that an instruction pops from and pushes to the
/// evaluation stack (partition III, "Stack Transition").
struct StackEffect {
  uint8_t Pops;
  uint8_t Pushes;
};

/// \returns nullopt for call, callvirt, calli, newobj and ret, whose effect
/// depends on a signature; for leave and leave.s, which empty the stack; and
/// for a number that is not an opcode.
std::optional<StackEffect> stackEffect(Opcode Op);

/// Whether the instruction that follows \p Op is not executed after it.
bool endsFlow(Opcode Op);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_STACKEFFECT_H

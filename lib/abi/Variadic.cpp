//===- Variadic.cpp - Calls of variadic functions without "..." -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Variadic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::abi {

static bool isFloat(const Type *T) {
  const auto *S = llvm::dyn_cast<ScalarType>(T);
  return S && S->scalarClass() == ScalarType::Float;
}

static bool isNarrowFloat(const Type *T) {
  return isFloat(T) && llvm::cast<ScalarType>(T)->width() == Width::W32;
}

/// Finds targets that pass variable floats differently from fixed ones.
static std::string floatProblem(const llvm::Triple &T) {
  constexpr llvm::StringLiteral General =
      "{0} passes variable floating-point arguments in general registers, "
      "where C# does not put them";
  if (T.isOSWindows() && (T.getArch() == llvm::Triple::x86_64 || T.isAArch64()))
    return llvm::formatv(General.data(), "Windows");
  if (T.getArch() == llvm::Triple::x86_64)
    return "x86-64 states in a register how many vector registers variable "
           "arguments take, which C# does not";
  bool IsHardFloat = T.getEnvironment() == llvm::Triple::GNUEABIHF ||
                     T.getEnvironment() == llvm::Triple::MuslEABIHF ||
                     T.getEnvironment() == llvm::Triple::EABIHF;
  if (T.isARM() && IsHardFloat)
    return llvm::formatv(General.data(), "32-bit Arm");
  if (T.isRISCV() || T.isLoongArch())
    return llvm::formatv(General.data(), T.isRISCV() ? "RISC-V" : "LoongArch");
  return "";
}

std::string variadicProblem(llvm::StringRef Triple,
                            llvm::ArrayRef<const Type *> Variable) {
  llvm::Triple T(llvm::Triple::normalize(Triple));
  if (T.isWasm())
    return "WebAssembly passes variable arguments through memory, and a call "
           "of another type traps";
  if (T.isAArch64() && T.isOSDarwin() && !Variable.empty())
    return "Apple's arm64 has variable arguments on the stack, and C# passes "
           "fixed ones in registers";
  if (llvm::any_of(Variable, isNarrowFloat))
    return "C passes a float among variable arguments as a double, and C# "
           "passes it as it is";
  if (llvm::any_of(Variable, isFloat))
    return floatProblem(T);
  return "";
}

} // namespace ilbridge::abi

//===- TargetCompiles.cpp - Sources compiled for several targets ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetCompiles.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::driver {

DiagnosticList settleTargetCompiles(const Project &P,
                                    std::vector<native::ScanResult> &Results) {
  DiagnosticList Findings;
  auto IsFor = [](const native::Facts &F, const abi::Target &T) {
    return abi::isSameTarget(abi::targetMeantBy(F.Triple).Triple, T.Triple);
  };
  for (const TargetCompile &Compile : P.TargetCompiles) {
    auto NoEffect = [&](const llvm::Twine &Why) {
      Findings.add(diagnose(DiagnosticID::UnusedTarget, Compile.Where,
                            Compile.For.Name, Why.str()));
    };
    size_t Count = 0;
    std::string Other;
    for (const native::ScanResult &R : Results) {
      if (R.TheFacts.For != Compile.For.Triple)
        continue;
      ++Count;
      if (R.Compiled && !IsFor(R.TheFacts, Compile.For))
        Other = R.TheFacts.Triple;
    }
    if (!Count)
      NoEffect(P.Facts.empty() ? "no source is compiled"
                               : "facts are read, and no source is compiled");
    if (!Other.empty())
      NoEffect("its args compile for '" + Other + "'");
  }
  llvm::erase_if(Results, [&](const native::ScanResult &R) {
    const native::Facts &F = R.TheFacts;
    if (!F.For.empty())
      return R.Compiled && !IsFor(F, abi::targetOf(F.For));
    return llvm::any_of(Results, [&](const native::ScanResult &Own) {
      return Own.Compiled && Own.TheFacts.Source == F.Source &&
             !Own.TheFacts.For.empty() && R.Compiled &&
             abi::isSameTarget(F.Triple, Own.TheFacts.For) &&
             IsFor(Own.TheFacts, abi::targetOf(Own.TheFacts.For));
    });
  });
  return Findings;
}

} // namespace ilbridge::driver

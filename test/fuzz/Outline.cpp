//===- Outline.cpp - Directives of any source -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the text is: it has an outline, and the same text the same one.
//
//===----------------------------------------------------------------------===//

#include "native/Outline.h"
#include "Targets.h"
#include <cstdlib>

using namespace ilbridge::native;

void ilbridge::fuzz::outline(llvm::StringRef Input) {
  Names First, Second;
  Outline O = native::outline(Input, First);
  CodeNames Code = codeNames(Input, First);
  auto AreNames = [&](llvm::ArrayRef<Names::Id> Ids) {
    for (Names::Id Id : Ids)
      if (Id >= First.size() || First.text(Id).empty())
        std::abort();
  };
  AreNames(O.ConditionNames);
  AreNames(Code.All);
  AreNames(Code.InConditions);
  for (const Outline::Step &S : O.Steps)
    if (S.Kind == Outline::StepKind::Include && S.Which >= O.Includes.size())
      std::abort();
  if (digest(O) != digest(native::outline(Input, Second)))
    std::abort();
}

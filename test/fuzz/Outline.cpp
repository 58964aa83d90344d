//===- Outline.cpp - Directives of any source -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text has an outline, and equal texts have equal outlines. Its conditions
// are evaluated in bounded time. Texts of an even length are read as code, too,
// and those of an odd length have their outline made twice.
//
//===----------------------------------------------------------------------===//

#include "select/Outline.h"
#include "Targets.h"
#include "ilbridge/select/RegistrarWords.h"
#include "select/Code.h"
#include "select/Conditions.h"
#include <cstdlib>

using namespace ilbridge::select;

static void checkNames(llvm::ArrayRef<Names::Id> Ids, const Names &All) {
  for (Names::Id Id : Ids)
    if (Id >= All.size() || All.text(Id).empty())
      std::abort();
}

/// Evaluates conditions as if every directive were met, whatever they are.
static void checkConditions(const Outline &O) {
  PossibleMacros Macros;
  for (const Outline::Definition &D : O.Definitions)
    D.HasParameters ? Macros.addAnything(D.Name)
                    : Macros.addBody(D.Name, D.Body);
  for (const Expression &E : O.Expressions) {
    (void)evaluate(E, Macros);
    (void)possibleIncludes(E, Macros);
  }
}

void ilbridge::fuzz::outline(llvm::StringRef Bytes) {
  std::string Input = Bytes.str(); // with the null character behind it
  Names First;
  static const select::RegistrarWords Words({});
  Outline O = select::outline(Input, First, Words);
  checkNames(O.ConditionNames, First);
  for (const Outline::Step &S : O.Steps)
    if (S.Kind == Outline::StepKind::Include && S.Which >= O.Includes.size())
      std::abort();
  checkConditions(O);
  if (Input.size() % 2 == 0) {
    Code C = readCode(Input, First);
    for (const std::vector<Names::Id> *Ids :
         {&C.All, &C.InConditions, &C.Provides, &C.Declares, &C.Needs})
      checkNames(*Ids, First);
    return;
  }
  Names Second;
  if (digest(O) != digest(select::outline(Input, Second, Words)))
    std::abort();
}

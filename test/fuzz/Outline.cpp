//===- Outline.cpp - Directives of any source -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any text, there is an outline, which is the same every time, and its
// conditions can be evaluated in bounded time.
//
//===----------------------------------------------------------------------===//

#include "native/Outline.h"
#include "Targets.h"
#include "native/Code.h"
#include "native/Conditions.h"
#include "native/RegistrarWords.h"
#include <cstdlib>

using namespace ilbridge::native;

static void checkNames(llvm::ArrayRef<Names::Id> Ids, const Names &All) {
  for (Names::Id Id : Ids)
    if (Id >= All.size() || All.text(Id).empty())
      std::abort();
}

/// Evaluates all conditions as if every directive were reached.
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
  std::string Input = Bytes.str(); // includes a terminating null character
  Names First, Second;
  static const RegistrarWords Words({});
  Outline O = native::outline(Input, First, Words);
  Code C = readCode(Input, First);
  for (const std::vector<Names::Id> *Ids :
       {&O.ConditionNames, &C.All, &C.InConditions, &C.Provides, &C.Declares,
        &C.Needs})
    checkNames(*Ids, First);
  for (const Outline::Step &S : O.Steps)
    if (S.Kind == Outline::StepKind::Include && S.Which >= O.Includes.size())
      std::abort();
  checkConditions(O);
  if (digest(O) != digest(native::outline(Input, Second, Words)))
    std::abort();
}

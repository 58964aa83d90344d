//===- CSharp.cpp - Declarations of any text ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any text, every part of a declaration is inside of the text, and every
// declaration that is found by a name has that name.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/csharp/Finder.h"
#include <cstdlib>

using namespace ilbridge::csharp;

static void check(bool Holds) {
  if (!Holds)
    std::abort();
}

static void check(const Outline &O, Range R) {
  check(R.Begin <= R.End && R.End <= O.text().size());
}

void ilbridge::fuzz::csharp(llvm::StringRef Input) {
  Outline O(Input);
  for (const Declaration &D : O.declarations()) {
    check(O, D.NameAt);
    check(O, D.Result);
    check(D.Begin <= D.NameAt.Begin && !D.NameAt.empty());
    LineAndColumn At = O.position(D.NameAt.Begin);
    check(At.Line && At.Column && At.Column <= Input.size() + 1);
    for (const Attribute &A : D.Attributes) {
      check(O, A.Whole);
      check(O, A.Arguments);
      if (std::optional<Range> Value = O.namedArgument(A, "EntryPoint"))
        check(A.Arguments.Begin <= Value->Begin && Value->Begin < Value->End &&
              Value->End <= A.Arguments.End);
    }
    MemberName Wanted;
    Wanted.Type = D.TypeName.str();
    if (D.TheKind == Declaration::Method || D.TheKind == Declaration::Field)
      Wanted.Name = D.Name.str();
    Wanted.Arity = D.Arity;
    if (D.TheKind == Declaration::Method)
      Wanted.Params.emplace();
    for (const Parameter &P : D.Params) {
      check(O, P.Modifiers);
      check(O, P.Type);
      check(O, P.Name);
      // Any text can be given as the name of a type.
      if (Wanted.Params)
        Wanted.Params->push_back(O.text(P.Type).str());
    }
    if (&D - O.declarations().data() > 64)
      continue; // finding is linear in the number of equal names
    if (std::optional<Found> F = find(&O, Wanted))
      check(
          F->What->TypeName == D.TypeName &&
          (!F->IsExact || Wanted.Name.empty() || F->What->Name == Wanted.Name));
  }
  find(&O, parseMemberName(Input.take_front(256)));
}

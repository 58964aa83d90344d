//===- FunctionChoice.cpp - Choice of the function for a method -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Alternatives.h"
#include "Matcher.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <set>

namespace ilbridge::match {

void Matcher::bind(const Export &E, const Method &Managed) {
  Comparison::Outcome O = Compares.compare(E, Managed);
  bool Agrees = O.agrees();
  if (E.Registered)
    for (Diagnostic &D : O.Findings)
      D.note(E.Registered->Where, "'" + E.Decl.qualifiedName() +
                                      "' is registered here as \"" +
                                      E.ManagedName + "\"");
  for (Diagnostic &D : O.Findings)
    Out.Findings.add(P.headerEntry(E) ? atImport(std::move(D), E, Managed)
                                      : std::move(D));
  (!Agrees        ? Out.Disagreeing
   : E.Registered ? Out.Registered
                  : Out.Bindings)
      .push_back(std::move(O.Pair));
}

/// A library's headers are not edited, so the finding is reported at the
/// import.
Diagnostic Matcher::atImport(Diagnostic D, const Export &E,
                             const Method &Import) {
  llvm::erase_if(D.Notes, [&](const Note &N) {
    return N.Where == Import.Where && N.Fixes.empty() && !N.Edit;
  });
  Note Declared{"'" + text(E) + "' is declared here", E.Decl.Where, {}};
  D.Notes.insert(D.Notes.begin(), std::move(Declared));
  D.Fixes.clear();
  D.Where = Import.Where;
  return D;
}

/// Whether \p A and \p B are the same function, seen under two commands: at the
/// same location, or in the same source with different macros.
bool Matcher::isOneFunction(const Export &A, const Export &B) const {
  if (A.Decl.Where == B.Decl.Where)
    return true;
  const native::Facts &In = P.factsOf(A), &Other = P.factsOf(B);
  return &In != &Other && In.Source == Other.Source;
}

/// Returns the candidates without duplicates: it keeps the first one of those
/// that are one function.
Matcher::Candidates Matcher::differentFunctions(const Candidates &All) const {
  Candidates Distinct;
  std::set<Location> RegisterClasses;
  llvm::StringMap<llvm::SmallPtrSet<const native::Facts *, 1>> Sources;
  for (const Export *E : All) {
    const native::Facts &In = P.factsOf(*E);
    auto &Commands = Sources[In.Source];
    bool IsSeen = RegisterClasses.count(E->Decl.Where) ||
                  Commands.size() > Commands.count(&In);
    if (IsSeen)
      continue;
    RegisterClasses.insert(E->Decl.Where);
    Commands.insert(&In);
    Distinct.push_back(E);
  }
  return Distinct;
}

/// Reports how a function differs under commands whose findings differ from
/// those for \p Chosen. If other candidates agree, they are not suggested.
void Matcher::bindOthers(const Export &Chosen, const Candidates &All,
                         const Candidates &Agreeing, const Method &Managed) {
  TypeEquality Types;
  llvm::DenseSet<const Export *> Agree(Agreeing.begin(), Agreeing.end());
  for (const Export *E : All) {
    if (Agree.contains(E) || !isOneFunction(Chosen, *E))
      continue;
    bool HasAgreeing =
        llvm::any_of(P.factsOf(*E).Exports, [&](const Export &Other) {
          return llvm::any_of(Agreeing, [&](const Export *A) {
            return A->Symbol == Other.Symbol &&
                   native::haveSameSignature(*A, Other, Types);
          });
        });
    if (HasAgreeing)
      continue;
    Comparison::Outcome O = Compares.compare(*E, Managed);
    for (Diagnostic &D : O.Findings) {
      D.note(Chosen.Decl.Where,
             "as '" + text(Chosen) +
                 "', which it is with another compile command, both agree");
      Out.Findings.add(P.headerEntry(*E) ? atImport(std::move(D), *E, Managed)
                                         : std::move(D));
    }
  }
}

void Matcher::chooseExport(const Method &Managed, const Candidates &Every) {
  Candidates All, Registered;
  for (const Export *E : Every)
    (E->Registered ? Registered : All).push_back(E);
  if (!Registered.empty())
    chooseRegistered(Managed, Registered, !All.empty());
  if (All.empty())
    return;
  if (All.size() == 1)
    return bind(*All.front(), Managed);
  Candidates Agreeing;
  for (const Export *E : All)
    if (Compares.agree(*E, Managed))
      Agreeing.push_back(E);
  if (!Agreeing.empty())
    bindOthers(*Agreeing.front(), All, Agreeing, Managed);
  // Agreeing functions of one source under several commands count as one.
  Agreeing = differentFunctions(Agreeing);
  // The headers of one library are consistent, or the program states which of
  // them it uses by including them.
  bool IsUnannotated = P.headerEntry(*All.front());
  if (Agreeing.size() == 1 || (IsUnannotated && !Agreeing.empty()))
    return bind(*Agreeing.front(), Managed);
  if (IsUnannotated)
    return bind(*All.front(), Managed);
  // It does not agree under any command.
  if (Agreeing.empty() && llvm::all_of(All, [&](const Export *E) {
        return isOneFunction(*All.front(), *E);
      })) {
    for (const Export *E : All)
      bind(*E, Managed);
    return;
  }
  if (Agreeing.empty()) {
    Diagnostic &D =
        Out.Findings.add(diagnose(DiagnosticID::NoMatchingOverload,
                                  Managed.Where, text(Managed), All.size()));
    noteSome(llvm::ArrayRef(All), All.size(),
             [&](const Export *E, std::string More) {
               D.note(E->Decl.Where,
                      "'" + text(*E) + "' is one of them" + More);
             });
    return;
  }
  for (const Export *E : Agreeing) {
    Diagnostic &D =
        Out.Findings.add(diagnose(DiagnosticID::AmbiguousExport, E->Decl.Where,
                                  text(*E), Agreeing.size(), text(Managed)));
    Candidates Others;
    for (const Export *Other :
         llvm::ArrayRef(Agreeing).take_front(MostShown + 1))
      if (Other != E)
        Others.push_back(Other);
    noteSome(llvm::ArrayRef(Others), Agreeing.size() - 1,
             [&](const Export *Other, std::string More) {
               D.note(Other->Decl.Where,
                      "'" + text(*Other) + "' is another" + More);
             });
    D.note(Managed.Where,
           "declared here in assembly '" + Managed.Assembly + "'");
  }
}

} // namespace ilbridge::match

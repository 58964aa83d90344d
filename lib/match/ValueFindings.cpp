//===- ValueFindings.cpp - Findings about one value -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "TypeEdit.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

using managed::TypeSig;

std::string managedSpelling(const Argument &A, const managed::Method &M) {
  if (!A.Managed)
    return M.Declaring->Name;
  if (A.TheRole == Argument::HResult)
    return "HRESULT";
  std::string Text = csharpName(*A.Managed->Type);
  if (A.TheRole == Argument::OutResult)
    return "out " + Text;
  if (A.Managed->IsOut && A.Managed->Type->kind() == TypeSig::ByRef)
    return "out " + llvm::StringRef(Text).drop_front(strlen("ref ")).str();
  return Text;
}

Note managedNote(const managed::Method &M) {
  return {"declared here in assembly '" + M.Assembly + "'", M.Where, {}};
}

void noteManaged(Diagnostic &D, const managed::Method &M) {
  D.Notes.push_back(managedNote(M));
}

void Comparison::suggestType(Diagnostic &D, const Argument &A, const Site &S) {
  if (!S.IsAnnotated)
    suggestManaged(D, A, S);
  // An invoker converts to the marshalled form, if that is stated.
  const Type *Managed = S.isInvoked() && A.Marshalled ? A.Marshalled : A.Passed;
  bool IsC = Targets.isC(S.E);
  if (std::optional<FixIt> Edit = typeEdit(*A.Native, Managed, IsC)) {
    // The edit would not change other declarations, nor the definition in
    // another source. The definition of a library function is in no source of
    // the project.
    if (Targets.isDeclaredOnce(S.E))
      D.fix(std::move(*Edit));
    else if (S.IsAnnotated)
      D.Notes.push_back(typeNote(
          *A.Native, std::move(*Edit),
          S.E.IsDefinition ? "its other declarations have to change with it"
                           : "its definition has to change with it"));
  }
  if (const auto *E = llvm::dyn_cast<EnumType>(A.Native->Ty))
    if (std::optional<Note> N = underlyingTypeEdit(*E, Managed, IsC))
      D.Notes.push_back(std::move(*N));
}

void Comparison::report(Verdict V, const Argument &A, const Site &S) {
  for (Diagnostic &D : V.Remarks) {
    D.Notes.insert(D.Notes.begin(), managedNote(S.M));
    if (D.Cause)
      D.Cause->Use = S.words() + " leads to it";
    S.add(std::move(D));
  }
  if (V == Verdict::Same)
    return;
  std::string Managed = managedSpelling(A, S.M);
  const std::string &Native = A.Native->Spelling;
  const Location &Where = S.where(A);
  std::string Reason = V.words();
  auto About = [&](DiagnosticID ID) {
    return diagnose(ID, Where, S.words(), Native, Managed, Reason);
  };
  bool Converts = V == Verdict::Converted && S.isInvoked();
  Diagnostic D =
      V == Verdict::Misaligned      ? About(DiagnosticID::StructAlignment)
      : V == Verdict::Reinterpreted ? About(DiagnosticID::RawMemory)
      : Converts                    ? About(DiagnosticID::ImplicitConversion)
      : S.D == Direction::ToManaged
          ? diagnose(DiagnosticID::ResultType, Where, S.E.Decl.qualifiedName(),
                     Native, Managed, Reason)
          : diagnose(DiagnosticID::ParameterType, Where, S.Name, Native,
                     Managed, Reason);
  // The words of the catalogue are those for an invoker.
  if (Converts && S.isShimmed())
    D.Message =
        llvm::formatv("{0} is '{1}' in C++ and '{2}' in C#, which the shim "
                      "converts and other runtimes would not: {3}",
                      S.words(), Native, Managed, Reason)
            .str();
  noteManaged(D, S.M);
  if (D.Level == Severity::Error)
    suggestType(D, A, S);
  llvm::append_range(D.Notes, V.Notes);
  D.Cause = std::move(V.Cause);
  if (D.Cause)
    D.Cause->Use =
        S.words() + " is '" + Native + "' in C++ and '" + Managed + "' in C#";
  S.add(std::move(D), std::move(Reason));
}

void Comparison::unmarshallable(const Argument &A, const Site &S,
                                llvm::StringRef Why) {
  Diagnostic D = diagnose(DiagnosticID::Unmarshallable, S.where(A), S.words(),
                          managedSpelling(A, S.M), A.Native->Spelling, Why);
  noteManaged(D, S.M);
  S.add(std::move(D), Why.str());
}

} // namespace ilbridge::match

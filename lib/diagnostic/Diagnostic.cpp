//===- Diagnostic.cpp - Findings and their locations ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <tuple>

namespace ilbridge {

static constexpr DiagnosticInfo Catalogue[] = {
#define DIAGNOSTIC(NAME, ID, SEVERITY, SCOPE, FORMAT)                          \
  {DiagnosticID::NAME, ID, Severity::SEVERITY, Scope::SCOPE, FORMAT},
#include "ilbridge/diagnostic/Diagnostics.def"
};

llvm::ArrayRef<DiagnosticInfo> diagnosticCatalogue() { return Catalogue; }

const DiagnosticInfo &diagnosticInfo(DiagnosticID ID) {
  return Catalogue[static_cast<unsigned>(ID)];
}

std::optional<DiagnosticID> findDiagnostic(llvm::StringRef Name) {
  for (const DiagnosticInfo &Info : Catalogue)
    if (Info.Name == Name || Info.Name.drop_front(strlen("ilbridge-")) == Name)
      return Info.ID;
  return std::nullopt;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Location &L) {
  OS << L.File;
  if (L.Start.Line)
    OS << ':' << L.Start.Line << ':' << L.Start.Column;
  if (!L.Member.empty())
    OS << ": " << L.Member;
  return OS;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Diagnostic &D) {
  OS << D.Where << ": " << D.Message << " [" << diagnosticInfo(D.ID).Name
     << ']';
  for (const Note &N : D.Notes)
    OS << "\n  " << N.Where << ": " << N.Message;
  return OS;
}

Diagnostic &DiagnosticList::add(Diagnostic D) {
  List.push_back(std::move(D));
  return List.back();
}

void DiagnosticList::append(DiagnosticList Other) {
  llvm::move(Other.List, std::back_inserter(List));
}

void DiagnosticList::finish(llvm::ArrayRef<SeverityOverride> Severities) {
  for (const SeverityOverride &Override : Severities)
    for (Diagnostic &D : List)
      if (D.ID == Override.ID)
        D.Level = Override.Level;
  llvm::erase_if(
      List, [](const Diagnostic &D) { return D.Level == Severity::Ignored; });

  auto Key = [](const Diagnostic &D) {
    return std::tie(D.Where, D.ID, D.Message);
  };
  llvm::stable_sort(List, [&](const Diagnostic &A, const Diagnostic &B) {
    return Key(A) < Key(B);
  });
  List.erase(std::unique(List.begin(), List.end(),
                         [&](const Diagnostic &A, const Diagnostic &B) {
                           return Key(A) == Key(B);
                         }),
             List.end());
}

void DiagnosticList::visit(llvm::function_ref<void(Diagnostic &)> Visit) {
  llvm::for_each(List, Visit);
}

void DiagnosticList::dropAllOf(Scope S) {
  llvm::erase_if(List, [&](const Diagnostic &D) {
    return diagnosticInfo(D.ID).TheScope == S;
  });
}

void DiagnosticList::visitLocations(
    llvm::function_ref<void(Location &)> Visit) {
  for (Diagnostic &D : List) {
    Visit(D.Where);
    for (Note &N : D.Notes)
      Visit(N.Where);
    if (!D.Cause)
      continue;
    Visit(D.Cause->Where);
    for (Note &N : D.Cause->Notes)
      Visit(N.Where);
  }
}

bool DiagnosticList::hasErrors() const {
  return llvm::any_of(List, [](const Diagnostic &D) {
    return D.Level == Severity::Error && !D.isKnown();
  });
}

} // namespace ilbridge

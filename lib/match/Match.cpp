//===- Match.cpp - Pair native and managed declarations -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"

namespace ilbridge::match {

/// Whether one of the runtimes looks up the registration; if none is selected,
/// any runtime may.
static bool isForOne(const Export &E,
                     llvm::ArrayRef<const runtime::Runtime *> Runtimes) {
  return !E.Registered || E.Registered->Runtime.empty() || Runtimes.empty() ||
         llvm::any_of(Runtimes, [&](const runtime::Runtime *R) {
           return R->Name == E.Registered->Runtime;
         });
}

Matcher::Matcher(const native::Program &P, const managed::Model &M,
                 const MatchOptions &Options, Matching &Out)
    : P(P), M(M), Options(Options), Out(Out), Owners(P, Options.Libraries),
      Compares(P, Options, Out.Types) {
  for (const Export *E : P.exports())
    if (isForOne(*E, Options.Runtimes))
      Exports.push_back(E);
}

/// Adds the types and signatures of possible pairs to the queries that the
/// comparison requires.
void Matcher::prepare() {
  auto Add = [&](const Export &E, const Method &Each) {
    Compares.add(E, Each);
    for (const Export *Other : P.elsewhere(E))
      Compares.add(*Other, Each);
  };
  llvm::StringMap<Candidates> Named;
  for (const Export *E : Exports)
    if (!E->ManagedName.empty()) {
      if (auto Name = managed::parseMethodName(E->ManagedName))
        Named[Name->qualifiedName()].push_back(E);
      else // reported when it is matched
        llvm::consumeError(Name.takeError());
    }
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List) {
      if (auto Found = Pairs.find({&Each, ExportKind::PInvoke});
          Found != Pairs.end())
        for (const Export *E : Found->second)
          Add(*E, Each);
      if (!Named.empty())
        for (const Export *E : Named.lookup(Each.qualifiedName()))
          Add(*E, Each);
    }
  for (const auto &[Declared, C] : Called)
    Compares.add(*Declared, *C);
  for (const auto &[I, Overloads] : Imports)
    for (const Method *Each : Overloads) {
      Compares.add(*I, *Each, unmanaged(*Each));
      for (const native::ManagedImport *Other : P.elsewhere(*I))
        Compares.add(*Other, *Each, unmanaged(*Each));
    }
  Compares.prepare();
}

void Matcher::run() {
  Out.Targets = Compares.targets();
  pairByEntryPoint();
  pairImports();
  prepare();
  Out.WhyIncomplete = Compares.whyIncomplete().str();
  if (!Out.WhyIncomplete.empty())
    return; // nothing is known about a target
  pairByNames();

  // The order is that of the model, and not of addresses.
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      for (size_t K = 0; K != native::ExportKindCount; ++K)
        if (auto Found = Pairs.find({&Each, static_cast<ExportKind>(K)});
            Found != Pairs.end())
          chooseExport(Each, Found->second);
  for (const auto &[Declared, C] : Called)
    for (Diagnostic &D : Compares.compare(*Declared, *C))
      Out.Findings.add(std::move(D));
  compareImports();

  for (const Export *E : Misnamed)
    reportMisnamed(*E);
  findUnpaired();
  findMissingExports();
  if (Options.IsWholeProgram)
    for (const Method *Import : Out.Missing)
      reportMissingExport(*Import);
  for (const Export *E : Unpaired)
    if (E->ManagedName.empty())
      reportMissingImport(*E);
  Owners.reportUnused(M, Out.Findings);
  Out.WhyIncomplete = Compares.whyIncomplete().str();
}

Matching match(const native::Program &P, const managed::Model &M,
               const MatchOptions &Options) {
  Matching Out;
  Matcher(P, M, Options, Out).run();
  return Out;
}

} // namespace ilbridge::match

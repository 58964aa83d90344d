//===- Match.cpp - Pair native and managed declarations -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

namespace ilbridge::match {

/// Asks for what comparing will need to know: of methods that no export can
/// mean, and of a library's functions that nobody imports, nothing.
void Matcher::prepare() {
  llvm::StringSet<> Methods;
  for (const Export *E : P.exports()) {
    if (P.library(*E) && !Paired.contains(E))
      continue;
    Compares.add(*E);
    for (const Export *Other : P.elsewhere(*E))
      Compares.add(*Other);
    if (E->ManagedName.empty())
      continue;
    if (auto Name = managed::parseMethodName(E->ManagedName))
      Methods.insert(Name->qualifiedName());
    else // is reported when it is matched
      llvm::consumeError(Name.takeError());
  }
  if (P.exports().empty())
    return;
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      if (Pairs.count({&Each, ExportKind::PInvoke}) ||
          (!Methods.empty() && Methods.contains(Each.qualifiedName())))
        Compares.add(Each);
  for (const auto &[Declared, C] : Called)
    Compares.add(*C);
  Compares.prepare();
}

void Matcher::run() {
  Out.Targets = Compares.targets();
  pairByEntryPoint();
  prepare();
  pairByNames();

  // In the order of the model, not of addresses.
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      for (size_t K = 0; K != native::ExportKindCount; ++K)
        if (auto Found = Pairs.find({&Each, static_cast<ExportKind>(K)});
            Found != Pairs.end())
          chooseExport(Each, Found->second);
  for (const auto &[Declared, C] : Called)
    for (Diagnostic &D : Compares.compare(*Declared, *C))
      Out.Findings.add(std::move(D));

  findUnpaired();
  findMissingExports();
  if (Options.IsWholeProgram)
    for (const Method *Import : Out.Missing)
      reportMissingExport(*Import);
  for (const Export *E : Unpaired)
    if (E->ManagedName.empty())
      reportMissingImport(*E);
  Owners.reportUnused(M, Out.Findings);
}

Matching match(const native::Program &P, const managed::Model &M,
               const MatchOptions &Options) {
  Matching Out;
  Matcher(P, M, Options, Out).run();
  return Out;
}

} // namespace ilbridge::match

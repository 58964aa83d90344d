//===- Unpaired.cpp - Declarations without a partner ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"
#include "NearName.h"

namespace ilbridge::match {

/// Notes how the annotation of \p E can be removed, for what managed code does
/// not ask for any more.
static void offerRemoval(Diagnostic &D, const Export &E) {
  if (!E.AnnotationBegin.Line)
    return;
  const std::string &File = E.Decl.Where.File;
  D.note({File, E.AnnotationBegin, {}},
         "if managed code calls it no more, remove the annotation");
  D.Notes.back().Fixes.push_back(
      {File, E.AnnotationBegin, E.AnnotationEnd, ""});
}

/// Reports \p D about an export without a method. \p Meant is the method that
/// its author may have meant; null: there is none.
void Matcher::reportWithRemedy(Diagnostic D, const Method *Meant,
                               const Export &E) {
  if (Meant)
    D.note(Meant->Where, "did you mean '" + text(*Meant) + "'?");
  else
    offerRemoval(D, E);
  Out.Findings.add(std::move(D));
}

const Export *Matcher::nearestExport(llvm::StringRef Name) const {
  const Export *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Export *E : Unpaired)
    if (isNearer(Name, E->functionName(), BestDistance))
      Best = E;
  return Best;
}

/// Collects the exports and the P/Invokes that have no partner. They are
/// candidates for the intended partner of another unpaired declaration.
void Matcher::findUnpaired() {
  for (const Export *E : P.exports())
    if (!Paired.contains(E) && !P.library(*E))
      Unpaired.push_back(E);
  for (const Method &Import : M.Imports)
    if (Import.TheKind == Method::PInvoke) {
      if (!Owners.isAnnotated(Import))
        NotAskedFor.push_back(&Import);
      else if (!Pairs.count({&Import, ExportKind::PInvoke}))
        Unanswered.push_back(&Import);
    }
}

void Matcher::findMissingExports() {
  for (const Method &Import : M.Imports) {
    bool IsPInvoke = Import.TheKind == Method::PInvoke;
    if (!IsPInvoke && isCoreLibrary(Import.Assembly))
      continue;
    if (Pairs.count({&Import, ExportKind::PInvoke}) ||
        Pairs.count({&Import, ExportKind::InternalCall}) ||
        Pairs.count({&Import, ExportKind::NewObj}) ||
        Pairs.count({&Import, ExportKind::Intrinsic}) ||
        Explained.contains(&Import))
      continue;
    if (IsPInvoke ? Owners.isAnnotated(Import) : Owners.hasAnnotations())
      Out.Missing.push_back(&Import);
    else if (IsPInvoke)
      switch (Owners.reportMissing(Import, Out.Findings)) {
      case Libraries::Absence::None:
        break;
      case Libraries::Absence::Reported:
        Out.Undeclared.push_back(&Import);
        break;
      case Libraries::Absence::Unread:
        Out.Unread.push_back(&Import);
        break;
      }
  }
}

void Matcher::reportMissingExport(const Method &Import) {
  bool IsPInvoke = Import.TheKind == Method::PInvoke;
  std::string Wanted =
      IsPInvoke ? "no function '" + Import.Import.EntryPoint +
                      "' is annotated ILBRIDGE_EXPORT (library '" +
                      Import.Import.Library + "')"
                : "none is annotated ILBRIDGE_INTERNAL_CALL with its name";
  Diagnostic D =
      diagnose(DiagnosticID::MissingExport, Import.Where,
               IsPInvoke ? "P/Invoke" : "internal call", text(Import), Wanted);
  llvm::StringRef Name = IsPInvoke ? Import.Import.EntryPoint : Import.Name;
  if (const Export *Near = nearestExport(Name))
    D.note(Near->Decl.Where, "did you mean '" + text(*Near) + "'?");
  Out.Findings.add(std::move(D));
}

void Matcher::reportMissingImport(const Export &E) {
  Diagnostic D = diagnose(
      DiagnosticID::MissingImport, E.Decl.Where, E.Decl.qualifiedName(),
      ("no P/Invoke has the entry point '" + E.functionName() + "'").str());
  const Method *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Method *Import : NotAskedFor)
    if (Import->Import.EntryPoint == E.functionName())
      D.note(Import->Where, "'" + text(*Import) +
                                "' has it, but its library '" +
                                Import->Import.Library +
                                "' is not among those that are asked for");
  for (const Method *Import : Unanswered)
    if (isNearer(E.functionName(), Import->Import.EntryPoint, BestDistance))
      Best = Import;
  reportWithRemedy(std::move(D), Best, E);
}

} // namespace ilbridge::match

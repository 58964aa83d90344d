//===- Unpaired.cpp - Declarations without a partner ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"
#include "NearName.h"

namespace ilbridge::match {

/// Adds a note with the edit that removes the annotation of \p E, for an export
/// that managed code no longer imports.
static void offerRemoval(Diagnostic &D, const Export &E) {
  if (E.Registered)
    D.note(E.Decl.Where, "if managed code does not call it any more, remove "
                         "the registration of '" +
                             E.Decl.qualifiedName() + "'");
  if (E.Registered || !E.AnnotationBegin.Line)
    return;
  const std::string &File = E.Decl.Where.File;
  D.note({File, E.AnnotationBegin, {}},
         "if managed code does not call it any more, remove the annotation");
  D.Notes.back().Fixes.push_back(
      {File, E.AnnotationBegin, E.AnnotationEnd, ""});
}

/// Reports \p D about an export without a method. \p Meant is the method that
/// the author may have intended; null if there is none. \p IsRemovable states
/// that the export may be unnecessary in that case.
void Matcher::reportWithRemedy(Diagnostic D, const Method *Meant,
                               const Export &E, bool IsRemovable) {
  if (Meant)
    D.note(Meant->Where, "did you mean '" + text(*Meant) + "'?");
  else if (IsRemovable)
    offerRemoval(D, E);
  Out.Findings.add(std::move(D));
}

const Export *Matcher::nearestExport(llvm::StringRef Name) const {
  const Export *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Export *E : Unpaired)
    if (!E->Registered && isNearer(Name, E->functionName(), BestDistance))
      Best = E;
  return Best;
}

/// Collects the exports and the P/Invokes that have no partner. They are
/// candidates for the intended partner of another unpaired declaration.
void Matcher::findUnpaired() {
  for (const Export *E : Exports)
    if (!Paired.contains(E) && !P.headerEntry(*E))
      Unpaired.push_back(E);
  for (const Method &Import : M.Imports)
    if (Import.TheKind == Method::PInvoke) {
      if (!Owners.isAnnotated(Import))
        NotAskedFor.push_back(&Import);
      else if (!Pairs.count({&Import, ExportKind::PInvoke}))
        Unimplemented.push_back(&Import);
    }
}

void Matcher::findMissingExports() {
  for (const Method &Import : M.Imports) {
    bool IsPInvoke = Import.TheKind == Method::PInvoke;
    if (!IsPInvoke && !Options.AsksCoreLibrary &&
        isCoreLibrary(Import.Assembly))
      continue;
    if (Pairs.count({&Import, ExportKind::PInvoke}) ||
        Pairs.count({&Import, ExportKind::InternalCall}) ||
        Pairs.count({&Import, ExportKind::NewObj}) ||
        Pairs.count({&Import, ExportKind::NewObjIntrinsic}) ||
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
  // The name may be that of another function of the same type.
  for (const Method &Each : M.Methods)
    if (Each.TheKind == Method::FunctionPointer &&
        !Pairs.count({&Each, ExportKind::FunctionPointer}) &&
        !Explained.contains(&Each))
      Out.Missing.push_back(&Each);
}

/// Returns how the program declares functions for internal calls.
std::string Matcher::internalCallWanted() const {
  bool Annotates = false, Registers = false;
  for (const Export *E : Exports)
    if (E->Kind == ExportKind::InternalCall)
      (E->Registered ? Registers : Annotates) = true;
  return !Registers  ? "none is annotated ILBRIDGE_INTERNAL_CALL with its name"
         : Annotates ? "none is annotated ILBRIDGE_INTERNAL_CALL or registered "
                       "with its "
                       "name"
                     : "none is registered with its name";
}

void Matcher::reportMissingExport(const Method &Import) {
  bool IsPInvoke = Import.TheKind == Method::PInvoke;
  bool IsCall = Import.TheKind == Method::InternalCall;
  std::string Wanted =
      IsPInvoke ? "no function '" + Import.Import.EntryPoint +
                      "' is annotated ILBRIDGE_EXPORT (library '" +
                      Import.Import.Library + "')"
      : IsCall ? internalCallWanted()
               : "none is annotated ILBRIDGE_FUNCTION_POINTER with its name";
  Diagnostic D = diagnose(
      DiagnosticID::MissingExport, Import.Where,
      IsPInvoke ? "P/Invoke"
                : (IsCall ? "internal call" : "unmanaged function pointer"),
      text(Import), Wanted);
  llvm::StringRef Name = IsPInvoke ? Import.Import.EntryPoint : Import.Name;
  if (const Export *Near = nearestExport(Name))
    D.note(Near->Decl.Where, "did you mean '" + text(*Near) + "'?");
  Out.Findings.add(std::move(D));
}

void Matcher::reportMissingImport(const Export &E) {
  llvm::StringRef Name = E.Registered && !E.EntryPoint.empty()
                             ? llvm::StringRef(E.EntryPoint)
                             : E.functionName();
  Diagnostic D = diagnose(
      DiagnosticID::MissingImport, E.statedAt(), E.Decl.qualifiedName(),
      ("no P/Invoke has the entry point '" + Name + "'").str());
  const Method *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Method *Import : NotAskedFor)
    if (Import->Import.EntryPoint == Name)
      D.note(Import->Where, "'" + text(*Import) +
                                "' has it, but its library '" +
                                Import->Import.Library +
                                "' is not among those that are asked for");
  for (const Method *Import : Unimplemented)
    if (isNearer(Name, Import->Import.EntryPoint, BestDistance))
      Best = Import;
  reportWithRemedy(std::move(D), Best, E);
}

} // namespace ilbridge::match

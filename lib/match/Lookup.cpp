//===- Lookup.cpp - How a runtime finds a function ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pair can agree in every value and still never be called, or be called by a
// runtime that does not support its kind of result. Both depend on the runtime,
// and not on the target.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

namespace ilbridge::match {

using native::Export;
using native::ExportKind;

bool isCoreLibrary(llvm::StringRef Assembly) {
  return Assembly == "mscorlib" || Assembly == "System.Private.CoreLib";
}

static bool isGeneric(const managed::TypeDef &D) {
  for (const managed::TypeDef *Each = &D; Each; Each = Each->Enclosing)
    if (!Each->GenericParams.empty())
      return true;
  return false;
}

/// Returns why \p R never calls \p E for \p M; empty if it does.
static std::string whyNeverCalled(const runtime::Runtime &R, bool IsChosen,
                                  const Export &E, const managed::Method &M) {
  runtime::Crossing C = crossing(E.Kind);
  if (IsChosen && R.conversion(C) == runtime::Conversion::Absent)
    return (R.Title + " has no " + runtime::name(C) +
            "s that a program can provide")
        .str();
  if (native::makesObject(E.Kind) && R.Names.MakesCoreObjectsOnly &&
      !isCoreLibrary(M.Assembly))
    return (R.Title +
            " looks for constructor replacements in the core library only, and "
            "'" +
            M.Declaring->fullName() + "' is in assembly '" + M.Assembly + "'")
        .str();
  if (E.Kind == ExportKind::InternalCall && R.Names.WantsInstances &&
      isGeneric(*M.Declaring))
    return R.versionedTitle() +
           " looks for an internal call of a generic class by the name of each "
           "instance with its type arguments, and the name '" +
           M.qualifiedName() + "' is that of no instance";
  return "";
}

std::vector<Diagnostic> lookupFindings(const runtime::Runtime &R, bool IsChosen,
                                       const Export &E,
                                       const managed::Method &M) {
  std::vector<Diagnostic> Findings;
  if (std::string Why = whyNeverCalled(R, IsChosen, E, M); !Why.empty())
    noteManaged(
        Findings.emplace_back(diagnose(DiagnosticID::NeverCalled, E.Decl.Where,
                                       E.Decl.qualifiedName(), Why)),
        M);
  if (!E.ResultWrapper.empty() && !R.understands(E.ResultWrapper))
    noteManaged(
        Findings.emplace_back(diagnose(
            DiagnosticID::ResultType, E.Decl.Where, E.Decl.qualifiedName(),
            E.Result.Spelling, csharpName(*M.Sig.Result.Type),
            "'" + E.ResultWrapper + "' holds a value or an exception, and " +
                R.Title + " does not understand it")),
        M);
  return Findings;
}

} // namespace ilbridge::match

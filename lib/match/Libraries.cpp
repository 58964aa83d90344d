//===- Libraries.cpp - Assigns imports to libraries -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Libraries.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

using managed::Method;
using native::HeaderEntry;

static bool isAmong(llvm::StringRef Name, llvm::ArrayRef<std::string> Names) {
  return llvm::any_of(Names, [&](const std::string &Each) {
    return isSameLibrary(Each, Name);
  });
}

Libraries::Libraries(const native::Program &P, llvm::ArrayRef<std::string> Own)
    : P(P), Own(Own), HasAnnotations(P.facts().empty()) {
  for (const native::Facts &F : P.facts()) {
    if (!F.Unannotated) {
      HasAnnotations = true;
      continue;
    }
    if (F.IsBroken)
      Unread.push_back(&*F.Unannotated);
    auto Known = llvm::find_if(Entries, [&](const Entry &E) {
      return E.headerEntry().isSameEntry(*F.Unannotated);
    });
    if (Known == Entries.end()) {
      Entry &New = Entries.emplace_back();
      New.Sources.push_back(&*F.Unannotated);
      // The patterns were checked when the facts were created.
      New.Patterns = llvm::cantFail(
          native::FunctionPatterns::create(F.Unannotated->Functions));
    } else {
      Known->Sources.push_back(&*F.Unannotated);
    }
  }
  ImplementsPInvokes = implementsPInvokes();
}

bool Libraries::implementsPInvokes() const {
  bool Registers = false;
  for (const native::Facts &F : P.facts())
    if (!F.Unannotated)
      for (const native::Export &E : F.Exports) {
        if (!E.Registered || E.Kind == native::ExportKind::PInvoke)
          return true;
        Registers = true;
      }
  return !Registers;
}

bool Libraries::Entry::isNamed(llvm::StringRef Name) const {
  return isAmong(Name, headerEntry().Names);
}

bool Libraries::Entry::isUnread(
    llvm::ArrayRef<const native::HeaderEntry *> Unread) const {
  return llvm::any_of(Sources, [&](const native::HeaderEntry *L) {
    return llvm::is_contained(Unread, L);
  });
}

/// An entry from flags has no location.
Location Libraries::Entry::where() const {
  Location L = headerEntry().Where;
  if (!L.isValid())
    L.File = "--export-header";
  return L;
}

bool Libraries::isOwn(const Method &Import) const {
  const std::string &Name = Import.Import.Library;
  return (Own.empty() || isAmong(Name, Own)) &&
         llvm::none_of(Entries,
                       [&](const Entry &E) { return E.isNamed(Name); });
}

bool Libraries::isAnnotated(const Method &Import) const {
  return HasAnnotations && ImplementsPInvokes && isOwn(Import);
}

bool Libraries::mayStandBehind(const native::Export &E,
                               const Method &Import) const {
  const HeaderEntry *L = P.headerEntry(E);
  return L && !L->Names.empty() ? isAmong(Import.Import.Library, L->Names)
                                : isOwn(Import);
}

std::vector<const Libraries::Entry *>
Libraries::entriesOf(const Method &Import) const {
  bool IsOwn = isOwn(Import);
  std::vector<const Entry *> Result;
  for (const Entry &E : Entries)
    if (E.headerEntry().Names.empty() ? IsOwn
                                      : E.isNamed(Import.Import.Library))
      Result.push_back(&E);
  return Result;
}

Libraries::Absence Libraries::reportMissing(const Method &Import,
                                            DiagnosticList &Out) const {
  const std::string &Name = Import.Import.EntryPoint;
  // If a header redirects its function to another symbol, this does not apply
  // to the function with its own name.
  if (llvm::any_of(P.exports(), [&](const native::Export *E) {
        return E->functionName() == Name && E->HasCLinkage &&
               mayStandBehind(*E, Import);
      }))
    return Absence::None;
  const Entry *Covers = nullptr;
  for (const Entry *E : entriesOf(Import)) {
    if (!E->Patterns.fits(Name))
      continue;
    if (E->isUnread(Unread))
      return Absence::Unread;
    Covers = E;
    for (const HeaderEntry *L : E->Sources)
      for (const HeaderEntry::Inline &Each : L->Inlines)
        if (Each.Name == Name) {
          Out.add(diagnose(DiagnosticID::UndeclaredEntryPoint, Import.Where,
                           Import.qualifiedName(), Name, Import.Import.Library,
                           "it is an inline function there, which no library "
                           "has"))
              .note(Each.Where, "defined here");
          return Absence::Reported;
        }
  }
  if (!Covers)
    return Absence::None;
  Out.add(diagnose(DiagnosticID::UndeclaredEntryPoint, Import.Where,
                   Import.qualifiedName(), Name, Import.Import.Library,
                   "no header that is given for it declares such a function"))
      .note(Covers->where(), "the headers are given here");
  return Absence::Reported;
}

void Libraries::reportUnused(const managed::Model &M,
                             DiagnosticList &Out) const {
  for (const Entry &E : Entries) {
    if (E.isUnread(Unread))
      continue;
    auto Report = [&](const llvm::Twine &Why) {
      Out.add(diagnose(DiagnosticID::UnusedExports, E.where(), Why.str()));
    };
    // A pattern may apply to one of several sources only, and a pattern that
    // excludes may be for imports that only exist on another system.
    for (const std::string &Pattern : E.headerEntry().Functions)
      if (Pattern.front() != '!' &&
          llvm::all_of(E.Sources, [&](const HeaderEntry *L) {
            return llvm::is_contained(L->Unused, Pattern);
          }))
        Report("the pattern '" + Pattern +
               "' fits no function that its headers declare");
    for (const std::string &Name : E.headerEntry().Names)
      if (auto IsOfIt =
              [&](const Method &Import) {
                return Import.TheKind == Method::PInvoke &&
                       isSameLibrary(Import.Import.Library, Name);
              };
          llvm::none_of(M.Imports, IsOfIt) && llvm::none_of(M.Unread, IsOfIt))
        Report("no P/Invoke is of the library '" + Name + "'");
  }
}

} // namespace ilbridge::match

//===- Checkers.cpp - The common part of hosts inside Clang ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/host/Checkers.h"
#include "ilbridge/driver/Project.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Inclusions/HeaderIncludes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace ilbridge::host {
namespace {

/// Maps findings to source locations of a translation unit.
class Placing {
public:
  Placing(const native::ParsedUnit &U, const native::FilesByPath &Files)
      : U(U), SM(U.Context.getSourceManager()), Files(Files) {}

  /// nullopt if no part of the finding is in the translation unit.
  std::optional<Report> report(const Diagnostic &D) const;
  std::optional<Report> offer(const Diagnostic &D) const;
  Report problem(llvm::StringRef Message, const Location &Where) const;

private:
  SourceLocation place(llvm::StringRef File, Position P) const;
  std::vector<FixItHint> hints(llvm::ArrayRef<FixIt> Fixes) const;
  ReportNote note(const Note &N) const;
  std::optional<FixItHint> includeOfAnnotations() const;

  const native::ParsedUnit &U;
  const SourceManager &SM;
  const native::FilesByPath &Files;
};

} // namespace

SourceLocation Placing::place(llvm::StringRef File, Position P) const {
  auto Found = Files.find(File);
  if (Found == Files.end() || !P.Line)
    return {};
  const auto &[ID, Name] = Found->second;
  SourceLocation Loc = SM.translateLineCol(ID, P.Line, P.Column);
  // The locations of findings take line markers into account.
  auto IsThere = [&](SourceLocation Loc) {
    PresumedLoc Presumed = SM.getPresumedLoc(Loc);
    return Presumed.isValid() && Presumed.getLine() == P.Line &&
           Presumed.getColumn() == P.Column && Presumed.getFilename() == Name;
  };
  if (!SM.hasLineTable() || IsThere(Loc))
    return Loc;
  unsigned Last = SM.getLineNumber(ID, SM.getFileIDSize(ID));
  for (unsigned Line = 1; Line <= Last; ++Line)
    if (SourceLocation Other = SM.translateLineCol(ID, Line, P.Column);
        IsThere(Other))
      return Other;
  return Loc;
}

std::vector<FixItHint> Placing::hints(llvm::ArrayRef<FixIt> Fixes) const {
  std::vector<FixItHint> Hints;
  for (const FixIt &F : Fixes) {
    SourceLocation Begin = place(F.File, F.Begin), End = place(F.File, F.End);
    if (Begin.isInvalid() || End.isInvalid())
      return {}; // an edit is offered completely or not at all
    auto Range = CharSourceRange::getCharRange(Begin, End);
    Hints.push_back(Begin == End ? FixItHint::CreateInsertion(Begin, F.Text)
                    : F.Text == ""
                        ? FixItHint::CreateRemoval(Range)
                        : FixItHint::CreateReplacement(Range, F.Text));
  }
  return Hints;
}

ReportNote Placing::note(const Note &N) const {
  ReportNote Result{N.Message, place(N.Where.File, N.Where.Start),
                    hints(N.Fixes)};
  if (Result.Where.isInvalid() && N.Where.isValid()) {
    Result.Message.clear();
    llvm::raw_string_ostream(Result.Message) << N.Where << ": " << N.Message;
  }
  return Result;
}

std::optional<Report> Placing::report(const Diagnostic &D) const {
  Report R{diagnosticInfo(D.ID).Name,
           D.Level == Severity::Error ? DiagnosticIDs::Error
                                      : DiagnosticIDs::Warning,
           D.Message,
           place(D.Where.File, D.Where.Start),
           {},
           hints(D.Fixes),
           /*IsOffer=*/false};
  // The location is in an assembly or its sources, whose lines are not shown.
  llvm::StringRef Member = D.Where.Member;
  if (R.Where.isInvalid() && !Member.empty() &&
      !llvm::StringRef(D.Message).contains(Member))
    R.Message = (Member + ": " + D.Message).str();
  for (const Note &N : D.Notes) {
    R.Notes.push_back(note(N));
    // A problem of a managed method is reported at the function that is
    // exported for it.
    if (R.Where.isInvalid())
      R.Where = R.Notes.back().Where;
  }
  if (R.Where.isInvalid())
    return std::nullopt;
  return R;
}

/// Includes ilbridge/export.h, if the unit does not include it.
std::optional<FixItHint> Placing::includeOfAnnotations() const {
  if (U.PP.isMacroDefined("ILBRIDGE_EXPORT"))
    return std::nullopt;
  FileID Main = SM.getMainFileID();
  tooling::HeaderIncludes Includes(
      SM.getFilename(SM.getLocForStartOfFile(Main)), SM.getBufferData(Main),
      tooling::IncludeStyle());
  auto Edit = Includes.insert("ilbridge/export.h", /*IsAngled=*/true,
                              tooling::IncludeDirective::Include);
  if (!Edit)
    return std::nullopt;
  return FixItHint::CreateInsertion(SM.getComposedLoc(Main, Edit->getOffset()),
                                    Edit->getReplacementText());
}

std::optional<Report> Placing::offer(const Diagnostic &D) const {
  std::optional<Report> R = report(D);
  if (!R)
    return R;
  R->IsOffer = true;
  if (std::optional<FixItHint> Include = includeOfAnnotations())
    for (ReportNote &N : R->Notes)
      N.Fixes.push_back(*Include);
  return R;
}

Report Placing::problem(llvm::StringRef Message, const Location &Where) const {
  return {"",
          DiagnosticIDs::Warning,
          ("ilbridge cannot compare this source: " + Message).str(),
          place(Where.File, Where.Start),
          {},
          {},
          /*IsOffer=*/false};
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

/// The path is as in the compile command, and therefore relative to its folder.
static std::string absolute(const native::ParsedUnit &U, llvm::StringRef Path) {
  llvm::SmallString<256> Result = Path;
  if (U.WorkingDirectory.empty())
    U.Context.getSourceManager().getFileManager().makeAbsolutePath(Result);
  else
    llvm::sys::fs::make_absolute(U.WorkingDirectory, Result);
  llvm::sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return Result.str().str();
}

std::vector<Report> Checkers::check(native::ParsedUnit U,
                                    const CheckOptions &Options,
                                    std::string *Facts) {
  std::string Main = absolute(U, native::mainFileName(U));
  llvm::StringRef Folder = llvm::sys::path::parent_path(Main);
  std::string Config;
  if (native::mainFile(U) == native::MainFile::Source)
    Config = Options.ConfigFile.empty() ? driver::findConfiguration(Folder)
                                        : Options.ConfigFile;
  if (Config.empty() && !Facts)
    return {};
  std::string Root = !Options.Root.empty() ? Options.Root
                     : Config.empty()
                         ? Folder.str()
                         : llvm::sys::path::parent_path(Config).str();
  U.Root = Root;
  U.IsForEveryMachine = Facts != nullptr;

  native::Facts F;
  DiagnosticList Found;
  native::FilesByPath Files;
  auto CollectExports = [&] {
    F = native::Facts();
    Found = DiagnosticList();
    Files.clear();
    native::collectExports(U, F, Found, Files);
  };
  // Facts have to be the same on a machine that has no configuration.
  if (Facts) {
    CollectExports();
    llvm::raw_string_ostream OS(*Facts);
    native::writeFacts(F, native::OutsidePaths::Portable, OS);
  }
  if (Config.empty())
    return {};
  std::lock_guard<std::mutex> Guard(Lock);
  driver::TranslationUnitChecker &Checker =
      ByConfig.try_emplace(Config, Config).first->second;
  const driver::TranslationUnitChecker::Names Names = Checker.names();
  U.Registrars = Names.Registrars;
  U.Classes = Names.Classes;
  if (!Facts || !Names.Registrars.empty() || !Names.Classes.empty())
    CollectExports();
  if (F.Exports.empty() && F.Imports.empty() && Found.empty() &&
      !Options.MakesOffers)
    return {};

  Location First = !F.Exports.empty()   ? F.Exports.front().statedAt()
                   : !F.Imports.empty() ? F.Imports.front().Decl.Where
                                        : Location();
  auto Collect = [&](const llvm::StringSet<> &Names,
                     native::Facts &Candidates) {
    native::collectUnannotated(U, Names, Candidates, Files);
  };
  driver::CheckedUnit Result = Checker.check(
      std::move(F), std::move(Found),
      Options.MakesOffers ? driver::TranslationUnitChecker::Unannotated(Collect)
                          : nullptr);

  Placing Places(U, Files);
  std::vector<Report> Reports;
  if (!Result.Problem.empty() && First.isValid())
    Reports.push_back(Places.problem(Result.Problem, First));
  for (const Diagnostic &D : Result.Findings.all())
    // Findings of the baseline are not reported.
    if (std::optional<Report> R = Places.report(D); R && !D.isKnown())
      Reports.push_back(std::move(*R));
  for (const Diagnostic &D : Result.Offers)
    if (std::optional<Report> R = Places.offer(D))
      Reports.push_back(std::move(*R));
  if (Options.PlacesNotes)
    for (Report &R : Reports)
      for (ReportNote &N : R.Notes)
        if (N.Where.isInvalid())
          N.Where = R.Where;
  return Reports;
}

} // namespace ilbridge::host

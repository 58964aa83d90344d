//===- Module.cpp - ilbridge's checks for clang-tidy ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Module.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/NoLintDirectiveHandler.h"
#include "ilbridge/host/Checkers.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Core/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

using clang::tidy::ClangTidyCheck;
using clang::tidy::ClangTidyContext;

namespace ilbridge::tidy {
namespace {

class Check;

/// A translation unit, shared by its checks. The first check processes it.
struct Unit {
  std::vector<Check *> Checks;
  clang::Preprocessor *PP = nullptr;
  clang::ASTContext *Context = nullptr;
};

/// The state that a process's checks share. Several threads parse units.
class Session {
public:
  std::shared_ptr<Unit> unitOf(const ClangTidyContext *Context) {
    std::lock_guard<std::mutex> Guard(Lock);
    llvm::erase_if(Units, [](auto &Each) { return Each.second.expired(); });
    std::shared_ptr<Unit> U;
    for (auto &[Key, Known] : Units)
      if (Key == Context)
        U = Known.lock();
    if (!U) {
      U = std::make_shared<Unit>();
      Units.push_back({Context, U});
    }
    return U;
  }

  host::Checkers Checkers;

private:
  std::mutex Lock;
  std::vector<std::pair<const ClangTidyContext *, std::weak_ptr<Unit>>> Units;
};

/// Whether a NOLINT comment applies to that check at that location. clang-tidy
/// applies them only to warnings, and some findings are errors.
class NoLint : private clang::DiagnosticConsumer {
public:
  explicit NoLint(clang::SourceManager &SM)
      : Own(this, /*IsOwner=*/false), Asking(*Own.engine()) {
    Asking.setSourceManager(&SM);
  }

  bool covers(clang::SourceLocation Where, llvm::StringRef Check) {
    Name = Check;
    IsCovered = false;
    Asking.Report(Where, Asking.getCustomDiagID(
                             clang::DiagnosticsEngine::Warning, "asking"));
    return IsCovered;
  }

private:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    llvm::SmallVector<clang::tooling::Diagnostic, 1> Malformed;
    IsCovered = Handler.shouldSuppress(Level, Info, Name, Malformed,
                                       /*AllowIO=*/true,
                                       /*EnableNoLintBlocks=*/true);
  }

  versions::Diagnostics Own;
  clang::DiagnosticsEngine &Asking;
  clang::tidy::NoLintDirectiveHandler Handler;
  llvm::StringRef Name;
  bool IsCovered = false;
};

/// The first declaration that is visited: it gives access to the unit, which
/// has no node of its own if an editor traverses only the declarations of one
/// file.
AST_MATCHER_P(clang::Decl, isFirstOf, Unit *, U) {
  (void)Node;
  (void)Finder;
  (void)Builder;
  return !U->Context;
}

class Check : public ClangTidyCheck {
public:
  Check(llvm::StringRef Name, ClangTidyContext *Context,
        std::shared_ptr<Session> Shared)
      : ClangTidyCheck(Name, Context), Name(Name), Context(Context),
        Shared(std::move(Shared)), TheUnit(this->Shared->unitOf(Context)),
        Common("ilbridge", Context->getOptions().CheckOptions, Context) {
    TheUnit->Checks.push_back(this);
  }
  ~Check() override { llvm::erase(TheUnit->Checks, this); }

  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Out) override {
    Common.store(Out, "Config", Common.get("Config", ""));
    Common.store(Out, "Offers", Common.get("Offers", false));
  }

  void registerPPCallbacks(const clang::SourceManager &,
                           clang::Preprocessor *PP,
                           clang::Preprocessor *) override {
    TheUnit->PP = PP;
  }

  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override {
    if (isLeader())
      Finder->addMatcher(
          clang::ast_matchers::decl(isFirstOf(TheUnit.get())).bind("first"),
          this);
  }

  void
  check(const clang::ast_matchers::MatchFinder::MatchResult &Result) override {
    TheUnit->Context = Result.Context;
  }

  void onEndOfTranslationUnit() override {
    if (!isLeader() || !TheUnit->Context || !TheUnit->PP)
      return;
    std::vector<clang::Decl *> Declarations =
        TheUnit->Context->getTraversalScope();
    native::ParsedUnit U{*TheUnit->Context, *TheUnit->PP, /*S=*/nullptr,
                         Declarations, ""};
    host::CheckOptions Options;
    if (llvm::StringRef Config = Common.get("Config", ""); !Config.empty()) {
      llvm::SmallString<256> Path = Config;
      llvm::sys::fs::make_absolute(Path);
      Options.ConfigFile = Path.str();
    }
    Options.MakesOffers =
        Common.get("Offers", false) &&
        llvm::any_of(TheUnit->Checks, [](const Check *Each) {
          return Each->Name == diagnosticInfo(DiagnosticID::MissingExport).Name;
        });
    NoLint Comments(TheUnit->Context->getSourceManager());
    for (const host::Report &R : Shared->Checkers.check(U, Options)) {
      if (Comments.covers(R.Where, R.ID))
        continue;
      if (R.ID.empty())
        Context->diag("clang-tidy-config", R.Where, "%0", R.Level) << R.Message;
      for (Check *Each : TheUnit->Checks)
        if (Each->Name == R.ID)
          Each->print(R);
    }
  }

private:
  bool isLeader() const { return TheUnit->Checks.front() == this; }

  void print(const host::Report &R) {
    add(diag(R.Where, "%0", R.Level), R.Message, R.Fixes);
    for (const host::ReportNote &N : R.Notes)
      add(N.Where.isValid() ? diag(N.Where, "%0", clang::DiagnosticIDs::Note)
                            : diag("%0", clang::DiagnosticIDs::Note),
          N.Message, N.Fixes);
  }

  static void add(const clang::DiagnosticBuilder &Builder,
                  const std::string &Text,
                  llvm::ArrayRef<clang::FixItHint> Fixes) {
    Builder << Text;
    for (const clang::FixItHint &Fix : Fixes)
      Builder << Fix;
  }

  std::string Name;
  ClangTidyContext *Context;
  std::shared_ptr<Session> Shared;
  std::shared_ptr<Unit> TheUnit;
  OptionsView Common;
};

} // namespace

void Module::addCheckFactories(
    clang::tidy::ClangTidyCheckFactories &Factories) {
  auto Shared = std::make_shared<Session>();
  for (const DiagnosticInfo &Info : diagnosticCatalogue())
    if (Info.TheScope == Scope::Source ||
        Info.ID == DiagnosticID::MissingExport)
      Factories.registerCheckFactory(
          Info.Name, [Shared](llvm::StringRef Name, ClangTidyContext *Context) {
            return std::make_unique<Check>(Name, Context, Shared);
          });
}

} // namespace ilbridge::tidy

//===- Plugin.cpp - ilbridge in the compiler ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   -fplugin=libilbridge-clang.so    findings as warnings and errors
//   LD_PRELOAD, by ilbridge-clangd   the same in clangd, with offers
//
// Neither LLVM nor Clang is linked, because the process contains them.
//
//===----------------------------------------------------------------------===//

#include "FactsSection.h"
#include "Preload.h"
#include "ilbridge/abi/Lowering.h"
#include "ilbridge/host/Checkers.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Sema/SemaConsumer.h"
#include "llvm-c/Core.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdio>

using namespace clang;

namespace ilbridge {
namespace {

/// An editor's process parses one translation unit after another, and inputs
/// are kept for the next one. A registered action has no other place for state.
host::Checkers &checkers() {
  static host::Checkers Shared;
  return Shared;
}

/// The options of the plugin's command line.
struct PluginOptions {
  host::CheckOptions Check;
  bool WritesFacts = false;
  bool IsEditor = false;
};

void print(const host::Report &R, DiagnosticsEngine &Diags) {
  DiagnosticIDs::Level Level = R.Level;
  // Clang applies this only to its own diagnostics.
  if (Level == DiagnosticIDs::Warning && !R.IsOffer) {
    if (Diags.getIgnoreAllWarnings())
      return;
    if (Diags.getWarningsAsErrors())
      Level = DiagnosticIDs::Error;
  }
  auto Add = [&](SourceLocation Where, DiagnosticIDs::Level L,
                 const std::string &Text, llvm::ArrayRef<FixItHint> Fixes) {
    unsigned ID = Diags.getDiagnosticIDs()->getCustomDiagID(L, "%0");
    DiagnosticBuilder Builder = Diags.Report(Where, ID);
    Builder << Text;
    for (const FixItHint &Fix : Fixes)
      Builder << Fix;
  };
  std::string Name = R.ID.empty() ? "" : (" [" + R.ID + "]").str();
  Add(R.Where, Level, R.Message + Name, R.Fixes);
  for (const host::ReportNote &N : R.Notes)
    Add(N.Where, DiagnosticIDs::Note, N.Message, N.Fixes);
}

/// Returns the folder of the compile command, which is passed to compilers on
/// other machines; empty: the folder of the process.
std::string workingDirectory(const CompilerInstance &CI) {
  llvm::StringRef Folder = CI.getCodeGenOpts().DebugCompilationDir;
  return llvm::sys::path::is_absolute(Folder) ? Folder.str() : "";
}

std::string absolute(const CompilerInstance &CI, llvm::StringRef Path) {
  llvm::SmallString<256> Result = Path;
  if (std::string Folder = workingDirectory(CI); !Folder.empty())
    llvm::sys::fs::make_absolute(Folder, Result);
  llvm::sys::fs::make_absolute(Result);
  llvm::sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return Result.str().str();
}

/// Later build steps will lack the facts, and only this compilation knows why.
void warnOfPreprocessed(DiagnosticsEngine &Diags) {
  Diags.Report(Diags.getCustomDiagID(
      DiagnosticsEngine::Warning,
      "ilbridge puts no facts into the object: this source was preprocessed "
      "elsewhere, which moves what it declares; send what "
      "'-E -frewrite-includes' makes of it (Icecream: ICECC_REMOTE_CPP=1)"));
}

class Consumer : public SemaConsumer {
public:
  Consumer(CompilerInstance &CI, const PluginOptions &Options)
      : CI(CI), Options(Options) {}

  void InitializeSema(Sema &S) override { TheSema = &S; }
  void ForgetSema() override { TheSema = nullptr; }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    Parsed.insert(Parsed.end(), Group.begin(), Group.end());
    return true;
  }

  void HandleTranslationUnit(ASTContext &Ctx) override {
    // A precompiled header or a preamble is a part of a translation unit that
    // is checked later.
    if (Ctx.TUKind != TU_Complete)
      return;
    if (!Options.IsEditor && Ctx.getDiagnostics().hasErrorOccurred())
      return;
    native::ParsedUnit U{Ctx, CI.getPreprocessor(), TheSema, Parsed, ""};
    U.WorkingDirectory = workingDirectory(CI);
    bool WritesFacts = Options.WritesFacts && canHoldFacts(Ctx);
    if (WritesFacts && native::mainFile(U) == native::MainFile::Preprocessed) {
      warnOfPreprocessed(Ctx.getDiagnostics());
      WritesFacts = false;
    }
    Decl *Whole = Ctx.getTranslationUnitDecl();
    if (WritesFacts) // of precompiled headers as well
      U.Declarations = Whole;
    std::string Facts;
    for (const host::Report &R :
         checkers().check(U, Options.Check, WritesFacts ? &Facts : nullptr))
      print(R, Ctx.getDiagnostics());
    if (WritesFacts)
      CI.getASTConsumer().HandleTopLevelDecl(
          DeclGroupRef(factsSection(Ctx, Facts)));
  }

private:
  CompilerInstance &CI;
  PluginOptions Options;
  Sema *TheSema = nullptr;
  std::vector<Decl *> Parsed;
};

class Action : public PluginASTAction {
protected:
  std::unique_ptr<ASTConsumer>
  CreateASTConsumer(CompilerInstance &CI, llvm::StringRef File) override {
    // Skip the translation unit of a query for ABI info, and an editor's index
    // of the standard library.
    if (File == abi::ABIQueryFile || CI.getFrontendOpts().SkipFunctionBodies)
      return std::make_unique<ASTConsumer>();
    if (const Preload *P = preload()) {
      Options.IsEditor = true;
      Options.Check.MakesOffers = Options.Check.PlacesNotes = true;
      Options.Check.ConfigFile = P->ConfigFile;
    }
    return std::make_unique<Consumer>(CI, Options);
  }

  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &Args) override {
    for (llvm::StringRef Arg : Args) {
      if (Arg == "facts") {
        Options.WritesFacts = true;
      } else if (Arg.consume_front("config=")) {
        Options.Check.ConfigFile = absolute(CI, Arg);
      } else if (Arg.consume_front("root=")) {
        Options.Check.Root = absolute(CI, Arg);
      } else {
        DiagnosticsEngine &Diags = CI.getDiagnostics();
        Diags.Report(
            Diags.getCustomDiagID(DiagnosticsEngine::Error,
                                  "ilbridge knows no argument '%0'; expected "
                                  "config=FILE, root=FOLDER or facts"))
            << Arg;
        return false;
      }
    }
    return true;
  }

  /// Run before code generation, which is not reached after an error.
  ActionType getActionType() override { return AddBeforeMainAction; }

private:
  PluginOptions Options;
};

} // namespace
} // namespace ilbridge

#pragma weak LLVMGetVersion // only exists since LLVM 16

/// In another version of Clang, the plugin's first call of a function that has
/// changed would crash the compiler.
static bool fitsThisClang() {
  unsigned Major = 0, Minor = 0, Patch = 0;
  if (&LLVMGetVersion)
    LLVMGetVersion(&Major, &Minor, &Patch);
  if (Major == LLVM_VERSION_MAJOR && Minor == LLVM_VERSION_MINOR)
    return true;
  std::fprintf(stderr,
               "ilbridge: this plugin is for Clang %d.%d and does nothing in "
               "another one\n",
               LLVM_VERSION_MAJOR, LLVM_VERSION_MINOR);
  return false;
}

__attribute__((constructor)) static void registerPlugin() {
  ilbridge::readPreload();
  if (fitsThisClang())
    static clang::FrontendPluginRegistry::Add<ilbridge::Action> Registered(
        "ilbridge", "compares exports with what managed code asks for");
}

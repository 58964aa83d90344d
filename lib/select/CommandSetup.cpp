//===- CommandSetup.cpp - Search path and macros of a command -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandSetup.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Environment.h"
#include "ilbridge/command/Invocation.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::select {

static void addFolders(const clang::HeaderSearchOptions &Search,
                       StringRef Directory, CommandSetup &Setup) {
  std::vector<CommandSetup::Folder> Last;
  for (const clang::HeaderSearchOptions::Entry &E : Search.UserEntries) {
    namespace groups = clang::frontend;
    if (E.IsFramework || versions::isHeaderMap(E))
      Setup.Unknown = "its command has frameworks or header maps";
    bool IsSystem = E.Group != groups::Quoted && E.Group != groups::Angled;
    std::string Path = E.Path;
    if (!E.IgnoreSysRoot && !Search.Sysroot.empty() && Search.Sysroot != "/" &&
        StringRef(Path).starts_with("/")) // -isystem =/usr/include
      Path = Search.Sysroot + Path;
    llvm::SmallString<256> Full = StringRef(Path);
    llvm::sys::fs::make_absolute(Directory, Full);
    auto &Group = E.Group == groups::Quoted  ? Setup.Quoted
                  : E.Group == groups::After ? Last
                                             : Setup.Angled;
    Group.push_back({Full.str().str(), IsSystem});
  }
  // The folders of -I are searched before those of the system.
  std::stable_partition(Setup.Angled.begin(), Setup.Angled.end(),
                        [](const auto &F) { return !F.IsSystem; });
  llvm::append_range(Setup.Angled, Last);
}

/// Stores in \p Setup the predefines that Clang puts before a source, the names
/// of its built-in macros and whether the language is C++. Clang determines all
/// of these when it creates a preprocessor.
static void addPredefines(std::shared_ptr<clang::CompilerInvocation> Invocation,
                          llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
                          CommandSetup &Setup) {
  clang::PreprocessorOptions &PP = Invocation->getPreprocessorOpts();
  PP.Includes.clear();
  PP.MacroIncludes.clear();
  clang::IgnoringDiagConsumer Ignored;
  std::unique_ptr<clang::CompilerInstance> Owned =
      versions::createCompiler(std::move(Invocation), FS, Ignored);
  clang::CompilerInstance &CI = *Owned;
  if (!CI.createTarget()) {
    Setup.Unknown = "its command names no target that is known";
    return;
  }
  CI.createPreprocessor(clang::TU_Complete);
  Setup.Predefines = CI.getPreprocessor().getPredefines();
  for (const auto &[Name, State] : CI.getPreprocessor().macros(false))
    Setup.BuiltIn.push_back(Name->getName().str());
  Setup.IsCxx = CI.getLangOpts().CPlusPlus;
}

/// All options that affect the meaning of text, except the search path and
/// macros.
static std::string otherOptions(const clang::CompilerInvocation &Invocation) {
  clang::CompilerInvocation Rest(Invocation);
  Rest.getHeaderSearchOpts().UserEntries.clear();
  Rest.getPreprocessorOpts().Macros.clear();
  Rest.getPreprocessorOpts().Includes.clear();
  Rest.getPreprocessorOpts().MacroIncludes.clear();
  Rest.getFrontendOpts().Inputs.clear();
  // The options -fPIC and -O change the meaning of text only through predefined
  // macros.
  Rest.getCodeGenOpts() = clang::CodeGenOptions();
  clang::LangOptions &Language = versions::language(Rest);
  Language.PICLevel = Language.PIE = 0;
  Language.SemanticInterposition = Language.HalfNoSemanticInterposition = 0;
  return llvm::join(Rest.getCC1CommandLine(), "\n");
}

CommandSetup describeCommand(StringRef Directory,
                             llvm::ArrayRef<std::string> Line,
                             const std::shared_ptr<cache::Inputs> &Asked) {
  CommandSetup Setup;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS =
      cache::recording(llvm::vfs::createPhysicalFileSystem(), Asked);
  clang::IgnoringDiagConsumer Ignored;
  std::shared_ptr<clang::CompilerInvocation> Invocation;
  if (!FS->setCurrentWorkingDirectory(Directory))
    Invocation = command::invocationOf(Line, FS, Ignored);
  command::addEnvironment(Invocation.get(), *Asked);
  if (!Invocation) { // reported by the scan
    Setup.Unknown = "Clang cannot run its command";
    return Setup;
  }
  const clang::HeaderSearchOptions &Search = Invocation->getHeaderSearchOpts();
  // The option -fmodules sets ImplicitModuleMaps. LangOptions::Modules is also
  // set by C++20, whose modules are different.
  if (Search.ImplicitModuleMaps)
    Setup.Unknown = "its command has modules";
  if (!Search.VFSOverlayFiles.empty())
    Setup.Unknown = "its command overlays the file system";
  Setup.Options = otherOptions(*Invocation);
  addFolders(Search, Directory, Setup);
  const clang::PreprocessorOptions &PP = Invocation->getPreprocessorOpts();
  for (const auto *Names : {&PP.MacroIncludes, &PP.Includes})
    llvm::append_range(Setup.Forced, *Names);
  for (const auto &[Macro, IsUndefined] : PP.Macros)
    Setup.Named.push_back(
        StringRef(Macro)
            .take_until([](char C) { return C == '=' || C == '('; })
            .str());
  addPredefines(std::move(Invocation), std::move(FS), Setup);
  return Setup;
}

} // namespace ilbridge::select

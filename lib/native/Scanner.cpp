//===- Scanner.cpp - Find annotated functions in C and C++ ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   compile command ──driver──▶ invocation ──parse, bodies skipped──▶ Sema
//                                            ──collectExports──▶ Facts
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Scanner.h"
#include "RegisteringBodies.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Commands.h"
#include "ilbridge/command/Environment.h"
#include "ilbridge/command/Invocation.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/native/Preambles.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Sema/Sema.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

namespace {

/// Records uses of the macros of ilbridge/export.h.
class UseRecorder : public PPCallbacks {
public:
  UseRecorder(const SourceManager &SM, std::vector<MacroUse> &Uses)
      : SM(SM), Uses(Uses) {}

  void MacroExpands(const Token &Name, const MacroDefinition &, SourceRange,
                    const MacroArgs *) override {
    llvm::StringRef Text = Name.getIdentifierInfo()->getName();
    if (isAnnotatingMacro(Text))
      Uses.push_back({Text.str(), SM.getExpansionLoc(Name.getLocation())});
  }

private:
  const SourceManager &SM;
  std::vector<MacroUse> &Uses;
};

/// Requests the parsing of bodies that may register something.
class BodySkipper : public ASTConsumer {
public:
  BodySkipper(Preprocessor &PP, llvm::ArrayRef<Registrar> Registrars)
      : Bodies(PP, Registrars) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    const FunctionDecl *Function = D->getAsFunction();
    return !Function || !Bodies.mayRegister(*Function);
  }

private:
  RegisteringBodies Bodies;
};

/// Parses without other function bodies, and then collects exports.
class CollectAction : public ASTFrontendAction {
public:
  CollectAction(const ScanOptions &Options, ScanResult &Result)
      : Options(Options), Result(Result) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef) override {
    return std::make_unique<BodySkipper>(CI.getPreprocessor(),
                                         Options.Registrars);
  }

  bool BeginSourceFileAction(CompilerInstance &CI) override {
    CI.getPreprocessor().addPPCallbacks(
        std::make_unique<UseRecorder>(CI.getSourceManager(), Uses));
    return true;
  }

  // Called after parsing, while Sema still exists and can instantiate
  // templates.
  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Result.Compiled = !CI.getDiagnostics().hasErrorOccurred();
    ASTContext &Ctx = CI.getASTContext();
    // A preamble contains no annotations, and traversing it would load it.
    std::vector<Decl *> Own(Ctx.getTranslationUnitDecl()->noload_decls_begin(),
                            Ctx.getTranslationUnitDecl()->noload_decls_end());
    ParsedUnit U{Ctx, CI.getPreprocessor(), &CI.getSema(),
                 Own, Options.Root,         Options.PathMap};
    U.Registrars = Options.Registrars;
    U.Classes = Options.Classes;
    U.EntryPoints = Options.EntryPoints;
    // If a source does not compile, any of them may be missing.
    if (Result.Compiled)
      U.Uses = Uses;
    FilesByPath Files;
    collectExports(U, Result.TheFacts, Result.Findings, Files);
    if (!Result.Compiled)
      findAnnotations(U);
  }

private:
  /// For a source with errors, a macro may have expanded to nothing.
  void findAnnotations(const ParsedUnit &U) {
    const SourceManager &SM = U.Context.getSourceManager();
    Result.Annotated = annotatedFiles(U);
    llvm::StringRef Text = SM.getBufferData(SM.getMainFileID());
    if (Text.contains("ILBRIDGE_") || Text.contains("\"ilbridge.") ||
        select::RegistrarWords(namesOf(Options.Registrars)).areCalledIn(Text))
      Result.Annotated.push_back(Result.TheFacts.Source);
  }

  const ScanOptions &Options;
  ScanResult &Result;
  std::vector<MacroUse> Uses;
};

/// A temporary folder for implicit modules during a scan: modules of the build
/// may belong to a different version of Clang.
class ModuleFolder {
public:
  explicit ModuleFolder(CompilerInvocation &Invocation) {
    HeaderSearchOptions &Search = Invocation.getHeaderSearchOpts();
    if (Search.ModuleCachePath.empty())
      return;
    if (llvm::sys::fs::createUniqueDirectory("ilbridge-modules", Path))
      Path.clear();
    Search.ModuleCachePath = Path.str();
  }
  ~ModuleFolder() {
    if (!Path.empty())
      llvm::sys::fs::remove_directories(Path);
  }
  ModuleFolder(const ModuleFolder &) = delete;
  ModuleFolder &operator=(const ModuleFolder &) = delete;

private:
  llvm::SmallString<128> Path;
};

} // namespace

/// \p Shared contains preambles; null: none are used.
static ScanResult scan(const ScanInput &Input, const ScanOptions &Options,
                       Preambles *Shared) {
  const tooling::CompileCommand &Command = Input.Command;
  ScanResult Result;
  Result.TheFacts.Unannotated = Input.Unannotated;
  Result.TheFacts.For = Input.For;
  Result.TheFacts.Source =
      shownPath(Command.Filename, Command.Directory, Options.Root);

  // The file system is not shared, because it has its own working directory.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk =
      llvm::vfs::createPhysicalFileSystem();
  auto Asked = std::make_shared<cache::Inputs>();
  Result.Asked = Asked;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS =
      cache::recording(Disk, Asked);
  if (FS->setCurrentWorkingDirectory(Command.Directory)) {
    Result.IsAbsent = true;
    Result.ClangOutput = "error: the folder '" + Command.Directory +
                         "' of the compile command for '" + Command.Filename +
                         "' does not exist\n";
    return Result;
  }
  // Clang's message has three lines and does not suggest a fix.
  if (!Input.Text && !FS->exists(Command.Filename)) {
    Result.IsAbsent = true;
    Result.ClangOutput =
        "error: there is no file '" + Result.TheFacts.Source +
        "', for which there is a compile command: configure again if it is "
        "gone, or build what generates it\n";
    return Result;
  }
  if (Input.Text) {
    auto InMemory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
    InMemory->setCurrentWorkingDirectory(Command.Directory);
    InMemory->addFile(Command.Filename, 0,
                      llvm::MemoryBuffer::getMemBuffer(*Input.Text));
    auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(FS);
    Overlay->pushOverlay(std::move(InMemory));
    FS = std::move(Overlay);
  }
  llvm::raw_string_ostream Out(Result.ClangOutput);
  Out.enable_colors(Options.Color);
  auto DiagOpts = versions::createOptions();
  DiagOpts->ShowColors = Options.Color;
  TextDiagnosticPrinter Printer(Out, versions::argument(DiagOpts));

  std::vector<std::string> Args = command::adjustedCommand(Input, Options);
  std::shared_ptr<CompilerInvocation> Invocation =
      command::invocationOf(Args, FS, Printer);
  command::addEnvironment(Invocation.get(), *Asked);
  if (!Invocation)
    return Result;
  Invocation->getFrontendOpts().SkipFunctionBodies = true;
  Invocation->getFrontendOpts().DisableFree = false;
  Preambles::Use Begin;
  std::unique_ptr<llvm::MemoryBuffer> Text;
  // Functions of a library may be declared in a preamble.
  if (Shared && !Input.Text && !Input.Unannotated)
    if (auto Read = FS->getBufferForFile(Command.Filename)) {
      Text = std::move(*Read);
      Begin = Shared->find(Args, Command.Filename, Text->getBuffer(), Disk);
    }
  if (Begin.Begin) {
    PreprocessorOptions &Preprocessing = Invocation->getPreprocessorOpts();
    Preprocessing.RetainRemappedFileBuffers = true;
    // Use the text for which the preamble was chosen.
    Preprocessing.addRemappedFile(
        Invocation->getFrontendOpts().Inputs[0].getFile(), Text.get());
    Begin.Begin->begin(*Invocation, Begin.Offset, FS);
  }
  {
    ModuleFolder Modules(*Invocation);
    std::unique_ptr<CompilerInstance> Compiler =
        versions::createCompiler(Invocation, FS, Printer);
    Compiler->setVerboseOutputStream(Out); // "1 error generated."
    CollectAction Action(Options, Result);
    Compiler->ExecuteAction(Action);
  }
  if (Begin.Begin) {
    // A scan without a preamble reports the errors, so that they are printed as
    // by the compiler.
    if (!Result.Compiled)
      return scan(Input, Options, /*Shared=*/nullptr);
    Asked->add(Begin.Begin->Asked);
  }
  return Result;
}

ScanResult scan(const ScanInput &Input, const ScanOptions &Options) {
  return scan(Input, Options, Options.Shared);
}

} // namespace ilbridge::native

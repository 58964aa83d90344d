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

#include "Commands.h"
#include "Environment.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/native/Preambles.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Sema/Sema.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

std::string shownPath(llvm::StringRef Path, llvm::StringRef Directory,
                      llvm::StringRef Root) {
  llvm::SmallString<256> Full = Path;
  llvm::sys::fs::make_absolute(Directory, Full);
  llvm::SmallString<256> Clean = Full;
  llvm::sys::path::remove_dots(Clean, /*remove_dot_dot=*/true);

  llvm::StringRef Shown = Clean;
  llvm::SmallString<256> Prefix = Root;
  if (!Prefix.empty() && !llvm::sys::path::is_separator(Prefix.back()))
    Prefix += llvm::sys::path::get_separator();
  if (!Root.empty() && Shown.consume_front(Prefix))
    return llvm::sys::path::convert_to_slash(Shown);
  // Outside, "x/.." need not be where x is: /lib/.. is /usr on many systems.
  llvm::SmallString<256> Real;
  if (llvm::is_contained(llvm::make_range(llvm::sys::path::begin(Full),
                                          llvm::sys::path::end(Full)),
                         "..") &&
      !llvm::sys::fs::real_path(Full, Real))
    Shown = Real;
  return llvm::sys::path::convert_to_slash(Shown);
}

namespace {

/// Parses without looking into function bodies, then collects.
class CollectAction : public ASTFrontendAction {
public:
  CollectAction(const ScanOptions &Options, ScanResult &Result)
      : Options(Options), Result(Result) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 llvm::StringRef) override {
    return std::make_unique<ASTConsumer>();
  }

  // After the parse and before Sema is gone, which instantiates templates.
  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Result.Compiled = !CI.getDiagnostics().hasErrorOccurred();
    ASTContext &Ctx = CI.getASTContext();
    // Nothing in a preamble is annotated, and to walk it is to load it.
    std::vector<Decl *> Own(Ctx.getTranslationUnitDecl()->noload_decls_begin(),
                            Ctx.getTranslationUnitDecl()->noload_decls_end());
    ParsedUnit U{Ctx, CI.getPreprocessor(), &CI.getSema(),
                 Own, Options.Root,         Options.PathMap};
    FilesByPath Files;
    collectExports(U, Result.TheFacts, Result.Findings, Files);
  }

private:
  const ScanOptions &Options;
  ScanResult &Result;
};

/// Runs CollectAction over one invocation.
class CollectTool : public tooling::ToolAction {
public:
  CollectTool(const ScanOptions &Options, Preambles::Use Begin,
              llvm::MemoryBuffer *Text, cache::Inputs &Asked,
              ScanResult &Result, llvm::raw_ostream &Out)
      : Options(Options), Begin(std::move(Begin)), Text(Text), Asked(Asked),
        Result(Result), Out(Out) {}

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> PCHContainerOps,
                     DiagnosticConsumer *Consumer) override {
    addEnvironment(Invocation.get(), Asked);
    Invocation->getFrontendOpts().SkipFunctionBodies = true;
    Invocation->getFrontendOpts().DisableFree = false;
    llvm::IntrusiveRefCntPtr<FileManager> Own(Files);
    if (Begin.Begin) {
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS(
          &Files->getVirtualFileSystem());
      PreprocessorOptions &Preprocessing = Invocation->getPreprocessorOpts();
      Preprocessing.RetainRemappedFileBuffers = true;
      // What the preamble was chosen for.
      Preprocessing.addRemappedFile(
          Invocation->getFrontendOpts().Inputs[0].getFile(), Text);
      Begin.Begin->begin(*Invocation, Begin.Offset, FS);
      Own = llvm::makeIntrusiveRefCnt<FileManager>(FileSystemOptions(), FS);
    }
    CompilerInstance Compiler(std::move(PCHContainerOps));
    Compiler.setInvocation(std::move(Invocation));
    Compiler.setFileManager(Own.get());
    Compiler.createDiagnostics(Consumer, /*ShouldOwnClient=*/false);
    Compiler.createSourceManager(*Own);
    Compiler.setVerboseOutputStream(Out); // "1 warning generated."
    CollectAction Action(Options, Result);
    Compiler.ExecuteAction(Action);
    return Result.Compiled;
  }

private:
  const ScanOptions &Options;
  Preambles::Use Begin;
  llvm::MemoryBuffer *Text; ///< of the source, where it has a preamble
  cache::Inputs &Asked;
  ScanResult &Result;
  llvm::raw_ostream &Out;
};

} // namespace

/// \p Shared: what the source may begin with; null: nothing.
static ScanResult scan(const ScanInput &Input, const ScanOptions &Options,
                       Preambles *Shared) {
  const tooling::CompileCommand &Command = Input.Command;
  ScanResult Result;
  Result.TheFacts.Unannotated = Input.Unannotated;
  Result.TheFacts.Source =
      shownPath(Command.Filename, Command.Directory, Options.Root);

  // A file system of its own, because it has its own working directory.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk =
      llvm::vfs::createPhysicalFileSystem();
  auto Asked = std::make_shared<cache::Inputs>();
  Result.Asked = Asked;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS =
      cache::recording(Disk, Asked);
  if (FS->setCurrentWorkingDirectory(Command.Directory)) {
    Result.ClangOutput = "error: the folder '" + Command.Directory +
                         "' of the compile command for '" + Command.Filename +
                         "' does not exist\n";
    return Result;
  }
  // Clang would say it in three lines, of which none tells what to do.
  if (!Input.Text && !FS->exists(Command.Filename)) {
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
  auto Files = llvm::makeIntrusiveRefCnt<FileManager>(FileSystemOptions(), FS);

  llvm::raw_string_ostream Out(Result.ClangOutput);
  Out.enable_colors(Options.Color);
  auto DiagOpts = llvm::makeIntrusiveRefCnt<DiagnosticOptions>();
  DiagOpts->ShowColors = Options.Color;
  TextDiagnosticPrinter Printer(Out, DiagOpts.get());

  std::vector<std::string> Args = adjustedCommand(Command, Options);
  Preambles::Use Begin;
  std::unique_ptr<llvm::MemoryBuffer> Text;
  // A library's functions may stand in what a preamble has.
  if (Shared && !Input.Text && !Input.Unannotated)
    if (auto Read = FS->getBufferForFile(Command.Filename)) {
      Text = std::move(*Read);
      Begin = Shared->find(Args, Command.Filename, Text->getBuffer(), Disk);
    }
  CollectTool Tool(Options, Begin, Text.get(), *Asked, Result, Out);
  tooling::ToolInvocation Invocation(
      std::move(Args), &Tool, Files.get(),
      std::make_shared<PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Printer);
  Invocation.setDiagnosticOptions(DiagOpts.get());
  Invocation.run();
  if (Begin.Begin) {
    // What is wrong is said as the compiler would say it.
    if (!Result.Compiled)
      return scan(Input, Options, /*Shared=*/nullptr);
    Asked->add(Begin.Begin->Asked);
  }
  if (Result.Compiled)
    Result.ClangOutput.clear();
  return Result;
}

ScanResult scan(const ScanInput &Input, const ScanOptions &Options) {
  return scan(Input, Options, Options.Shared);
}

} // namespace ilbridge::native

//===- Preprocessing.cpp - Runs the preprocessor --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Preprocessing.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Environment.h"
#include "ilbridge/command/Invocation.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using llvm::StringRef;

namespace ilbridge::select {

std::optional<llvm::ArrayRef<SharedDirectives::Directive>>
SharedDirectives::of(StringRef Path, StringRef Text) {
  // The tokens are positions in the text.
  std::string Key = (Path + "\n" + llvm::utohexstr(llvm::xxh3_64bits(Text)) +
                     "\n" + llvm::utostr(Text.size()))
                        .str();
  std::lock_guard<std::mutex> Guard(Lock);
  std::unique_ptr<File> &F = Files[Key];
  if (!F) {
    F = std::make_unique<File>();
    F->IsReadable =
        !scanSourceForDependencyDirectives(Text, F->Tokens, F->Directives);
  }
  if (!F->IsReadable)
    return std::nullopt;
  return llvm::ArrayRef(F->Directives);
}

namespace {

/// Records which files are entered.
class FileRecorder : public PPCallbacks {
public:
  FileRecorder(const SourceManager &SM, StringRef Directory,
               PreprocessedFiles &W)
      : SM(SM), Directory(Directory), W(W) {}

  void FileChanged(SourceLocation Loc, FileChangeReason Reason,
                   SrcMgr::CharacteristicKind, FileID) override {
    OptionalFileEntryRef File = SM.getFileEntryRefForID(SM.getFileID(Loc));
    if (Reason != EnterFile || !File)
      return;
    llvm::SmallString<256> Path = File->getName();
    llvm::sys::fs::make_absolute(Directory, Path);
    W.Entered.push_back(Path.str().str());
  }

  bool FileNotFound(StringRef) override {
    W.IsWhole = false;
    return true; // suppresses the error and continues
  }

private:
  const SourceManager &SM;
  StringRef Directory;
  PreprocessedFiles &W;
};

class PreprocessingAction : public PreprocessOnlyAction {
public:
  PreprocessingAction(StringRef Directory, SharedDirectives &Shared,
                      PreprocessedFiles &W)
      : Directory(Directory), Shared(Shared), W(W) {}

  bool BeginSourceFileAction(CompilerInstance &CI) override {
    CI.getPreprocessor().addPPCallbacks(
        std::make_unique<FileRecorder>(CI.getSourceManager(), Directory, W));
    versions::setDirectives(
        CI,
        [this, &Files = CI.getFileManager()](FileEntryRef File)
            -> std::optional<llvm::ArrayRef<SharedDirectives::Directive>> {
          auto Text = Files.getBufferForFile(File);
          if (!Text)
            return std::nullopt;
          return Shared.of(File.getName(), (*Text)->getBuffer());
        });
    return true;
  }

private:
  StringRef Directory;
  SharedDirectives &Shared;
  PreprocessedFiles &W;
};

} // namespace

PreprocessedFiles preprocess(StringRef Directory,
                             llvm::ArrayRef<std::string> Line,
                             SharedDirectives &Shared,
                             const std::shared_ptr<cache::Inputs> &Asked) {
  PreprocessedFiles W;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS =
      cache::recording(llvm::vfs::createPhysicalFileSystem(), Asked);
  if (FS->setCurrentWorkingDirectory(Directory))
    return W;
  IgnoringDiagConsumer Ignored; // the scan reports errors
  std::shared_ptr<CompilerInvocation> Invocation =
      command::invocationOf(Line, FS, Ignored);
  command::addEnvironment(Invocation.get(), *Asked);
  if (!Invocation)
    return W;
  std::unique_ptr<CompilerInstance> Owned =
      versions::createCompiler(std::move(Invocation), FS, Ignored);
  CompilerInstance &CI = *Owned;
  PreprocessingAction Action(Directory, Shared, W);
  W.IsWhole = true;
  bool Ran = CI.ExecuteAction(Action);
  W.IsWhole &= Ran && !CI.getDiagnostics().hasErrorOccurred();
  return W;
}

} // namespace ilbridge::select

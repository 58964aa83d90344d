//===- Preambles.cpp - Precompiled leading includes -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Preambles.h"
#include "RegisteringBodies.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Environment.h"
#include "ilbridge/command/Invocation.h"
#include "ilbridge/native/Scanner.h"
#include "ilbridge/system/Files.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/FrontendOptions.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Serialization/PCHContainerOperations.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

/// The number of sources before their leading includes are precompiled.
/// Precompiling costs as much as three parses save.
static constexpr unsigned EnoughSources = 4;
/// The number of sources if a shorter preamble exists, which already saves most
/// of the time.
static constexpr unsigned EnoughForMore = 24;
/// The memory limit for all preambles of a run; the last one may exceed it.
static constexpr size_t EnoughBytes = 48 << 20;

LeadingIncludes leadingIncludes(llvm::StringRef Text) {
  LeadingIncludes Result;
  LangOptions Options;
  Options.CPlusPlus = Options.LineComment = true;
  // A lexer requires a terminating null character, which a part of the text
  // does not have.
  std::string Copy = Text.str();
  size_t At = 0;
  for (;;) {
    Lexer Lex(SourceLocation(), Options, Copy.data(), Copy.data() + At,
              Copy.data() + Copy.size());
    Token T;
    Lex.LexFromRawLexer(T);
    if (T.isNot(tok::hash) || !T.isAtStartOfLine())
      return Result;
    Lex.LexFromRawLexer(T);
    if (T.isNot(tok::raw_identifier) || T.isAtStartOfLine() ||
        T.needsCleaning() || T.getRawIdentifier() != "include")
      return Result;
    size_t NameAt = Lex.getCurrentBufferOffset();
    size_t LineEnd = Copy.find('\n', NameAt);
    if (LineEnd == std::string::npos)
      return Result;
    llvm::StringRef Name = llvm::StringRef(Copy).slice(NameAt, LineEnd).trim();
    if (Name.size() < 3 || (Name[0] != '"' && Name[0] != '<'))
      return Result;
    size_t Close = Name.find(Name[0] == '"' ? '"' : '>', 1);
    if (Close == llvm::StringRef::npos)
      return Result;
    llvm::StringRef Behind = Name.drop_front(Close + 1).ltrim();
    if (Name.contains('\\') || (!Behind.empty() && !Behind.starts_with("//")))
      return Result;
    At = LineEnd + 1;
    Result.Names.push_back(Name.take_front(Close + 1).str());
    Result.Ends.push_back(At);
  }
}

namespace {

/// Inspects the parsed declarations.
class Inspector : public PreambleCallbacks {
public:
  explicit Inspector(llvm::ArrayRef<Registrar> Registrars)
      : Registrars(Registrars) {}

  void AfterExecute(CompilerInstance &CI) override {
    SourceManager &SM = CI.getSourceManager();
    ASTContext &Ctx = CI.getASTContext();
    IsSound = !CI.getDiagnostics().hasErrorOccurred();
    RegisteringBodies Bodies(CI.getPreprocessor(), Registrars);
    for (SourceLocation Loc :
         {firstAnnotation(Ctx), firstRegistering(Ctx, Bodies)}) {
      if (Loc.isInvalid())
        continue;
      // Go up to the directive in the preamble itself.
      FileID Main = SM.getMainFileID();
      std::pair<FileID, unsigned> At = SM.getDecomposedExpansionLoc(Loc);
      while (At.first != Main && At.first.isValid())
        At = SM.getDecomposedIncludedLoc(At.first);
      unsigned Line = SM.getLineNumber(Main, At.second);
      AnnotatedLine = AnnotatedLine ? std::min(AnnotatedLine, Line) : Line;
    }
  }

  bool IsSound = false;
  /// The line of the first directive that includes an annotation or a
  /// registration; 0: none.
  unsigned AnnotatedLine = 0;

private:
  llvm::ArrayRef<Registrar> Registrars;
};

} // namespace

/// Creates a preamble from an invocation whose whole source is the preamble.
static std::shared_ptr<Preamble>
build(CompilerInvocation &Invocation, llvm::StringRef Text, Inspector &Seen,
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
      DiagnosticConsumer &Consumer) {
  Invocation.getFrontendOpts().SkipFunctionBodies = true;
  versions::DiagnosticsEngine Diagnostics = versions::createEngine(
      Invocation.getDiagnosticOpts(), *FS, &Consumer, /*IsOwner=*/false);
  auto Buffer = llvm::MemoryBuffer::getMemBuffer(
      Text, Invocation.getFrontendOpts().Inputs[0].getFile());
  auto Made = PrecompiledPreamble::Build(
      Invocation, Buffer.get(),
      PreambleBounds(Text.size(), /*PreambleEndsAtStartOfLine=*/true),
      versions::argument(Diagnostics), FS,
      std::make_shared<PCHContainerOperations>(),
      /*StoreInMemory=*/true, /*StoragePath=*/"", Seen);
  if (!Made || !Seen.IsSound || Seen.AnnotatedLine)
    return nullptr;
  // Its bytes are provided by the file system that the user of the preamble
  // would have.
  PreprocessorOptions &Preprocessing = Invocation.getPreprocessorOpts();
  Preprocessing.RetainRemappedFileBuffers = true;
  Made->OverridePreamble(Invocation, FS, Buffer.get());
  auto Bytes = FS->getBufferForFile(Preprocessing.ImplicitPCHInclude, -1,
                                    /*RequiresNullTerminator=*/false);
  if (!Bytes)
    return nullptr;
  return std::make_shared<Preamble>(
      Preamble{(*Bytes)->getBuffer().str(), nullptr});
}

void Preamble::begin(
    CompilerInvocation &Invocation, unsigned Offset,
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &FS) const {
  const std::string Path = (system::rootFolder() + "ilbridge/preamble").str();
  auto InMemory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  InMemory->addFile(Path, 0,
                    llvm::MemoryBuffer::getMemBuffer(
                        Precompiled, Path, /*RequiresNullTerminator=*/false));
  auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(FS);
  Overlay->pushOverlay(std::move(InMemory));
  FS = std::move(Overlay);
  PreprocessorOptions &Preprocessing = Invocation.getPreprocessorOpts();
  Preprocessing.ImplicitPCHInclude = Path;
  Preprocessing.PrecompiledPreambleBytes = {Offset, true};
  // The times of files may differ, but their contents are the same.
  Preprocessing.DisablePCHOrModuleValidation =
      DisableValidationForModuleKind::PCH;
  // The preamble contains the predefines of the command.
  Preprocessing.UsePredefines = false;
}

static std::string absolute(llvm::StringRef Path, llvm::vfs::FileSystem &FS) {
  llvm::SmallString<256> Result = Path;
  FS.makeAbsolute(Result);
  llvm::sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return Result.str().str();
}

/// Returns the path as which a preamble is compiled. It is in the folder of the
/// source, because names in quotes are searched there first.
static std::string preamblePath(llvm::StringRef Source) {
  llvm::SmallString<256> Path = llvm::sys::path::parent_path(Source);
  llvm::sys::path::append(Path, "ilbridge-preamble");
  Path += llvm::sys::path::extension(Source);
  return Path.str().str();
}

/// \p Args compile \p Path, which does not exist on the disk.
static std::shared_ptr<Preamble>
make(llvm::ArrayRef<std::string> Args, llvm::StringRef Path,
     llvm::ArrayRef<std::string> Includes, Inspector &Seen,
     llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS) {
  auto Asked = std::make_shared<cache::Inputs>();
  std::string Text;
  for (const std::string &Each : Includes)
    Text += "#include " + Each + "\n";
  auto InMemory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  InMemory->addFile(Path, 0, llvm::MemoryBuffer::getMemBufferCopy(Text));
  auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      cache::recording(FS, Asked));
  Overlay->pushOverlay(std::move(InMemory));
  // Errors in these files are reported by the scans of their includers.
  IgnoringDiagConsumer Ignored;
  std::shared_ptr<CompilerInvocation> Invocation =
      command::invocationOf(Args, Overlay, Ignored);
  command::addEnvironment(Invocation.get(), *Asked);
  if (!Invocation)
    return nullptr;
  std::shared_ptr<Preamble> Result =
      build(*Invocation, Text, Seen, Overlay, Ignored);
  if (Result)
    Result->Asked = std::move(Asked);
  return Result;
}

Preambles::Use
Preambles::find(llvm::ArrayRef<std::string> Args, llvm::StringRef Source,
                llvm::StringRef Text,
                llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS) {
  // The text must not have anything before the first line.
  if (llvm::any_of(Args, [](llvm::StringRef Arg) {
        return Arg.contains("-include") || Arg.starts_with("/FI") ||
               Arg.starts_with("-fmodule") || Arg.starts_with("-imacros");
      }))
    return {};
  LeadingIncludes Includes = leadingIncludes(Text);
  if (Includes.Names.empty())
    return {};
  std::string Path = absolute(Source, *FS);
  std::vector<std::string> Command = Args.vec();
  Command.back() = preamblePath(Path); // the source
  llvm::ErrorOr<std::string> Folder = FS->getCurrentWorkingDirectory();
  std::string Key = (Folder ? *Folder : "") + "\n" + llvm::join(Command, "\n");
  for (const Registrar &Each : Registrars)
    Key += "\nregistrar " + Each.Function;
  auto NameOf = [&](size_t I) {
    return Key + "\n#include " +
           llvm::join(llvm::ArrayRef(Includes.Names).take_front(I + 1),
                      "\n#include ");
  };

  std::vector<Node *> NodePath;
  std::optional<size_t> Made, Due;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    Tree &From = Trees[Key];
    Node *At = &From.Root;
    for (const std::string &Name : Includes.Names) {
      std::unique_ptr<Node> &Next = At->Next[Name];
      if (!Next)
        Next = std::make_unique<Node>();
      At = Next.get();
      if (At->IsUseless)
        break;
      ++At->Sources;
      NodePath.push_back(At);
      if (At->Made)
        Made = NodePath.size() - 1;
    }
    for (size_t I = NodePath.size(); !Made && Kept && I-- != 0;)
      if (!std::exchange(NodePath[I]->WasLookedUp, true))
        if ((NodePath[I]->Made = Kept->get(NameOf(I)))) {
          Bytes += NodePath[I]->Made->Precompiled.size();
          Made = I;
        }
    // One at a time; meanwhile, other scans use existing preambles.
    if (!From.IsBusy && Bytes < EnoughBytes)
      for (size_t I = Made ? *Made + 1 : 0; I != NodePath.size(); ++I)
        if (NodePath[I]->Sources >= (Made ? EnoughForMore : EnoughSources))
          Due = I;
    if (!Due)
      return Made ? Use{NodePath[*Made]->Made, Includes.Ends[*Made]} : Use{};
    From.IsBusy = true;
  }

  Inspector Seen(Registrars);
  std::shared_ptr<Preamble> New =
      make(Command, preamblePath(Path),
           llvm::ArrayRef(Includes.Names).take_front(*Due + 1), Seen, FS);
  if (New && Kept)
    Kept->put(NameOf(*Due), *New);
  std::lock_guard<std::mutex> Guard(Lock);
  Trees[Key].IsBusy = false;
  if (New) {
    Bytes += New->Precompiled.size();
    NodePath[*Due]->Made = std::move(New);
    Made = Due;
  } else if (Seen.IsSound && Seen.AnnotatedLine) {
    NodePath[Seen.AnnotatedLine - 1]->IsUseless = true;
  } else {
    NodePath[Made ? *Made + 1 : 0]->IsUseless = true;
  }
  return Made ? Use{NodePath[*Made]->Made, Includes.Ends[*Made]} : Use{};
}

} // namespace ilbridge::native

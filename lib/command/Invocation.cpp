//===- Invocation.cpp - The frontend's invocation of a command ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/Invocation.h"
#include "CommandOptions.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Driver/Driver.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace ilbridge::command {

/// Removes everything that would be written or loaded, whichever flag requested
/// it.
static void confine(CompilerInvocation &I) {
  I.getDependencyOutputOpts() = DependencyOutputOptions();
  DiagnosticOptions &Diagnostics = I.getDiagnosticOpts();
  Diagnostics.DiagnosticLogFile.clear();
  Diagnostics.DiagnosticSerializationFile.clear();
  FrontendOptions &Frontend = I.getFrontendOpts();
  Frontend.OutputFile.clear();
  Frontend.StatsFile.clear();
  Frontend.TimeTracePath.clear();
  versions::clearModuleOutput(Frontend);
  Frontend.Plugins.clear();
  Frontend.AddPluginActions.clear();
  Frontend.ActionName.clear();
  Frontend.ShowStats = false;
  // A precompiled header belongs to another Clang, or does not exist yet. A
  // command that uses one also includes the header's text, as in CMake.
  PreprocessorOptions &Preprocessing = I.getPreprocessorOpts();
  Preprocessing.ImplicitPCHInclude.clear();
  Preprocessing.PCHThroughHeader.clear();
  Preprocessing.PCHWithHdrStop = Preprocessing.PCHWithHdrStopCreate = false;
}

namespace {

/// The result of parsing a command: an invocation, or the step that was reached
/// and the number of errors.
struct Attempt {
  std::shared_ptr<CompilerInvocation> Invocation;
  enum { Driver, Frontend, Target } Reached = Driver;
  unsigned Errors = 0;

  bool isBetterThan(const Attempt &Other) const {
    return Invocation || Reached > Other.Reached ||
           (Reached == Other.Reached && Errors < Other.Errors);
  }
};

} // namespace

static Attempt attempt(llvm::ArrayRef<const char *> Args,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
                       DiagnosticConsumer &Consumer) {
  Attempt Result;
  std::vector<std::string> ForFrontend;
  versions::Diagnostics Reported(&Consumer, /*IsOwner=*/false);
  Reported.options().IgnoreWarnings = true;
  Reported.engine()->setIgnoreAllWarnings(true);
  CreateInvocationOptions How;
  How.Diags = Reported.engine();
  How.VFS = std::move(FS);
  How.CC1Args = &ForFrontend;
  Result.Invocation = createInvocation(Args, How);
  if (!ForFrontend.empty())
    Result.Reached = Attempt::Frontend;
  if (Result.Invocation) {
    // Only the target knows the valid processors.
    Result.Reached = Attempt::Target;
    auto ForTarget =
        std::make_shared<TargetOptions>(Result.Invocation->getTargetOpts());
    if (!versions::createTarget(*How.Diags, ForTarget) ||
        How.Diags->hasErrorOccurred())
      Result.Invocation = nullptr;
    else
      confine(*Result.Invocation);
  }
  Result.Errors = Consumer.getNumErrors();
  return Result;
}

/// Whether a flag can be dropped without changing the meaning of the
/// source.
static bool isDispensable(const llvm::opt::Option &O) {
  using namespace versions::options;
  for (ID Each : {OPT_INPUT, OPT__DASH_DASH, OPT_target, OPT_driver_mode, OPT_D,
                  OPT_U, OPT_IncludePath_Group, OPT_x, OPT_resource_dir})
    if (O.matches(Each))
      return false;
  return true;
}

std::shared_ptr<CompilerInvocation>
invocationOf(llvm::ArrayRef<std::string> Args,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             DiagnosticConsumer &Consumer, std::vector<std::string> *Refused) {
  std::vector<const char *> Line;
  for (const std::string &Arg : Args)
    Line.push_back(Arg.c_str());
  auto Try = [&](llvm::ArrayRef<const char *> With) {
    DiagnosticConsumer Counts;
    return attempt(With, FS, Counts);
  };
  Attempt Best = Try(Line);
  bool IsCL = driver::IsClangCL(
      driver::getDriverMode(Args.front(), llvm::ArrayRef(Line).drop_front()));
  // A flag that the driver rejects hides those that the frontend rejects.
  for (bool HasChanged = true; !Best.Invocation && HasChanged;) {
    HasChanged = false;
    std::vector<std::string> Words(std::next(Line.begin()), Line.end());
    CommandOptions Parsed(Words, IsCL);
    // The loop begins at the last argument, so that the indices of earlier ones
    // do not change.
    for (const llvm::opt::Arg *A : llvm::reverse(Parsed.all().getArgs())) {
      if (Best.Invocation || !isDispensable(A->getOption()))
        continue;
      std::vector<const char *> Without = Line;
      auto Begin = Without.begin() + 1 + A->getIndex();
      Without.erase(Begin, Begin + Parsed.words(*A).size());
      Attempt Now = Try(Without);
      if (!Now.isBetterThan(Best))
        continue;
      if (Refused)
        Refused->push_back(Parsed.shown(*A));
      Line = std::move(Without);
      Best = std::move(Now);
      HasChanged = true;
    }
  }
  return Best.Invocation ? Best.Invocation
                         : attempt(Line, FS, Consumer).Invocation;
}

} // namespace ilbridge::command

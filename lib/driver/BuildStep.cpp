//===- BuildStep.cpp - A run as a step of a build -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuildStep.h"
#include "RunRecord.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::driver {

static void writeDepfile(Run &R, const BuildStepFiles &Step,
                         std::vector<std::string> Written) {
  if (Step.Depfile.empty())
    return;
  std::vector<std::string> Reads = R.reads();
  // A source with a region for invokers is both read and written.
  llvm::erase_if(Written, [&](const std::string &File) {
    return llvm::binary_search(Reads, File);
  });
  if (!Step.Target.empty())
    Written = {Step.Target};
  writeData(R, Step.Depfile, rewrite::depfile(Written, Reads));
}

/// A failed step leaves no stamp, so the next build runs it again.
static void leaveStamp(Run &R, const BuildStepFiles &Step) {
  if (!Step.Stamp.empty() && R.status() == ExitStatus::Clean)
    R.succeeds(rewrite::touch(Step.Stamp));
}

/// Data that could not be written completely are an error.
static void flushData(Run &R, Console &C) {
  if (C.FlushData)
    R.succeeds(C.FlushData());
}

/// Whether a run can be cached. The output of pkg-config is not read from a
/// file, and text that was written to a pipe is not kept; text on the console
/// is.
static bool canRemember(const Project &P) {
  return !P.Cache.Folder.empty() &&
         llvm::all_of(P.Exports,
                      [](const ExportsEntry &Entry) {
                        return Entry.Packages.empty();
                      }) &&
         llvm::all_of(P.Outputs, [](const OutputSpec &Spec) {
           return !rewrite::isStream(Spec.File) ||
                  rewrite::isStandardOutput(Spec.File);
         });
}

static cache::Digest runKey(StringRef Verb, Run &R) {
  const Project &P = R.P;
  return R.resultCache()
      .key("run")
      .add(Verb)
      .add(P.WorkingDirectory)
      .add(P.ConfigFile)
      .add(R.C.Color ? "color" : "")
      .addAll(P.Arguments)
      .finish();
}

ExitStatus
runBuildStep(StringRef Verb, Session &S, const BuildStepFiles &Step, Console &C,
             llvm::function_ref<ExitStatus(Run &, BuildStepResult &)> Now) {
  KeepingStream Out(C.Out), Err(C.Err);
  Console Kept = {Out, Err, C.Format, C.Color, C.Progress};
  Run R(S, Kept);
  bool Remembers = canRemember(R.P);
  cache::Digest Key = Remembers ? runKey(Verb, R) : "";
  if (Remembers)
    if (std::optional<RunRecord> Known =
            recallRun(R.resultCache(), Key, *R.P.Asked)) {
      C.Out << Known->Data;
      C.Err << Known->Messages;
      R.raise(Known->Status);
      for (const std::string &File : Known->Written)
        R.succeeds(rewrite::recover(File));
      flushData(R, C);
      writeDepfile(R, Step, Known->Written);
      leaveStamp(R, Step);
      R.resultCache().save();
      return R.status();
    }

  BuildStepResult End;
  Now(R, End);
  flushData(R, C);
  if (End.IsComplete && R.status() != ExitStatus::BadInput)
    writeDepfile(R, Step, End.Written);
  if (End.IsComplete && !R.hasErrors())
    leaveStamp(R, Step);
  if (Remembers && End.IsComplete && R.status() <= ExitStatus::Findings)
    rememberRun(R.resultCache(), Key, *R.P.Asked,
                {R.status(), End.Written, Out.Text, Err.Text});
  R.resultCache().save();
  return R.status();
}

} // namespace ilbridge::driver

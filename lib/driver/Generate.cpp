//===- Generate.cpp - `ilbridge generate`, `check` and `diff` -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All texts are generated before the first file is written. If one of them has
// an error, no file is written. `check` only plans.
//
//===----------------------------------------------------------------------===//

#include "BuildStep.h"
#include "Outputs.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::driver {
namespace {

/// The whole new content of one file.
struct NewFile {
  std::string Path; ///< absolute, or "-"
  std::string Text;
  std::optional<std::string> Old;
  /// The regions that replace those of Old to give Text. Empty if Text does not
  /// depend on Old.
  std::vector<rewrite::Region> Regions;
  /// The first lines of the foreign regions that outputs have written.
  std::vector<std::string> Foreign;
};

class Generator {
public:
  explicit Generator(Run &R) : R(R) {}

  /// Plans every output. \returns whether all of them can be generated.
  bool plan();
  /// Computes the new content of the files. Without \p WithText, only
  /// determines whether they can be written.
  bool make(bool WithText);
  std::vector<NewFile> Files;

private:
  bool planBridges(const OutputSpec &Spec);
  bool planDeclarations(const OutputSpec &Spec);
  /// \returns the current text of the file \p Path; nullopt if there is no such
  /// file, or if it is a stream.
  llvm::Expected<std::optional<std::string>> read(StringRef Path);
  bool put(const emit::PlannedFile &F, std::string Text);

  Run &R;
  std::vector<std::unique_ptr<emit::Plan>> Plans;
};

} // namespace

/// Returns the planned content of a file; null if no earlier output has planned
/// it.
static NewFile *find(std::vector<NewFile> &Files, StringRef Path) {
  for (NewFile &F : Files)
    if (F.Path == Path)
      return &F;
  return nullptr;
}

/// Returns the whole text of a file that does not exist yet, with \p Text in
/// its region. A text can have megabytes, so it is completed without a copy.
static std::string newFile(const emit::ForeignRegion &F, std::string Text) {
  if (!Text.empty() && Text.back() != '\n')
    Text += '\n';
  Text.insert(0, F.Before + F.Begin + "\n");
  Text += F.End + "\n" + F.After;
  return Text;
}

/// \returns the query result for the file \p Path if its content is \p Text;
/// nullopt means that there is no such file.
static cache::QueryResult answer(StringRef Path,
                                 std::optional<StringRef> Text) {
  if (!Text)
    return {};
  return {cache::FileKind::File, cache::stampOf(Path).ID, cache::digest(*Text)};
}

llvm::Expected<std::optional<std::string>> Generator::read(StringRef Path) {
  llvm::Expected<std::optional<std::string>> Old = rewrite::readFile(Path);
  // The digest of a large file is computed only if the run is cached.
  if (Old && !R.P.Cache.Folder.empty())
    R.P.Asked->add(cache::Query::Output, Path, answer(Path, *Old));
  return Old;
}

bool Generator::put(const emit::PlannedFile &Planned, std::string Text) {
  std::string Shown = R.shown(Planned.Path);
  bool IsWhole = Planned.Region.empty() && !Planned.Foreign;
  NewFile *F = find(Files, Planned.Path);
  if (!F) {
    llvm::Expected<std::optional<std::string>> Old = read(Planned.Path);
    if (!Old) {
      R.fail(Old.takeError());
      return false;
    }
    if (!*Old && !Planned.Region.empty()) {
      R.fail(inputError({Shown, {}, {}},
                        "there is no such file to write a region into"));
      return false;
    }
    Files.push_back({Planned.Path, "", std::move(*Old), {}, {}});
    F = &Files.back();
    if (Planned.Foreign)
      F->Foreign.push_back(Planned.Foreign->Begin);
    if (!IsWhole && !F->Old) {
      F->Text = newFile(*Planned.Foreign, std::move(Text));
      return true;
    }
    if (!IsWhole)
      F->Text = *F->Old;
    if (F->Old && Planned.Foreign && Planned.Foreign->Objection)
      if (std::string Why = Planned.Foreign->Objection(*F->Old); !Why.empty()) {
        R.fail(inputError({Shown, {}, {}}, Why));
        return false;
      }
  } else if (IsWhole ||
             (Planned.Foreign &&
              llvm::is_contained(F->Foreign, Planned.Foreign->Begin))) {
    R.fail(inputError({Shown, {}, {}},
                      "two outputs write this file; write one of them into "
                      "another folder"));
    return false;
  } else if (Planned.Foreign) {
    F->Foreign.push_back(Planned.Foreign->Begin);
  }
  if (IsWhole) {
    F->Text = std::move(Text);
    return true;
  }
  rewrite::Markers Around =
      Planned.Foreign
          ? rewrite::Markers{Planned.Foreign->Begin, Planned.Foreign->End}
          : rewrite::regionMarkers(Planned.Region);
  llvm::Expected<std::string> Whole = rewrite::replaceRegion(
      llvm::MemoryBufferRef(F->Text, Shown), Around, Text);
  if (!Whole) {
    R.fail(Whole.takeError());
    return false;
  }
  F->Text = std::move(*Whole);
  // Only an existing file has text outside of the regions, and that text can
  // change in the meantime.
  if (F->Old)
    F->Regions.push_back({std::move(Around), std::move(Text)});
  return true;
}

static bool makesBridges(const Project &P) {
  return llvm::any_of(P.Outputs, std::mem_fn(&OutputSpec::isMadeFromBridges));
}

bool Generator::planBridges(const OutputSpec &Spec) {
  Bridges *B = R.bridges();
  if (!B)
    return false;
  auto Plan = Spec.Backend->FromBridges(request(R.P, Spec),
                                        {B->requirements(), R.P.Targets});
  if (!Plan) {
    R.fail(Plan.takeError());
    return false;
  }
  R.add((*Plan)->takeFindings());
  R.S.checkBridgedDelegates(Spec);
  Plans.push_back(std::move(*Plan));
  return true;
}

bool Generator::planDeclarations(const OutputSpec &Spec) {
  Session &S = R.S;
  std::vector<const runtime::Runtime *> Runtimes = S.runtimes(&Spec);
  auto Plan = Spec.Backend->FromDeclarations(
      request(R.P, Spec),
      {S.program(), S.model(),
       R.P.Assemblies.empty() ? nullptr : &S.matching(&Spec), Runtimes,
       R.P.Libraries.empty() ? "" : R.P.Libraries.front(),
       [&](const managed::Model &M) { return S.pair(S.program(), M, &Spec); }});
  if (!Plan) {
    R.fail(Plan.takeError());
    return false;
  }
  R.add((*Plan)->takeFindings());
  Plans.push_back(std::move(*Plan));
  return true;
}

bool Generator::plan() {
  Plans = planBindings(R.S);
  R.reportNotCompared();
  if (R.hasErrors() && !R.P.KeepGoing)
    Plans.clear();
  if (makesBridges(R.P) && !R.succeeds(R.S.findBridgeFiles()))
    return false;
  // A type that is not found prevents the bridges of its methods, but of no
  // others. These are written, and the finding determines the exit status.
  bool PlannedAll = true;
  for (const OutputSpec &Spec : R.P.Outputs)
    if (Spec.isMadeFromBridges())
      PlannedAll &= planBridges(Spec);
    else if (Spec.isOfDeclarations())
      PlannedAll &= planDeclarations(Spec);
  return PlannedAll && !Plans.empty() && R.S.whyIncomplete().empty();
}

bool Generator::make(bool WithText) {
  bool MadeAll = true;
  for (const std::unique_ptr<emit::Plan> &P : Plans)
    for (auto [I, File] : llvm::enumerate(P->files()))
      MadeAll &= put(File, WithText ? P->print(I) : "");
  return MadeAll;
}

//===----------------------------------------------------------------------===//
// The verbs
//===----------------------------------------------------------------------===//

static void write(Run &R, const NewFile &F) {
  // The file can have been edited since it was read.
  if (!F.Old || F.Regions.empty())
    writeData(R, F.Path, F.Text);
  else
    R.succeeds(rewrite::updateRegions(F.Path, F.Regions).takeError());
}

static void apply(Run &R, const std::vector<NewFile> &Files,
                  GenerateMode Mode) {
  for (const NewFile &F : Files) {
    // Writing a file whose text is already correct removes temporary files that
    // killed runs have left.
    if (Mode != GenerateMode::Write && F.Old == F.Text)
      continue;
    std::string Shown = R.shown(F.Path);
    switch (Mode) {
    case GenerateMode::Write:
      write(R, F);
      break;
    case GenerateMode::Check:
      if (rewrite::isStream(F.Path))
        break; // it contains nothing that could be stale
      renderError({Shown, {}, {}},
                  F.Old ? "is not up to date; run 'ilbridge generate'"
                        : "does not exist; run 'ilbridge generate'",
                  R.renderOptions(), R.C.Err);
      R.raise(ExitStatus::Findings);
      break;
    case GenerateMode::Diff:
      R.C.Out << rewrite::unifiedDiff(F.Old.value_or(""), F.Text,
                                      F.Old ? "a/" + Shown : "/dev/null",
                                      "b/" + Shown);
      break;
    }
  }
}

static bool hasInputs(Run &R) {
  if (R.P.hasNativeSide())
    return true;
  R.fail(llvm::createStringError(
      "no C++ to read; name the build folder with -p, facts with --facts, or "
      "sources with their compile command after '--'"));
  return false;
}

/// Loads the inputs of the outputs, except for those of bridges, which Bridges
/// loads. \returns the exit status if the run has ended; nullopt if it
/// continues.
static std::optional<ExitStatus> loadSides(Run &R) {
  auto Any = [&](auto Is) { return llvm::any_of(R.P.Outputs, Is); };
  auto Reads = [&](emit::Backend::Side Side) {
    return Any([=](const OutputSpec &Spec) {
      return Spec.isOfDeclarations() && Spec.Backend->From == Side;
    });
  };
  bool NeedsBoth = Any(std::mem_fn(&OutputSpec::isMadeFromBindings));
  bool NeedsNative = NeedsBoth || Reads(emit::Backend::Side::Native);
  bool NeedsManaged = NeedsBoth || Reads(emit::Backend::Side::Managed);
  if (!NeedsNative && !NeedsManaged)
    return std::nullopt;
  if (NeedsNative && !hasInputs(R))
    return R.status();
  bool IsLoaded;
  if (!R.P.hasNativeSide()) {
    R.S.setNative({});
    IsLoaded = R.loadManaged();
  } else if (!NeedsManaged && R.P.Assemblies.empty()) {
    IsLoaded = R.loadNative();
  } else {
    IsLoaded = R.loadBothSides();
  }
  if (!IsLoaded)
    return R.finish();
  return std::nullopt;
}

static ExitStatus generate(Run &R, GenerateMode Mode, BuildStepResult &End) {
  const Project &P = R.P;
  if (P.Outputs.empty()) {
    R.fail(llvm::createStringError(
        "nothing to generate; give --backend and -o, or list outputs in " +
        llvm::Twine(ConfigName)));
    return R.status();
  }
  if (makesBridges(P) && !R.succeeds(R.S.findBridgeFiles()))
    return R.status();
  bool HasData = Mode == GenerateMode::Diff || R.C.Format != OutputFormat::Text;
  if (!R.succeeds(checkStandardOutput(P, HasData)))
    return R.status();
  if (Mode == GenerateMode::Write && !R.succeeds(recoverOutputs(P)))
    return R.status();
  if (!R.loadBaseline())
    return R.status();
  if (std::optional<ExitStatus> Ended = loadSides(R))
    return *Ended;

  Generator G(R);
  bool HasMade = G.plan() && G.make(/*WithText=*/true);
  bool IsStale = R.reportStale();
  // The generated texts do not have the declarations of inputs that were not
  // read.
  if (!HasMade || ((IsStale || R.hasUnread()) && !P.KeepGoing))
    return R.finish();
  apply(R, G.Files, Mode);
  End.IsComplete = true;
  for (const NewFile &F : G.Files)
    if (!rewrite::isStream(F.Path)) {
      End.Written.push_back(F.Path);
      if (!P.Cache.Folder.empty())
        P.Asked->addWritten(F.Path, answer(F.Path, F.Text));
    }
  return R.finish();
}

ExitStatus generate(Session &S, const GenerateOptions &Options, Console &C) {
  auto Now = [&](Run &R, BuildStepResult &End) {
    return generate(R, Options.Mode, End);
  };
  if (Options.Mode == GenerateMode::Write)
    return runBuildStep("generate", S, Options.Step, C, Now);
  Run R(S, C);
  BuildStepResult End;
  return Now(R, End);
}

std::optional<ExitStatus> compareAll(Run &R) {
  if (!R.S.compared().empty()) {
    if (!hasInputs(R))
      return R.status();
    if (!R.loadBothSides(/*HasBuilds=*/R.P.Outputs.empty(),
                         /*IsToCompare=*/true))
      return R.finish();
  }
  if (llvm::is_contained(R.S.compared(), nullptr)) {
    R.S.compare(nullptr);
    if (!R.succeeds(R.S.compareOtherBuilds()))
      return R.finish();
  }
  Generator G(R);
  if (G.plan())
    G.make(/*WithText=*/false);
  return std::nullopt;
}

static ExitStatus check(Run &R, StringRef NewBaseline, BuildStepResult &End) {
  R.sayCoverage();
  // The baseline file that is to be written does not have to exist yet.
  bool IsFirst = !NewBaseline.empty() && !R.P.Files->exists(R.P.BaselineFile);
  if (!IsFirst && !R.loadBaseline())
    return R.status();
  if (std::optional<ExitStatus> Failed = compareAll(R))
    return *Failed;
  if (!NewBaseline.empty())
    return R.writeBaseline(NewBaseline);
  R.reportStale();
  End.IsComplete = true;
  return R.finish();
}

ExitStatus check(Session &S, StringRef NewBaseline, const BuildStepFiles &Step,
                 Console &C) {
  auto Now = [&](Run &R, BuildStepResult &End) {
    return check(R, NewBaseline, End);
  };
  if (NewBaseline.empty())
    return runBuildStep("check", S, Step, C, Now);
  Run R(S, C);
  BuildStepResult End;
  return Now(R, End);
}

} // namespace ilbridge::driver

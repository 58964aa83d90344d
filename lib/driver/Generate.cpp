//===- Generate.cpp - `ilbridge generate`, `check` and `diff` -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All texts are made before the first file is touched: where anything is wrong
// with one of them, none is written.
//
//===----------------------------------------------------------------------===//

#include "Step.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::driver {
namespace {

/// The whole new content of one file.
struct NewFile {
  std::string Path; ///< absolute
  std::string Text;
  std::optional<std::string> Old;
};

class Generator {
public:
  explicit Generator(Run &R) : R(R) {}

  /// Makes the text of every output. \returns whether they can be written.
  bool make();
  std::vector<NewFile> Files;

private:
  bool makeOutput(const OutputSpec &Spec);
  bool makeInSource(const OutputSpec &Spec, const emit::Backend &Backend,
                    std::vector<match::Binding> &Bindings,
                    emit::EmitOptions &Options);
  bool makeBridges(const OutputSpec &Spec);
  bool putBridges(Bridges::File F);
  bool put(StringRef Path, StringRef Region, std::string Text);
  std::optional<std::string> *content(StringRef Path);

  Run &R;
};

} // namespace

/// What will stand in a file: an earlier output may have changed it.
static NewFile *find(std::vector<NewFile> &Files, StringRef Path) {
  for (NewFile &F : Files)
    if (F.Path == Path)
      return &F;
  return nullptr;
}

bool Generator::put(StringRef Path, StringRef Region, std::string Text) {
  NewFile *F = find(Files, Path);
  if (!F) {
    llvm::Expected<std::optional<std::string>> Old = rewrite::readFile(Path);
    if (!Old) {
      R.fail(Old.takeError());
      return false;
    }
    Files.push_back({Path.str(), "", std::move(*Old)});
    F = &Files.back();
    if (!Region.empty())
      F->Text = F->Old.value_or("");
    if (!Region.empty() && !F->Old) {
      R.fail(inputError({R.shown(Path), {}, {}},
                        "there is no such file to write a region into"));
      return false;
    }
  } else if (Region.empty()) {
    R.fail(inputError({R.shown(Path), {}, {}}, "two outputs write this file"));
    return false;
  }
  if (Region.empty()) {
    F->Text = std::move(Text);
    return true;
  }
  std::string Shown = R.shown(Path);
  llvm::Expected<std::string> Whole =
      rewrite::replaceRegion(llvm::MemoryBufferRef(F->Text, Shown),
                             rewrite::regionMarkers(Region), Text);
  if (!Whole) {
    R.fail(Whole.takeError());
    return false;
  }
  F->Text = std::move(*Whole);
  return true;
}

/// The region of in-source invokers, and of what the registration function of
/// one source is named after.
static std::string identifier(StringRef Path) {
  // An absolute path would be another one on another machine.
  if (llvm::sys::path::is_absolute(Path))
    Path = llvm::sys::path::filename(Path);
  std::string Result;
  for (char C : Path)
    Result += llvm::isAlnum(C) ? C : '_';
  return Result;
}

/// Moves the bindings of functions that no header declares into the sources
/// that define them. Invokers are C++, so C sources have no place for them.
bool Generator::makeInSource(const OutputSpec &Spec,
                             const emit::Backend &Backend,
                             std::vector<match::Binding> &Bindings,
                             emit::EmitOptions &Options) {
  std::map<std::string, std::vector<match::Binding>> BySource;
  llvm::erase_if(Bindings, [&](const match::Binding &B) {
    if (B.Native->Decl.DeclaredIn || R.S.program().factsOf(*B.Native).IsC)
      return false;
    BySource[B.Native->Decl.Where.File].push_back(B);
    return true;
  });
  bool MadeAll = true;
  for (const auto &[Source, Moved] : BySource) {
    llvm::SmallString<256> Path = StringRef(Source);
    if (llvm::sys::path::is_relative(Path)) {
      Path = R.P.Root;
      llvm::sys::path::append(Path, Source);
    }
    emit::EmitOptions There = Options;
    There.InSource = true;
    There.Companions.clear();
    There.Name = "ilbridge_register_" + identifier(Source);
    emit::Emitted E = Backend.Emit(Moved, R.S.program(), R.S.model(), There);
    R.add(std::move(E.Findings));
    // A scan has no need of it, and must not depend on what it wrote before.
    std::string Text = "#if !defined(ILBRIDGE_SCAN)\n" + E.Text + "#endif\n";
    MadeAll &= put(Path, Spec.Backend, std::move(Text));
    Options.Companions.push_back(There.Name);
  }
  return MadeAll;
}

bool Generator::makeOutput(const OutputSpec &Spec) {
  const emit::Backend &Backend = *emit::findBackend(Spec.Backend);
  llvm::ArrayRef<match::Binding> Bindings = R.S.compare(&Spec).Bindings;
  emit::EmitOptions Options = R.S.emitOptions(Spec);
  std::vector<match::Binding> Rest;
  if (Spec.Options.flag(emit::OutputOptionID::InSource)) {
    Rest = Bindings.vec();
    if (!makeInSource(Spec, Backend, Rest, Options))
      return false;
    Bindings = Rest;
  }
  emit::Emitted E = Backend.Emit(Bindings, R.S.program(), R.S.model(), Options);
  R.add(std::move(E.Findings));
  return put(Spec.File, Spec.Options.text(emit::OutputOptionID::Region),
             std::move(E.Text));
}

/// A file of HybridCLR is written once with its includes; later only its region
/// is, so what somebody adds around it stays.
bool Generator::putBridges(Bridges::File F) {
  llvm::Expected<std::optional<std::string>> Old = rewrite::readFile(F.Path);
  if (!Old) {
    R.fail(Old.takeError());
    return false;
  }
  std::string Text = F.Text.whole();
  if (*Old) {
    std::string Shown = R.shown(F.Path);
    llvm::Expected<std::string> Replaced = rewrite::replaceRegion(
        llvm::MemoryBufferRef(**Old, Shown),
        {emit::BridgeRegionBegin.str(), emit::BridgeRegionEnd.str()},
        F.Text.Region);
    if (!Replaced) {
      R.fail(Replaced.takeError());
      return false;
    }
    Text = std::move(*Replaced);
  }
  Files.push_back({std::move(F.Path), std::move(Text), std::move(*Old)});
  return true;
}

bool Generator::makeBridges(const OutputSpec &Spec) {
  Bridges *B = R.bridges();
  if (!B)
    return false;
  DiagnosticList Findings;
  bool MadeAll = true;
  auto Made = B->emit(Spec, R.P.Targets, Findings);
  if (!Made) {
    R.fail(Made.takeError());
    return false;
  }
  for (Bridges::File &F : *Made)
    MadeAll &= putBridges(std::move(F));
  R.add(std::move(Findings));
  return MadeAll;
}

bool Generator::make() {
  bool MadeAll = true;
  for (const OutputSpec &Spec : R.P.Outputs)
    if (!Spec.isBridge())
      MadeAll &= makeOutput(Spec);
  if (R.hasErrors() && !R.P.KeepGoing)
    Files.clear();
  // One type that is not found takes the bridges of its methods away, and none
  // of the others: those are written, and the finding is the exit status.
  for (const OutputSpec &Spec : R.P.Outputs)
    if (Spec.isBridge())
      MadeAll &= makeBridges(Spec);
  return MadeAll && !Files.empty();
}

//===----------------------------------------------------------------------===//
// The verbs
//===----------------------------------------------------------------------===//

static void apply(Run &R, const std::vector<NewFile> &Files,
                  GenerateMode Mode) {
  for (const NewFile &F : Files) {
    if (F.Old && *F.Old == F.Text)
      continue;
    std::string Shown = R.shown(F.Path);
    switch (Mode) {
    case GenerateMode::Write:
      if (llvm::Expected<bool> Changed =
              rewrite::writeIfChanged(F.Path, F.Text);
          !Changed)
        R.fail(Changed.takeError());
      break;
    case GenerateMode::Check:
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
      "sources with their compile command behind '--'"));
  return false;
}

static ExitStatus generate(Run &R, GenerateMode Mode, StepEnd &End) {
  const Project &P = R.P;
  if (P.Outputs.empty()) {
    R.fail(llvm::createStringError(
        "nothing to generate; give --backend and -o, or list outputs in " +
        llvm::Twine(ConfigName)));
    return R.status();
  }
  if (!R.loadBaseline())
    return R.status();
  if (!R.S.compared().empty()) { // bridges need no C++
    if (!hasInputs(R))
      return R.status();
    if (!R.loadBothSides())
      return R.finish();
  }

  Generator G(R);
  bool HasMade = G.make();
  bool IsStale = R.reportStale();
  if (!HasMade || (IsStale && !P.KeepGoing))
    return R.finish();
  apply(R, G.Files, Mode);
  End.IsComplete = true;
  for (const NewFile &F : G.Files)
    End.Written.push_back(F.Path);
  return R.finish();
}

ExitStatus generate(Session &S, const GenerateOptions &Options, Console &C) {
  auto Now = [&](Run &R, StepEnd &End) {
    return generate(R, Options.Mode, End);
  };
  if (Options.Mode == GenerateMode::Write)
    return runStep("generate", S, Options.Step, C, Now);
  Run R(S, C);
  StepEnd End;
  return Now(R, End);
}

static ExitStatus check(Run &R, StringRef NewBaseline, StepEnd &End) {
  const Project &P = R.P;
  // The file that is to be written need not be there yet.
  bool IsFirst = !NewBaseline.empty() && !llvm::sys::fs::exists(P.BaselineFile);
  if (!IsFirst && !R.loadBaseline())
    return R.status();
  if (!R.S.compared().empty()) {
    if (!hasInputs(R))
      return R.status();
    if (!R.loadBothSides())
      return R.finish();
  }
  if (P.Outputs.empty())
    R.S.compare(nullptr);
  // Some findings are made only when text is.
  Generator(R).make();
  if (!NewBaseline.empty())
    return R.writeBaseline(NewBaseline);
  R.reportStale();
  End.IsComplete = true;
  return R.finish();
}

ExitStatus check(Session &S, StringRef NewBaseline, const StepFiles &Step,
                 Console &C) {
  auto Now = [&](Run &R, StepEnd &End) { return check(R, NewBaseline, End); };
  if (NewBaseline.empty())
    return runStep("check", S, Step, C, Now);
  Run R(S, C);
  StepEnd End;
  return Now(R, End);
}

} // namespace ilbridge::driver

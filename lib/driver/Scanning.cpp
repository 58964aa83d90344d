//===- Scanning.cpp - The sources of a run --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NativeSide.h"
#include "ScanCache.h"
#include "SourceInputs.h"
#include "TargetCompiles.h"
#include "ilbridge/command/Commands.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/native/Preambles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <set>

namespace ilbridge::driver {
namespace {

/// Prints "[12/40] scanning, 7 s left" on a terminal if the work lasts longer
/// than a second.
class Progress {
public:
  Progress(llvm::raw_ostream *OS, size_t All) : OS(OS), All(All) {}
  ~Progress() {
    if (Shown)
      *OS << "\r\033[K";
  }
  void step() {
    using namespace std::chrono;
    ++Done;
    auto Now = steady_clock::now();
    if (!OS || Now - Begin < seconds(1) || Now - Last < milliseconds(100))
      return;
    Last = Now;
    Shown = true;
    double Rate = duration<double>(Now - Begin).count() / Done;
    *OS << "\r\033[K" << bar() << " [" << Done << '/' << All << "] scanning, "
        << llvm::format("%.0f s left", Rate * (All - Done));
    OS->flush();
  }

private:
  std::string bar() const {
    constexpr size_t Width = 20;
    size_t Full = Done * Width / All;
    return std::string(Full, '=') + std::string(Width - Full, '.');
  }

  using Time = std::chrono::steady_clock::time_point;
  llvm::raw_ostream *OS;
  size_t All, Done = 0;
  Time Begin = std::chrono::steady_clock::now(), Last;
  bool Shown = false;
};

} // namespace

/// "1 source is", "2 sources are"
static std::string sourcesAre(size_t Count) {
  return std::to_string(Count) + (Count == 1 ? " source is" : " sources are");
}

/// Reports the sources of a database that are skipped because of their
/// languages.
static void reportSkipped(const std::map<std::string, unsigned> &Skipped,
                          llvm::raw_ostream &OS) {
  unsigned All = 0;
  std::string Kinds;
  for (const auto &[Language, Count] : Skipped) {
    All += Count;
    Kinds +=
        (Kinds.empty() ? "" : ", ") + std::to_string(Count) + " " + Language;
  }
  if (All)
    OS << "ilbridge: note: " << sourcesAre(All)
       << " neither C nor C++, and not read: " << Kinds << '\n';
}

native::ScanOptions NativeSide::options() const {
  native::ScanOptions Options;
  Options.Root = P.Root;
  Options.ResourceDir = P.ResourceDir;
  Options.ExtraArgs = P.ExtraArgs;
  Options.PathMap = P.PathMap;
  Options.Registrars = P.Registrars;
  for (const managed::ObjectMapping &Each : P.Objects)
    Options.Classes.push_back(Each.Native);
  if (EntryPoints)
    Options.EntryPoints = &*EntryPoints;
  return Options;
}

/// Returns the options with which the sources of \p P are selected that
/// \p Options scan.
static select::SelectionOptions
selectionOptions(const Project &P, const native::ScanOptions &Options) {
  return {Options, Options.Root, native::namesOf(Options.Registrars),
          P.EverySource, P.Jobs};
}

command::Compilers NativeSide::compilers(ScanCache &Known) {
  command::QueryPolicy Policy{P.AsksCompilers, P.QueryDrivers, {P.Root}};
  if (!P.BuildDir.empty())
    Policy.ProjectFolders.push_back(P.BuildDir);
  return command::Compilers(std::move(Policy), databaseFile(P), P.ExtraArgs,
                            P.Asked, Known.compilers());
}

llvm::Expected<std::vector<std::pair<std::string, std::string>>>
NativeSide::explain(Console &C) {
  std::vector<std::pair<std::string, std::string>> Result;
  auto Add = [&](const command::SourceCommand &Input, std::string Why) {
    Result.emplace_back(
        shownPath(Input.Command.Filename, Input.Command.Directory, P.Root),
        std::move(Why));
  };
  ScanCache Known(P, Cache);
  command::Compilers Who = compilers(Known);
  auto Sources = sourceInputs(P, &Who);
  if (!Sources)
    return Sources.takeError();
  reportSkipped(Sources->Skipped, C.Err);
  if (P.ScanAll || P.Command) {
    for (const command::SourceCommand &Input : Sources->All)
      Add(Input, P.ScanAll ? "--scan-all asks for every source"
                           : "it is named with its command");
  } else {
    // A cached selection does not contain the reasons, so the sources are
    // selected again.
    select::Selection Selected =
        select::selectSources(Sources->All, selectionOptions(P, options()));
    for (unsigned I : Selected.IsChosen.set_bits())
      Add(Sources->All[I], std::move(Selected.Why[I]));
  }
  auto Libraries = exportInputs(P, Who);
  if (!Libraries)
    return Libraries.takeError();
  for (const native::ScanInput &Input : *Libraries)
    Add(Input, "a library's functions are read from it");
  S.add(Who.takeFindings());
  return Result;
}

/// Adds a copy of each of \p Inputs for every target that has compile flags of
/// its own.
static void addTargetCompiles(const Project &P,
                              std::vector<native::ScanInput> &Inputs) {
  const size_t Count = Inputs.size();
  for (const TargetCompile &Compile : P.TargetCompiles)
    for (size_t I = 0; I != Count; ++I) {
      native::ScanInput Input = Inputs[I];
      std::vector<std::string> &Line = Input.Command.CommandLine;
      Line.insert(llvm::find(Line, "--"), Compile.Args.begin(),
                  Compile.Args.end());
      // The compiler of the original command compiles for another target.
      Input.By = nullptr;
      Input.For = Compile.For.Triple;
      Inputs.push_back(std::move(Input));
    }
}

/// Returns the sources that have to be parsed, and all headers and sources of
/// libraries.
llvm::Expected<std::vector<native::ScanInput>>
NativeSide::chosenInputs(const native::ScanOptions &Options, ScanCache &Known,
                         Console &C, bool IsFirst) {
  command::Compilers Who = compilers(Known);
  auto Sources = sourceInputs(P, &Who);
  if (!Sources)
    return Sources.takeError();
  NotParsed.clear();
  if (IsFirst)
    reportSkipped(Sources->Skipped, C.Err);
  std::vector<native::ScanInput> Chosen;
  // If the user names a source and its command, exactly that source is parsed.
  if (P.ScanAll || P.Command) {
    for (command::SourceCommand &Input : Sources->All)
      Chosen.push_back({std::move(Input)});
  } else {
    select::Selection Selected =
        Known.select(Sources->All, selectionOptions(P, Options));
    for (auto &&[I, Input] : llvm::enumerate(Sources->All))
      if (Selected.IsChosen.test(I))
        Chosen.push_back({std::move(Input)});
      else
        NotParsed.emplace_back(std::move(Input.Command.Directory),
                               std::move(Input.Command.Filename));
    P.Asked->add(std::move(Selected.Asked));
  }
  auto Libraries = exportInputs(P, Who);
  if (!Libraries)
    return Libraries.takeError();
  llvm::move(*Libraries, std::back_inserter(Chosen));
  addTargetCompiles(P, Chosen);
  if (IsFirst)
    S.add(Who.takeFindings());
  return Chosen;
}

/// Reports the flags of commands that are ignored because Clang does not
/// support them.
static void reportFlags(llvm::ArrayRef<native::ScanInput> Inputs,
                        const native::ScanOptions &Options,
                        llvm::raw_ostream &OS) {
  std::map<std::string, unsigned> Flags;
  for (const native::ScanInput &Input : Inputs) {
    std::vector<std::string> Unknown = command::unknownFlags(Input, Options);
    for (const std::string &Flag :
         std::set<std::string>(Unknown.begin(), Unknown.end()))
      ++Flags[Flag];
  }
  for (const auto &[Flag, Count] : Flags)
    OS << "ilbridge: note: '" << Flag << "' is left out of " << Count
       << " compile command" << (Count == 1 ? "" : "s")
       << ", because Clang does not take it\n";
}

std::vector<native::ScanResult>
NativeSide::scan(llvm::ArrayRef<native::ScanInput> Inputs,
                 native::ScanOptions Options, ScanCache &Known, Console &C) {
  std::vector<native::ScanResult> Results(Inputs.size());
  native::Preambles Shared(Known.preambles(), Options.Registrars);
  Options.Shared = &Shared;
  Progress Shows(C.Progress, Results.size());
  std::mutex Lock;
  auto Scan = [&](const native::ScanInput &Input, native::ScanResult &Result) {
    Result = Known.scan(Input, Options);
    std::lock_guard<std::mutex> Guard(Lock);
    P.Asked->add(std::move(Result.Asked));
    Shows.step();
  };
  // The heap of a new thread grows in small steps, which takes longer.
  if (Inputs.size() == 1) {
    Scan(Inputs.front(), Results.front());
    return Results;
  }
  llvm::ThreadPoolTaskGroup Group(S.threads());
  for (auto [Input, Result] : llvm::zip(Inputs, Results))
    Group.async([&, &Input = Input, &Result = Result] { Scan(Input, Result); });
  Group.wait();
  return Results;
}

/// Adds functions of the sources that pass their parameters on to a registrar
/// to \p Known. \returns whether there is a new one.
static bool addRegistrars(llvm::ArrayRef<native::ScanResult> Results,
                          std::vector<native::Registrar> &Known) {
  bool HasNew = false;
  for (const native::ScanResult &R : Results)
    for (const native::Registrar &Each : R.TheFacts.Registrars) {
      auto IsSame = [&](const native::Registrar &Other) {
        return Other.Function == Each.Function;
      };
      if (llvm::any_of(Known, IsSame))
        continue;
      Known.push_back(Each);
      HasNew = true;
    }
  return HasNew;
}

llvm::Expected<std::vector<std::string>> sourceFiles(const Project &P) {
  auto Sources = sourceInputs(P, /*Who=*/nullptr);
  if (!Sources)
    return Sources.takeError();
  std::vector<std::string> Result;
  for (const command::SourceCommand &Input : Sources->All) {
    llvm::SmallString<256> Path(Input.Command.Filename);
    llvm::sys::fs::make_absolute(Input.Command.Directory, Path);
    Result.push_back(Path.str().str());
  }
  return Result;
}

llvm::Expected<std::vector<native::ScanResult>> NativeSide::scan(Console &C) {
  ScanCache Known(P, Cache);
  native::ScanOptions Options = options();
  Options.Color = C.Color;
  std::vector<native::ScanResult> Results;
  // A function of one source can register a function that another source passes
  // to it. That source is found by the function's name, and can contain such
  // functions itself.
  constexpr unsigned MaxRounds = 4;
  for (unsigned Round = 0; Round != MaxRounds; ++Round) {
    auto Chosen = chosenInputs(Options, Known, C, /*IsFirst=*/Round == 0);
    if (!Chosen)
      return Chosen.takeError();
    if (P.Verbose && Round == 0)
      reportFlags(*Chosen, Options, C.Err);
    Results = scan(*Chosen, Options, Known, C);
    if (!addRegistrars(Results, Options.Registrars))
      break;
  }
  Cache.save();
  S.add(settleTargetCompiles(P, Results));
  return Results;
}

} // namespace ilbridge::driver

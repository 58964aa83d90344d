//===- Scanning.cpp - The sources of a run --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NativeSide.h"
#include "ilbridge/native/Preambles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>

namespace ilbridge::driver {
namespace {

/// "[12/40] scanning, 7 s left" on a terminal, once the work has lasted a
/// second.
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

native::ScanOptions NativeSide::options() const {
  native::ScanOptions Options;
  Options.Root = P.Root;
  Options.ResourceDir = P.ResourceDir;
  Options.ExtraArgs = P.ExtraArgs;
  Options.PathMap = P.PathMap;
  return Options;
}

llvm::Expected<std::vector<std::pair<std::string, std::string>>>
NativeSide::explain() {
  std::vector<std::pair<std::string, std::string>> Result;
  auto Add = [&](const native::ScanInput &Input, std::string Why) {
    Result.emplace_back(native::shownPath(Input.Command.Filename,
                                          Input.Command.Directory, P.Root),
                        std::move(Why));
  };
  auto Sources = sourceInputs(P);
  if (!Sources)
    return Sources.takeError();
  if (P.ScanAll || P.Command) {
    for (const native::ScanInput &Input : *Sources)
      Add(Input, P.ScanAll ? "--scan-all asks for every source"
                           : "it is named with its command");
  } else {
    // What is remembered does not say why.
    native::Selection S =
        native::select(*Sources, options(), P.EverySource, P.Jobs);
    for (unsigned I : S.IsChosen.set_bits())
      Add((*Sources)[I], std::move(S.Why[I]));
  }
  auto Libraries = exportInputs(P);
  if (!Libraries)
    return Libraries.takeError();
  for (const native::ScanInput &Input : *Libraries)
    Add(Input, "a library's functions are read from it");
  return Result;
}

/// The sources that have to be parsed, and all that is read of libraries.
llvm::Expected<std::vector<native::ScanInput>>
NativeSide::chosenInputs(const native::ScanOptions &Options) {
  auto Sources = sourceInputs(P);
  if (!Sources)
    return Sources.takeError();
  std::vector<native::ScanInput> Chosen;
  // Who names a source and its command means that one.
  if (P.ScanAll || P.Command) {
    Chosen = std::move(*Sources);
  } else {
    native::Selection S = Mem.select(*Sources, Options);
    for (unsigned I : S.IsChosen.set_bits())
      Chosen.push_back(std::move((*Sources)[I]));
    P.Asked->add(std::move(S.Asked));
  }
  auto Libraries = exportInputs(P);
  if (!Libraries)
    return Libraries.takeError();
  llvm::move(*Libraries, std::back_inserter(Chosen));
  return Chosen;
}

llvm::Expected<std::vector<native::ScanResult>>
NativeSide::scan(const Console &C) {
  native::ScanOptions Options = options();
  Options.Color = C.Color;
  auto Chosen = chosenInputs(Options);
  if (!Chosen)
    return Chosen.takeError();

  std::vector<native::ScanResult> Results(Chosen->size());
  {
    native::Preambles Shared(Mem.preambles());
    Options.Shared = &Shared;
    Progress Shows(C.Progress, Results.size());
    std::mutex Lock;
    llvm::ThreadPoolTaskGroup Group(S.threads());
    for (auto [Input, Result] : llvm::zip(*Chosen, Results))
      Group.async([&, &Input = Input, &Result = Result] {
        Result = Mem.scan(Input, Options);
        std::lock_guard<std::mutex> Guard(Lock);
        P.Asked->add(std::move(Result.Asked));
        Shows.step();
      });
    Group.wait();
  }
  Mem.save();
  return std::move(Results);
}

} // namespace ilbridge::driver

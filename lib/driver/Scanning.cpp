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
    for (unsigned I : S.IsChosen.set_bits()) {
      Chosen.push_back(std::move((*Sources)[I]));
      Chosen.back().Includes = std::move(S.Includes[I]);
    }
    for (native::OutlinedFile &F : S.Files)
      if (F.Depth == native::OutlineDepth::Missing)
        Missing.push_back(std::move(F.Path));
      else
        Scanned.insert(F.Path);
  }
  auto Libraries = exportInputs(P);
  if (!Libraries)
    return Libraries.takeError();
  llvm::move(*Libraries, std::back_inserter(Chosen));
  return Chosen;
}

llvm::Expected<std::vector<native::ScanResult>>
NativeSide::scan(const Console &C) {
  native::ScanOptions Options;
  Options.Root = P.Root;
  Options.ResourceDir = P.ResourceDir;
  Options.ExtraArgs = P.ExtraArgs;
  Options.Color = C.Color;
  Options.PathMap = P.PathMap;
  auto Chosen = chosenInputs(Options);
  if (!Chosen)
    return Chosen.takeError();
  if (!P.Command && !P.BuildDir.empty())
    Inputs.push_back(databaseFile(P));

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
        // Most sources read the same headers.
        for (const std::string &Read : Result.Reads)
          Scanned.insert(Read);
        Result.Reads = {};
        Shows.step();
      });
    Group.wait();
  }
  Mem.save();
  return std::move(Results);
}

} // namespace ilbridge::driver

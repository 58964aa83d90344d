//===- Run.h - A verb on the command line -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUN_H
#define ILBRIDGE_LIB_DRIVER_RUN_H

#include "Baseline.h"
#include "Bridges.h"
#include "NativeSide.h"

namespace ilbridge::driver {

/// A session with what a verb adds to it: the sources are scanned, errors and
/// findings are printed, and there is an exit status. Functions that return a
/// bool have printed why they return false.
class Run {
public:
  Run(Session &S, Console &C)
      : S(S), P(S.project()), C(C), Mem(P), Native(S, Mem) {}

  bool loadManaged(bool HasBuilds = false) {
    return succeeds(S.loadManaged(HasBuilds));
  }
  bool loadBaseline() { return succeeds(S.loadBaseline()); }
  /// Scans the sources, or reads facts. \returns whether the rest of the run
  /// has something to work on.
  bool loadNative();
  /// Loads both sides even if one is broken: their findings belong together.
  bool loadBothSides(bool HasBuilds = false);
  /// Scans the sources. Prints what Clang says of them. \p NeedsAll: also a
  /// source that cannot be read and shows no annotation is an error.
  std::vector<native::ScanResult> scan(bool NeedsAll);
  /// Prints which sources scan() would parse, and why.
  bool explainSources();
  /// The inputs of bridge functions; null if one cannot be read.
  Bridges *bridges();

  /// Prints an input that cannot be read.
  void fail(llvm::Error E);
  /// Prints the error if there is one.
  bool succeeds(llvm::Error E);
  void add(DiagnosticList More) { S.add(std::move(More)); }
  /// Whether nothing is to be written.
  bool hasErrors() { return S.findings().hasErrors(); }
  /// Once everything was compared: says which known findings are gone.
  /// \returns whether any are.
  bool reportStale();
  /// Puts the findings into a file of known ones. \returns the exit status.
  ExitStatus writeBaseline(llvm::StringRef File);
  /// Prints the findings, in the format that is asked for. \returns the exit
  /// status of the run.
  ExitStatus finish() { return finish(C.Format); }
  /// The same for a verb that has data of its own: findings are messages.
  ExitStatus finishData() { return finish(OutputFormat::Text); }
  /// Once everything was compared: makes findings of what was not, if the
  /// project asks for them.
  void reportNotCompared();
  /// finish() says in one line what was not compared.
  void sayCoverage() { SaysCoverage = true; }
  /// Whether the headers of some library do not compile for any target.
  bool hasUnread() const { return HasUnread; }
  void raise(ExitStatus To) { Status = std::max(Status, To); }
  ExitStatus status() const { return Status; }

  std::string shown(llvm::StringRef Path) const { return S.shown(Path); }
  RenderOptions renderOptions() const {
    return {P.Root, P.WorkingDirectory, C.Color, P.Files};
  }
  /// Every file that was read, absolute.
  std::vector<std::string> reads() const;
  Memory &memory() { return Mem; }

  Session &S;
  const Project &P;
  Console &C;

private:
  ExitStatus finish(OutputFormat Format);
  void reportUnread(std::vector<native::ScanResult> &Results);
  void reportLeftOut();
  void explainMissing();

  Memory Mem;
  NativeSide Native;
  /// Clang's messages about sources that cannot be read and seem to have
  /// nothing to do with the run.
  std::vector<std::string> LeftOut;
  bool HasUnread = false;
  bool SaysCoverage = false;
  ExitStatus Status = ExitStatus::Clean;
};

/// Puts \p Text into \p File; if that is empty or the standard output, on the
/// console.
void writeData(Run &R, llvm::StringRef File, llvm::StringRef Text);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUN_H

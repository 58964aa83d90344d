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

/// A session with the additional state of a verb on the command line: it scans
/// the sources, prints errors and findings, and keeps the exit status. A
/// function that returns false has printed the reason.
class Run {
public:
  Run(Session &S, Console &C)
      : S(S), P(S.project()), C(C), Cache(P), Native(S, Cache) {}

  bool loadManaged(bool HasBuilds = false) {
    return succeeds(S.loadManaged(HasBuilds));
  }
  bool loadBaseline() { return succeeds(S.loadBaseline()); }
  /// Scans the sources, or reads facts. \returns whether the run can continue.
  bool loadNative();
  /// Loads both sides, even if one of them is invalid, so that all findings are
  /// reported together. If \p IsToCompare is set, functions of libraries that
  /// no managed declaration names may be left out.
  bool loadBothSides(bool HasBuilds = false, bool IsToCompare = false);
  /// Scans the sources and prints Clang's messages about them. If \p NeedsAll
  /// is set, a source that cannot be read is an error even if it shows no
  /// annotation.
  std::vector<native::ScanResult> scan(bool NeedsAll);
  /// Prints the sources that scan() would parse, each with the reason.
  bool explainSources();
  /// Returns the inputs of bridge functions; null if one cannot be read.
  Bridges *bridges();

  /// Prints an error about an input that cannot be read.
  void fail(llvm::Error E);
  /// Prints the error, if there is one. \returns whether there is none.
  bool succeeds(llvm::Error E);
  void add(DiagnosticList More) { S.add(std::move(More)); }
  /// Whether there are errors, so that no output may be written.
  bool hasErrors() { return S.findings().hasErrors(); }
  /// Reports the entries of the baseline that match no finding; called after
  /// all comparisons. \returns whether there are any.
  bool reportStale();
  /// Writes the findings into a baseline file. \returns the exit status.
  ExitStatus writeBaseline(llvm::StringRef File);
  /// Prints the findings in the requested format. \returns the exit status of
  /// the run.
  ExitStatus finish() { return finish(C.Format); }
  /// As finish(), for a verb that prints data: the findings are printed as
  /// messages.
  ExitStatus finishData() { return finish(OutputFormat::Text); }
  /// As finish(), for a verb whose data contain all findings.
  ExitStatus finishShown();
  /// Reports imports that were not compared, if the project requests it; called
  /// after all comparisons.
  void reportNotCompared();
  /// Makes finish() print one line about the imports that were not compared.
  void sayCoverage() { SaysCoverage = true; }
  /// Suggests `ilbridge report` if \p Problems, the number of problems that
  /// were printed as text, is too large to read one after another.
  void offerReport(size_t Problems);
  /// Whether the headers of some library do not compile for any target.
  bool hasUnread() const { return HasUnread; }
  void raise(ExitStatus To) { Status = std::max(Status, To); }
  ExitStatus status() const { return Status; }

  std::string shown(llvm::StringRef Path) const { return S.shown(Path); }
  RenderOptions renderOptions() const {
    return {P.Root, P.WorkingDirectory, C.Color, P.Files};
  }
  /// Returns the absolute paths of all files that were read.
  std::vector<std::string> reads() const;
  ResultCache &resultCache() { return Cache; }

  Session &S;
  const Project &P;
  Console &C;

private:
  ExitStatus finish(OutputFormat Format);
  ExitStatus conclude();
  void reportUnread(std::vector<native::ScanResult> &Results);
  void reportLeftOut();
  void explainMissing();

  ResultCache Cache;
  NativeSide Native;
  /// Clang's messages about sources that cannot be read and that the run does
  /// not seem to require.
  std::vector<std::string> LeftOut;
  bool HasUnread = false;
  bool SaysCoverage = false;
  ExitStatus Status = ExitStatus::Clean;
};

/// Loads both sides, compares them and plans the outputs, as `check` does.
/// \returns the exit status if an input cannot be read.
std::optional<ExitStatus> compareAll(Run &R);

/// Writes \p Text into \p File, or on the console if that is empty or standard
/// output.
void writeData(Run &R, llvm::StringRef File, llvm::StringRef Text);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUN_H

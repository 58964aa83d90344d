//===- Checkers.h - What hosts inside Clang have in common ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   parsed unit ──native──▶ exports ──driver──▶ findings
//                                                  │ files and lines
//        reports at the unit's own places ◀────────┘
//
// A host gives its unit in, and prints what comes out.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HOST_CHECKERS_H
#define ILBRIDGE_HOST_CHECKERS_H

#include "ilbridge/driver/UnitChecker.h"
#include "ilbridge/native/Scanner.h"
#include "clang/Basic/Diagnostic.h"
#include <map>
#include <mutex>

namespace ilbridge::host {

/// A second place of a report. One without a place in the unit has it in its
/// message.
struct ReportNote {
  std::string Message;
  clang::SourceLocation Where;
  std::vector<clang::FixItHint> Fixes;
};

/// A finding at its place in a unit.
struct Report {
  /// "ilbridge-parameter-type"; empty of an input that cannot be read.
  llvm::StringRef ID;
  clang::DiagnosticIDs::Level Level; ///< Error or Warning
  std::string Message;
  clang::SourceLocation Where;
  std::vector<ReportNote> Notes;
  std::vector<clang::FixItHint> Fixes;
  bool IsOffer = false; ///< nothing is wrong
};

struct CheckOptions {
  /// Base of paths; absolute; empty: the configuration's or source's folder.
  std::string Root;
  /// Absolute; empty: the nearest one around the main file.
  std::string ConfigFile;
  /// Whether the author is there to take offers (driver::CheckedUnit).
  bool MakesOffers = false;
  /// Editors show no note that has no place: it stands where its report does.
  bool PlacesNotes = false;
};

/// The checkers of all configurations that a process has met. Threads may share
/// it.
class Checkers {
public:
  /// Checks the exports of \p U, whose Root is not used. Finds nothing if there
  /// is no configuration, nor on a machine that has only what another one made
  /// of the source. If \p Facts is given, it becomes the text of the unit's
  /// facts, which is the same on that machine.
  std::vector<Report> check(native::ParsedUnit U, const CheckOptions &Options,
                            std::string *Facts = nullptr);

private:
  std::mutex Lock;
  std::map<std::string, driver::UnitChecker> ByConfig;
};

} // namespace ilbridge::host

#endif // ILBRIDGE_HOST_CHECKERS_H

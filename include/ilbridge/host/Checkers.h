//===- Checkers.h - The common part of hosts inside Clang -------*- C++ -*-===//
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
// A host passes its translation unit, and prints the reports.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HOST_CHECKERS_H
#define ILBRIDGE_HOST_CHECKERS_H

#include "ilbridge/driver/TranslationUnitChecker.h"
#include "ilbridge/native/Scanner.h"
#include "clang/Basic/Diagnostic.h"
#include <map>
#include <mutex>

namespace ilbridge::host {

/// An additional location of a report. If it is not in the translation unit,
/// the message contains it.
struct ReportNote {
  std::string Message;
  clang::SourceLocation Where;
  std::vector<clang::FixItHint> Fixes;
};

/// A finding at a location in a translation unit.
struct Report {
  /// "ilbridge-parameter-type"; empty: an input cannot be read.
  llvm::StringRef ID;
  clang::DiagnosticIDs::Level Level; ///< Error or Warning
  std::string Message;
  clang::SourceLocation Where;
  std::vector<ReportNote> Notes;
  std::vector<clang::FixItHint> Fixes;
  bool IsOffer = false; ///< a suggestion
};

struct CheckOptions {
  /// Absolute base of paths; empty: the configuration's or source's folder.
  std::string Root;
  /// Absolute; empty: the nearest one in the main file's parent folders.
  std::string ConfigFile;
  /// Whether to make suggestions (driver::CheckedUnit::Offers).
  bool MakesOffers = false;
  /// Editors show only notes with a location: use that of the report.
  bool PlacesNotes = false;
};

/// The checkers of all configurations in a process. Several threads may use it
/// at the same time.
class Checkers {
public:
  /// Checks the exports of \p U, whose Root is not used. Finds nothing if there
  /// is no configuration. It also finds nothing on a machine that only has data
  /// that another machine has computed from the source. If \p Facts is given,
  /// it receives the text of the translation unit's facts, which is the same on
  /// that machine.
  std::vector<Report> check(native::ParsedUnit U, const CheckOptions &Options,
                            std::string *Facts = nullptr);

private:
  std::mutex Lock;
  std::map<std::string, driver::TranslationUnitChecker> ByConfig;
};

} // namespace ilbridge::host

#endif // ILBRIDGE_HOST_CHECKERS_H

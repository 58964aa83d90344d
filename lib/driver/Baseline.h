//===- Baseline.h - Accepted findings ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_BASELINE_H
#define ILBRIDGE_LIB_DRIVER_BASELINE_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace ilbridge::driver {

/// A file with findings that were reviewed and accepted, each with the reason.
/// docs/baseline.md describes it.
class Baseline {
public:
  /// Reads a baseline. The Error states the location and what is expected
  /// there.
  static llvm::Expected<Baseline> read(llvm::MemoryBufferRef Text);

  /// Sets the reason of each of \p Findings that is in the baseline.
  void apply(DiagnosticList &Findings);
  /// Returns a finding for each entry that has matched no finding so far.
  DiagnosticList stale() const;

  /// Returns the text of a baseline with all of \p Findings, including the
  /// reasons of the known ones. Sets \p Count to the number of entries without
  /// a reason.
  static std::string text(llvm::ArrayRef<Diagnostic> Findings, unsigned &Count);

private:
  struct Entry {
    DiagnosticID ID;
    std::string About;   ///< see subject()
    std::string Message; ///< a part of the message; empty: any message
    std::string Reason;
    Location Where;
    bool IsUsed = false;
  };
  std::vector<Entry> Entries;
};

/// The subject of a finding, in a form that does not change when lines move:
/// the managed member that it or a note names, or else its file.
llvm::StringRef subject(const Diagnostic &D);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_BASELINE_H

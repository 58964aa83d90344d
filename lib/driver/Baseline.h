//===- Baseline.h - Findings that are known ---------------------*- C++ -*-===//
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

/// A file of findings that somebody looked at and left as they are, each with
/// the reason. docs/baseline.md describes it.
class Baseline {
public:
  /// The Error names the place and what is expected there.
  static llvm::Expected<Baseline> read(llvm::MemoryBufferRef Text);

  /// Gives the reason to each of \p Findings that is known.
  void apply(DiagnosticList &Findings);
  /// A finding for each entry that fitted none so far.
  DiagnosticList stale() const;

  /// The text of a file that has all of \p Findings, with the reasons of those
  /// that are known; \p Count: of its entries without one.
  static std::string text(llvm::ArrayRef<Diagnostic> Findings, unsigned &Count);

private:
  struct Entry {
    DiagnosticID ID;
    std::string About;   ///< see subject()
    std::string Message; ///< a part of it; empty: any
    std::string Reason;
    Location Where;
    bool IsUsed = false;
  };
  std::vector<Entry> Entries;
};

/// The subject of a finding, in words that stay when lines move: the managed
/// member that it or a note names, or else its file.
llvm::StringRef subject(const Diagnostic &D);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_BASELINE_H

//===- TranslationUnitChecker.h - Checks source after source ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ilbridge.yaml ──▶ managed side, kept ─┐
//                                         ├─▶ what this source alone can show
//   exports of one source ────────────────┘
//
// The common part of the hosts that see one source at a time: compiler, linter
// and editor. They report what the command line reports for the same source,
// except for findings that need the whole program.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DRIVER_TRANSLATIONUNITCHECKER_H
#define ILBRIDGE_DRIVER_TRANSLATIONUNITCHECKER_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/native/Facts.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringSet.h"
#include <memory>

namespace ilbridge::abi {
class ABIInfoCache;
}

namespace ilbridge::driver {

/// The result of checking one source.
struct CheckedUnit {
  DiagnosticList Findings;
  /// Suggestions for code that is not wrong: an annotation for a function that
  /// an import could mean, a stub for an import without a function. Each has
  /// its edits in a note, whose message says what they do.
  std::vector<Diagnostic> Offers;
  /// Why the managed side is not available, one line each; empty: it is.
  std::string Problem;
};

/// Compares sources with the managed side of one configuration, which is read
/// again only if one of its files has changed. Not thread-safe.
class TranslationUnitChecker {
public:
  /// \p ConfigFile has to be absolute.
  explicit TranslationUnitChecker(std::string ConfigFile);
  ~TranslationUnitChecker();

  /// The functions and classes of the program that the configuration names in
  /// `registrations` and `objects`.
  struct Names {
    std::vector<native::Registrar> Registrars;
    std::vector<std::string> Classes;
  };
  /// Reads only the configuration. Empty if it cannot be read, which check()
  /// reports.
  Names names() const;

  /// Collects functions without an annotation whose name is in \p Names.
  using Unannotated =
      llvm::function_ref<void(const llvm::StringSet<> &Names, native::Facts &)>;
  /// \p F are the facts of a source, and \p Found the findings of its scan.
  /// Offers are made only if \p Collect is set.
  CheckedUnit check(native::Facts F, DiagnosticList Found,
                    Unannotated Collect = nullptr);

private:
  class Loaded;

  std::string ConfigFile;
  std::unique_ptr<abi::ABIInfoCache> ABICache;
  std::unique_ptr<Loaded> Current;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_DRIVER_TRANSLATIONUNITCHECKER_H

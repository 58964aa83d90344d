//===- Coverage.h - What a run has compared ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_COVERAGE_H
#define ILBRIDGE_LIB_DRIVER_COVERAGE_H

#include "ilbridge/diagnostic/Coverage.h"
#include "ilbridge/driver/Session.h"
#include <set>

namespace ilbridge::driver {

/// The results of the comparisons for each import and target, over all outputs.
class Coverage {
public:
  /// \p WithPresets includes targets for which the project is not built.
  Coverage(llvm::ArrayRef<const match::Matching *> Matchings, bool WithPresets);

  struct Target {
    std::string Name;
    bool IsConfigured = false;
  };
  /// The targets for which the project is built come first.
  llvm::ArrayRef<Target> targets() const { return Targets; }
  /// Sorted by the names of the imports.
  llvm::ArrayRef<BindingCoverage> bindings() const { return Bindings; }
  /// Calls \p Visit for the location of each import.
  void visitLocations(llvm::function_ref<void(Location &)> Visit) {
    for (BindingCoverage &Each : Bindings)
      Visit(Each.Import);
  }
  const BindingCoverage *of(const managed::Method &M) const;
  /// Returns a summary for the targets for which the project is built: "12
  /// imports: 9 agree; on windows-x64 3 not compared: types of the C library".
  /// Empty if everything was compared on them.
  std::string summary() const;
  /// Returns a finding for each import that was not compared on a configured
  /// target.
  DiagnosticList notCompared() const;

private:
  BindingCoverage &binding(const managed::Method &M);
  void add(const match::Matching &M, const match::Binding &B);

  std::vector<Target> Targets;
  /// Imports that have a finding because they have no function.
  std::set<const managed::Method *> WithoutFunction;
  std::vector<BindingCoverage> Bindings;
  std::map<const managed::Method *, size_t> Index;
  /// The kind of each reason that Bindings contains.
  std::map<std::string, std::string> Kinds;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_COVERAGE_H

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
  /// \p WithPresets: also on targets that the project is not built for.
  Coverage(llvm::ArrayRef<const match::Matching *> Matchings, bool WithPresets);

  struct Target {
    std::string Name;
    bool IsConfigured = false;
  };
  /// Those that the project is built for come first.
  llvm::ArrayRef<Target> targets() const { return Targets; }
  /// In the order of the imports' names.
  llvm::ArrayRef<BindingCoverage> bindings() const { return Bindings; }
  /// Calls \p Visit for the location of each import.
  void visitLocations(llvm::function_ref<void(Location &)> Visit) {
    for (BindingCoverage &Each : Bindings)
      Visit(Each.Import);
  }
  const BindingCoverage *of(const managed::Method &M) const;
  /// "12 imports: 9 agree; on windows-x64 3 not compared: types of the C
  /// library", for the targets that the project is built for. Empty where
  /// everything was compared on them.
  std::string summary() const;
  /// A finding for each import that was not compared on a configured target.
  DiagnosticList notCompared() const;

private:
  BindingCoverage &binding(const managed::Method &M);
  void add(const match::Matching &M, const match::Binding &B);

  std::vector<Target> Targets;
  /// Imports for which a finding says that there is no function.
  std::set<const managed::Method *> WithoutFunction;
  std::vector<BindingCoverage> Bindings;
  std::map<const managed::Method *, size_t> Index;
  /// In a few words, why something was not compared; by Bindings' reasons.
  std::map<std::string, std::string> Kinds;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_COVERAGE_H

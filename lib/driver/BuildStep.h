//===- BuildStep.h - A run as a step of a build -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_BUILDSTEP_H
#define ILBRIDGE_LIB_DRIVER_BUILDSTEP_H

#include "Run.h"

namespace ilbridge::driver {

/// How a run ended.
struct BuildStepResult {
  bool IsComplete = false; ///< the step has done its task
  /// The files that the step keeps up to date.
  std::vector<std::string> Written;
};

/// Runs \p Now, or prints the output of an earlier run if that had the same
/// arguments and nothing has changed. Writes the files that the build requires.
ExitStatus
runBuildStep(llvm::StringRef Verb, Session &S, const BuildStepFiles &Step,
             Console &C,
             llvm::function_ref<ExitStatus(Run &, BuildStepResult &)> Now);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_BUILDSTEP_H

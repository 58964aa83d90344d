//===- Step.h - A run as a step of a build ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_STEP_H
#define ILBRIDGE_LIB_DRIVER_STEP_H

#include "Run.h"

namespace ilbridge::driver {

/// How a run ended.
struct StepEnd {
  bool IsComplete = false;          ///< it has done what the step is for
  std::vector<std::string> Written; ///< files that it keeps up to date
};

/// Runs \p Now, unless a run with the same arguments has left everything as it
/// is: then says what that one said. Writes what the build asks for.
ExitStatus runStep(llvm::StringRef Verb, Session &S, const StepFiles &Step,
                   Console &C,
                   llvm::function_ref<ExitStatus(Run &, StepEnd &)> Now);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_STEP_H

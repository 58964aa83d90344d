//===- Outputs.h - Plans of the outputs of a project ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_OUTPUTS_H
#define ILBRIDGE_LIB_DRIVER_OUTPUTS_H

#include "ilbridge/driver/Session.h"

namespace ilbridge::driver {

/// Returns the request to a backend for an output.
emit::OutputRequest request(const Project &P, const OutputSpec &Spec);

/// Undoes incomplete writes to outputs and to edited sources that a killed run
/// has left. Call it before any of them is read.
llvm::Error recoverOutputs(const Project &P);

/// Returns an Error if several outputs, or an output and other data (\p
/// HasData), would be written to standard output.
llvm::Error checkStandardOutput(const Project &P, bool HasData);

/// Compares both sides for the outputs that are generated from bindings, and
/// plans these outputs. Problems become findings of \p S, which has to outlive
/// the plans.
std::vector<std::unique_ptr<emit::Plan>> planBindings(Session &S);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_OUTPUTS_H

//===- Outputs.h - Plans of the outputs of a project ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_OUTPUTS_H
#define ILBRIDGE_LIB_DRIVER_OUTPUTS_H

#include "ilbridge/driver/Project.h"

namespace ilbridge::driver {

/// What a backend is asked for.
emit::OutputRequest request(const Project &P, const OutputSpec &Spec);

/// The two sides paired for the runtimes of an output.
using MatchFor =
    llvm::function_ref<const match::Matching &(const OutputSpec &)>;

/// Plans the outputs that are made from bindings.
/// \param Findings gets what is wrong with them.
std::vector<std::unique_ptr<emit::Plan>>
planBindings(const Project &P, const native::Program &Program,
             const managed::Model &Model, MatchFor Match,
             DiagnosticList &Findings);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_OUTPUTS_H

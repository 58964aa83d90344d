//===- RuntimeChoice.h - Which runtimes a project is for --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H
#define ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/StringSet.h"

namespace ilbridge::driver {

/// The runtimes for which the functions have to be right.
using RuntimeChoice = std::vector<const runtime::Runtime *>;

/// The choice for an output, or with null for a check without outputs: the
/// output's backend belongs to one runtime, or else the project is for one
/// because another output's backend belongs to it. Without any of them the
/// choice is runtime::unchosen().
RuntimeChoice runtimesFor(const Project &P, const OutputSpec *Output);

/// The simple names of the assemblies that an interpreter executes.
llvm::StringSet<> interpretedAssemblies(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H

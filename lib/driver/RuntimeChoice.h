//===- RuntimeChoice.h - Which runtimes a project is for --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H
#define ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/native/Program.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/StringSet.h"

namespace ilbridge::driver {

/// The runtimes for which the functions have to be right.
using RuntimeChoice = std::vector<const runtime::Runtime *>;

/// The choice for an output, or, if it is null, for a check without outputs.
/// That is the runtime that the output says, else the one that its backend
/// belongs to, else the project's, else the one that the backends of other
/// outputs belong to, if it is a single one, in all of their versions.
/// Otherwise it is empty, which means runtime::unchosen(). A backend's runtime
/// has the project's version if the project names one.
RuntimeChoice runtimesFor(const Project &P, const OutputSpec *Output);

/// The runtimes with which \p Program registers functions by hand, the newest
/// version of each; in the order of runtime::all().
RuntimeChoice registeredRuntimes(const native::Program &Program);

/// The simple names of the assemblies that an interpreter executes.
llvm::StringSet<> interpretedAssemblies(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H

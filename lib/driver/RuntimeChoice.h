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

/// The runtimes for which bindings are compared.
using RuntimeChoice = std::vector<const runtime::Runtime *>;

/// Returns the runtimes for an output, or those for a check without outputs if
/// it is null. The first of these rules that applies determines them: the
/// runtime that the output names; the runtime of its backend; the project's
/// runtime; if all backends of other outputs have the same runtime, all
/// versions of it. If none applies, the result is empty, which means
/// runtime::unchosen(). If the project names a version of the backend's
/// runtime, that version is used.
RuntimeChoice runtimesFor(const Project &P, const OutputSpec *Output);

/// Returns the runtimes with which \p Program registers functions by hand, the
/// newest version of each, in the order of runtime::all().
RuntimeChoice registeredRuntimes(const native::Program &Program);

/// The simple names of the assemblies that an interpreter executes. The Error
/// states which input does not tell its name.
llvm::Expected<llvm::StringSet<>> interpretedAssemblies(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUNTIMECHOICE_H

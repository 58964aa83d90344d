//===- Environment.h - Variables that Clang reads ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_COMMAND_ENVIRONMENT_H
#define ILBRIDGE_COMMAND_ENVIRONMENT_H

#include "ilbridge/cache/Inputs.h"

namespace clang {
class CompilerInvocation;
} // namespace clang

namespace ilbridge::command {

/// Returns the value of an environment variable, and adds the query to \p To.
std::optional<std::string> variable(llvm::StringRef Name, cache::Inputs &To);

/// Adds the environment variables that Clang's driver and its preprocessor read
/// for a command. \p Invocation is the result of the driver; null: none.
void addEnvironment(const clang::CompilerInvocation *Invocation,
                    cache::Inputs &To);

} // namespace ilbridge::command

#endif // ILBRIDGE_COMMAND_ENVIRONMENT_H

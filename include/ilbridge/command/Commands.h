//===- Commands.h - Adapts compile commands for scans -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   SourceCommand ──adjustedCommand──▶ Clang's command ──Invocation.h──▶
//   frontend
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_COMMAND_COMMANDS_H
#define ILBRIDGE_COMMAND_COMMANDS_H

#include "ilbridge/command/SourceCommand.h"

namespace ilbridge::command {

/// The command line of \p Source for Clang's driver. It is equivalent to its
/// command without what a scan does not use: outputs, warnings, plugins,
/// precompiled headers, other sources, and unknown flags, which are added to
/// \p Unknown. The source is its last argument.
std::vector<std::string>
adjustedCommand(const SourceCommand &Source, const ClangSettings &Settings,
                std::vector<std::string> *Unknown = nullptr);

/// The flags of a command that a scan ignores because Clang does not support
/// them.
std::vector<std::string> unknownFlags(const SourceCommand &Source,
                                      const ClangSettings &Settings);

} // namespace ilbridge::command

#endif // ILBRIDGE_COMMAND_COMMANDS_H

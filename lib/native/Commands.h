//===- Commands.h - Compile commands as a scan runs them --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_COMMANDS_H
#define ILBRIDGE_LIB_NATIVE_COMMANDS_H

#include "ilbridge/native/Scanner.h"

namespace ilbridge::native {

/// The command line of \p Command for Clang's frontend: without outputs,
/// plugins, precompiled headers, and what Clang does not know.
std::vector<std::string>
adjustedCommand(const clang::tooling::CompileCommand &Command,
                const ScanOptions &Options);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_COMMANDS_H

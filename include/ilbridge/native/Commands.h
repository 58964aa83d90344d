//===- Commands.h - Adapts compile commands for scans -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ScanInput ──adjustedCommand──▶ Clang's command ──Invocation.h──▶ frontend
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_COMMANDS_H
#define ILBRIDGE_NATIVE_COMMANDS_H

#include "ilbridge/native/Scanner.h"

namespace ilbridge::native {

/// The command line of \p Input for Clang's driver. It is equivalent to the
/// input's command without what a scan does not use: outputs, warnings,
/// plugins, precompiled headers, other sources, and unknown flags, which are
/// added to \p Unknown. The source is its last argument.
std::vector<std::string>
adjustedCommand(const ScanInput &Input, const ScanOptions &Options,
                std::vector<std::string> *Unknown = nullptr);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_COMMANDS_H

//===- ScanResult.h - What scanning a source gives --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_SCANRESULT_H
#define ILBRIDGE_NATIVE_SCANRESULT_H

#include "ilbridge/cache/Inputs.h"
#include "ilbridge/native/Facts.h"

namespace ilbridge::native {

/// The result of scanning one compile command.
struct ScanResult {
  Facts TheFacts;
  /// The inputs of the scan.
  std::shared_ptr<const cache::Inputs> Asked;
  DiagnosticList Findings;
  bool Compiled = false;
  /// The source or the folder of the command does not exist.
  bool IsAbsent = false;
  /// For a source that does not compile: the files in which annotations were
  /// found, as facts name them.
  std::vector<std::string> Annotated;
  /// Clang's errors, as Clang prints them. Warnings are disabled, because the
  /// compiler reports those that the user has enabled.
  std::string ClangOutput;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_SCANRESULT_H

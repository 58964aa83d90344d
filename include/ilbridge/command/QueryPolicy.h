//===- QueryPolicy.h - Which compilers may be run ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_COMMAND_QUERYPOLICY_H
#define ILBRIDGE_COMMAND_QUERYPOLICY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace ilbridge::command {

/// The compilers that may be run to query their target and headers.
struct QueryPolicy {
  bool MayAsk = true;
  /// Globs for paths, or for names if they contain no slash. A program that
  /// matches may be run from any folder.
  std::vector<std::string> Allowed;
  /// No program below these is run unless a glob allows it.
  std::vector<std::string> ProjectFolders;
};
/// Checks a glob of QueryPolicy. The Error says what is wrong with it.
llvm::Error checkGlob(llvm::StringRef Glob);

} // namespace ilbridge::command

#endif // ILBRIDGE_COMMAND_QUERYPOLICY_H

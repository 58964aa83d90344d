//===- Candidates.h - Sources that may contain annotations ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_CANDIDATES_H
#define ILBRIDGE_LIB_SELECT_CANDIDATES_H

#include "IncludeGraph.h"

namespace ilbridge::select {

/// One input that reaches a file with annotations, or for which this is not
/// known.
struct Candidate {
  size_t Input;
  unsigned Family;
  IncludeGraph::File Source;
  llvm::StringRef Path;
  /// The reason to parse it independently of other sources; empty if there is
  /// none.
  std::string Why;
};

/// Adds the commands of \p Inputs to \p Graph, and reads all files that they
/// reach. \returns the candidates among them, sorted by path and command.
std::vector<Candidate>
findCandidates(IncludeGraph &Graph,
               llvm::ArrayRef<command::SourceCommand> Inputs,
               const SelectionOptions &Options);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_CANDIDATES_H

//===- Memory.h - What runs remember of earlier ones ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs remember their results, the sources that they chose, the facts of each
// source, and preambles. Each of these is kept with the questions that were
// asked to compute it (cache::Results), and is found again as long as the
// questions get the same answers.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_MEMORY_H
#define ILBRIDGE_LIB_DRIVER_MEMORY_H

#include "ilbridge/cache/Results.h"
#include "ilbridge/driver/Project.h"

namespace ilbridge::driver {

class Memory {
public:
  explicit Memory(const Project &P);

  cache::FileStates &files() { return Files; }
  cache::Store &store() { return Store; }
  cache::Results &results() { return Results; }
  /// \returns a hasher for a key of results of the kind \p Kind. Every key
  /// begins with the identity of the tool, because another tool may compute
  /// another result.
  cache::Hasher key(llvm::StringRef Kind) const;

  /// Once all is done.
  void save();

private:
  const Project &P;
  cache::Store Store;
  cache::FileStates Files;
  cache::Results Results;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MEMORY_H

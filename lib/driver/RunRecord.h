//===- RunRecord.h - Cached results of whole runs --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A run of the same tool with the same arguments prints and writes the same as
// long as its queries have the same results. Its output is therefore cached,
// and printed again without doing the work.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUNRECORD_H
#define ILBRIDGE_LIB_DRIVER_RUNRECORD_H

#include "ResultCache.h"
#include "ilbridge/driver/Driver.h"

namespace ilbridge::driver {

struct RunRecord {
  ExitStatus Status = ExitStatus::Clean;
  std::vector<std::string> Written; ///< files that it keeps up to date
  /// The texts for standard output and for standard error.
  std::string Data, Messages;
};

/// Returns the record of an earlier run with the key \p Key if its queries have
/// the same results as then. Adds the queries to \p Asked. They include the
/// files that the run wrote.
std::optional<RunRecord> recallRun(ResultCache &M, const cache::Digest &Key,
                                   cache::Inputs &Asked);

void rememberRun(ResultCache &M, const cache::Digest &Key,
                 const cache::Inputs &Asked, const RunRecord &R);

/// Writes to another stream, and keeps a copy.
class KeepingStream : public llvm::raw_ostream {
public:
  explicit KeepingStream(llvm::raw_ostream &Behind) : Behind(Behind) {
    SetUnbuffered();
    enable_colors(Behind.colors_enabled());
  }
  std::string Text;

private:
  void write_impl(const char *Ptr, size_t Size) override {
    Behind.write(Ptr, Size);
    Text.append(Ptr, Size);
  }
  uint64_t current_pos() const override { return Text.size(); }

  llvm::raw_ostream &Behind;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUNRECORD_H

//===- RunRecord.h - A run that need not be done again ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A run of the same tool with the same arguments says and writes the same while
// its questions get the same answers. So what it wrote and said is kept; it is
// said again, and nothing else is done.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUNRECORD_H
#define ILBRIDGE_LIB_DRIVER_RUNRECORD_H

#include "Memory.h"
#include "ilbridge/driver/Driver.h"

namespace ilbridge::driver {

struct RunRecord {
  ExitStatus Status = ExitStatus::Clean;
  std::vector<std::string> Written; ///< files that it keeps up to date
  std::string Data, Messages;       ///< what was printed
};

/// The record of an earlier run under \p Key, if its questions get the answers
/// that they got then; they are added to \p Asked. The files that it wrote are
/// among them.
std::optional<RunRecord> recallRun(Memory &M, const cache::Digest &Key,
                                   cache::Inputs &Asked);

void rememberRun(Memory &M, const cache::Digest &Key,
                 const cache::Inputs &Asked, const RunRecord &R);

/// Writes to another stream, and keeps what it wrote.
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

//===- RunRecord.h - A run that need not be done again ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A run of the same tool with the same arguments, on the same contents, says
// and writes the same. So what it read, wrote and said is kept; if all files
// are as they were, it is said again, and nothing else is done.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUNRECORD_H
#define ILBRIDGE_LIB_DRIVER_RUNRECORD_H

#include "Memory.h"
#include "ilbridge/driver/Driver.h"

namespace ilbridge::driver {

struct RunRecord {
  ExitStatus Status = ExitStatus::Clean;
  /// By absolute path; a folder stands for the names in it. Of what must not
  /// be there, too.
  std::vector<std::string> Inputs;
  std::vector<std::string> Outputs;
  /// For a depfile: the inputs that are files, and what they are inputs of.
  std::vector<std::string> Reads, Written;
  std::string Data, Messages; ///< what was printed
};

/// The record of an earlier run under \p Key, if every file in it is as that
/// run left it.
std::optional<RunRecord> recallRun(Memory &M, const cache::Digest &Key);

/// Files that changed while the run went on make that it is not kept.
void rememberRun(Memory &M, const cache::Digest &Key, const RunRecord &R);

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

//===- MemoryFile.h - A file of an input ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_MEMORYFILE_H
#define ILBRIDGE_TEST_FUZZ_MEMORYFILE_H

#include "llvm/ADT/StringRef.h"
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace ilbridge::fuzz {

/// Bytes with a path that is valid during the lifetime of the object.
class MemoryFile {
public:
  explicit MemoryFile(llvm::StringRef Bytes) : File(memfd_create("fuzz", 0)) {
    if (File < 0 ||
        write(File, Bytes.data(), Bytes.size()) != ssize_t(Bytes.size()))
      std::abort();
  }
  ~MemoryFile() { close(File); }
  MemoryFile(const MemoryFile &) = delete;
  MemoryFile &operator=(const MemoryFile &) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(File); }

private:
  int File;
};

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_MEMORYFILE_H

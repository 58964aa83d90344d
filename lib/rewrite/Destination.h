//===- Destination.h - The target of a path ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_DESTINATION_H
#define ILBRIDGE_LIB_REWRITE_DESTINATION_H

#include "ilbridge/system/Files.h"

namespace ilbridge::rewrite {

/// The file at the end of a path and of the symbolic links that it names.
struct Destination {
  enum Kind : char {
    Missing, ///< can be created at Path
    File,    ///< a regular file
    Pipe,    ///< a FIFO, which another process has to read
    Device,  ///< or a socket
    Open,    ///< a descriptor of this process
  } TheKind;
  std::string Path; ///< no symbolic link itself
  int FD = -1;      ///< if it is Open

  bool isStream() const { return TheKind >= Pipe; }

  /// Returns an error for a folder, for a cycle of links, and for a path
  /// through a file.
  static llvm::ErrorOr<Destination> of(llvm::StringRef Path);
};

/// Writes \p Text to a stream.
std::error_code writeStream(const Destination &To, llvm::StringRef Text);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_DESTINATION_H

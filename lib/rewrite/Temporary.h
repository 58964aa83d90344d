//===- Temporary.h - A file that becomes another one ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A temporary file is locked for as long as its process lives, so one that can
// be locked by another process was left by a run that was killed.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_TEMPORARY_H
#define ILBRIDGE_LIB_REWRITE_TEMPORARY_H

#include "ilbridge/system/Files.h"

namespace ilbridge::rewrite {

/// A new file in some folder, which is removed unless it is renamed.
class Temporary {
public:
  /// \p Mode less the umask is its mode.
  static llvm::ErrorOr<Temporary> create(llvm::StringRef Folder, unsigned Mode);
  Temporary(Temporary &&Other) noexcept
      : Path(std::exchange(Other.Path, {})), FD(std::move(Other.FD)),
        Lock(std::move(Other.Lock)) {}
  Temporary &operator=(Temporary &&) = delete;
  ~Temporary();

  int descriptor() const { return FD.get(); }

  /// Makes \p Text all that it has, and closes it. With \p IsDurable, the text
  /// is on the disk then.
  std::error_code fill(llvm::StringRef Text, bool IsDurable);

  /// Gives it the name \p Path, whatever had it before. fill() comes first.
  std::error_code rename(llvm::StringRef Path);

private:
  Temporary(std::string Path, system::Descriptor FD)
      : Path(std::move(Path)), FD(std::move(FD)) {}

  std::string Path; ///< empty: renamed, or moved from
  system::Descriptor FD;
  system::Descriptor Lock; ///< keeps the lock when FD is closed
};

/// Removes what temporary files runs that were killed have left in \p Folder.
void removeTemporaries(llvm::StringRef Folder);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_TEMPORARY_H

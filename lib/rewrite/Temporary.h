//===- Temporary.h - Temporary files ----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A temporary file is locked during the lifetime of its process. If another
// process can lock it, it was left by a killed run.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_TEMPORARY_H
#define ILBRIDGE_LIB_REWRITE_TEMPORARY_H

#include "ilbridge/system/Files.h"

namespace ilbridge::rewrite {

/// A new file in a folder, which is removed unless it is renamed.
class Temporary {
public:
  /// Creates a file with the mode \p Mode, without the bits of the umask.
  static llvm::ErrorOr<Temporary> create(llvm::StringRef Folder, unsigned Mode);
  Temporary(Temporary &&Other) noexcept
      : Path(std::exchange(Other.Path, {})), FD(std::move(Other.FD)),
        Lock(std::move(Other.Lock)) {}
  Temporary &operator=(Temporary &&) = delete;
  ~Temporary();

  int descriptor() const { return FD.get(); }

  /// Writes \p Text as the whole content, and closes the file. With \p
  /// IsDurable, the text is flushed to the disk.
  std::error_code fill(llvm::StringRef Text, bool IsDurable);

  /// Renames the file to \p Path, and replaces an existing file. Call fill()
  /// first.
  std::error_code rename(llvm::StringRef Path);

private:
  Temporary(std::string Path, system::Descriptor FD)
      : Path(std::move(Path)), FD(std::move(FD)) {}

  std::string Path; ///< empty: renamed, or moved from
  system::Descriptor FD;
  system::Descriptor Lock; ///< keeps the lock when FD is closed
};

/// Removes the temporary files that killed runs have left in \p Folder.
void removeTemporaries(llvm::StringRef Folder);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_TEMPORARY_H

//===- Backup.h - Write a file in place ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// While a file is written in place, its content is temporarily neither old nor
// new. Before that, both contents are written to a backup next to it, which is
// removed afterwards:
//
//   backup on the disk ─▶ overwritten ─▶ on the disk ─▶ backup removed
//
// The caller has locked the file, so an existing backup was left by a killed
// run.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_BACKUP_H
#define ILBRIDGE_LIB_REWRITE_BACKUP_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace ilbridge::rewrite {

/// The name of the backup of the file \p Path.
std::string backupPath(llvm::StringRef Path);

/// Whether \p Path has a backup.
bool hasBackup(llvm::StringRef Path);

/// Writes \p New over \p Old, the content of the file \p Path, without
/// replacing the file. After an Error, the file has its old content, or the
/// message states that only the backup has it.
llvm::Error writeInPlace(llvm::StringRef Path, llvm::StringRef Old,
                         llvm::StringRef New);

/// Uses and removes the backup of \p Path, if there is one. \p FD is the file,
/// open for reading; -1 if there is none.
llvm::Error restoreBackup(llvm::StringRef Path, int FD);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_BACKUP_H

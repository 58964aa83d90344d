//===- Recording.h - A file system that records queries --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_RECORDING_H
#define ILBRIDGE_CACHE_RECORDING_H

#include "ilbridge/cache/Inputs.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::cache {

/// Returns a file system that shows \p FS and adds every query and its result
/// to \p To. \p FS has to show the files of the disk.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
recording(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
          std::shared_ptr<Inputs> To);

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_RECORDING_H

//===- Neighbours.h - A folder with an input and others ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_FUZZ_NEIGHBOURS_H
#define ILBRIDGE_TEST_FUZZ_NEIGHBOURS_H

#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::fuzz {

/// The path of the input in the result of withNeighbours().
inline constexpr llvm::StringLiteral InputPath = "/folder/Input.dll";

/// Returns a file system with \p Input, which has to outlive it, and with the
/// assemblies of the folder `neighbours`, to which an input can refer. The
/// folder also contains the input as an assembly that is called Self and as a
/// file whose name has a fingerprint. No file is read from the disk, except by
/// the first call.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withNeighbours(llvm::StringRef Input);

} // namespace ilbridge::fuzz

#endif // ILBRIDGE_TEST_FUZZ_NEIGHBOURS_H

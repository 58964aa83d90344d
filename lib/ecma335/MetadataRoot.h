//===- MetadataRoot.h - The streams of metadata -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ECMA335_METADATAROOT_H
#define ILBRIDGE_LIB_ECMA335_METADATAROOT_H

#include "ilbridge/ecma335/FileView.h"

namespace ilbridge::ecma335 {

/// The metadata root at the beginning of metadata (II.24.2.1, II.24.2.2). The
/// streams are views of the file; data() of a missing stream is null.
struct MetadataRoot {
  llvm::StringRef Version;
  llvm::ArrayRef<uint8_t> Tables;
  bool IsUncompressed = false; ///< the tables are in a stream #-
  llvm::ArrayRef<uint8_t> Strings, UserStrings, Blobs, Guids;
  llvm::ArrayRef<uint8_t> Pdb; ///< only in a Portable PDB
};
llvm::Expected<MetadataRoot> readMetadataRoot(const FileView &File,
                                              llvm::ArrayRef<uint8_t> Metadata);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_LIB_ECMA335_METADATAROOT_H

//===- Manifest.h - The managed model as YAML -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/manifest.md describes the format.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_MANIFEST_H
#define ILBRIDGE_MANAGED_MANIFEST_H

#include "ilbridge/managed/Model.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace ilbridge::managed {

/// The version of the format, which a manifest states as `schema`.
constexpr unsigned ManifestVersion = 1;

/// Writes the declarations of the assembly \p Assembly in \p M, with all types
/// that they use. \p M must be sorted.
void writeManifest(const Model &M, llvm::StringRef Assembly,
                   llvm::raw_ostream &OS);

/// Adds a manifest to \p M. \p Text is not trusted: the Error states the file,
/// line and column.
llvm::Error readManifest(llvm::MemoryBufferRef Text, Model &M);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_MANIFEST_H

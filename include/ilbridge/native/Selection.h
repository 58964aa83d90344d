//===- Selection.h - Which sources have to be parsed ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Few sources of a large program show a function that is exported. Which ones
// can be is seen from their directives, at a small part of what a parse costs.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_SELECTION_H
#define ILBRIDGE_NATIVE_SELECTION_H

#include "ilbridge/cache/Digest.h"
#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/BitVector.h"

namespace ilbridge::native {

/// The part of a file that counts for a choice.
enum class OutlineDepth : uint8_t {
  Directives, ///< they do not lead to an annotation
  Source,     ///< also whether it annotates
  Header,     ///< also every name in it
};

/// A file of which only this counts for a choice. While the digest stays, the
/// choice does.
struct OutlinedFile {
  std::string Path; ///< absolute
  OutlineDepth Depth = OutlineDepth::Directives;
  cache::Digest Outline;
};

struct Selection {
  llvm::BitVector IsChosen; ///< of the inputs
  /// The reason for choosing each input, by its index, as a clause about the
  /// source: "it annotates functions". Empty for inputs that are not chosen.
  std::vector<std::string> Why;
  /// The questions that were asked to choose, with their answers.
  std::shared_ptr<const cache::Inputs> Asked;
  std::vector<OutlinedFile> Files; ///< sorted by path
  /// The macros that annotate, sorted: what outlineDigest() needs.
  std::vector<std::string> Annotating;
};

/// Chooses among \p Inputs, commands for files on the disk:
/// - every source that annotates a function itself;
/// - of the sources that include a header with annotations, as many as it
///   takes to see each such header once in every state of the preprocessor
///   that makes a difference to it. With \p EverySource, all of them.
///
/// A file annotates if it uses a macro that is replaced by an annotation of
/// ilbridge/export.h, or has such an annotation as it is. What is put together
/// with ## or from several strings is not seen. Runs \p Jobs threads; 0: one
/// per core.
Selection select(llvm::ArrayRef<ScanInput> Inputs, const ScanOptions &Options,
                 bool EverySource, unsigned Jobs);

/// The digest of OutlinedFile for the file as it is now.
cache::Digest outlineDigest(llvm::StringRef Path, OutlineDepth Depth,
                            llvm::ArrayRef<std::string> Annotating);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_SELECTION_H

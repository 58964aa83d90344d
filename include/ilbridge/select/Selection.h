//===- Selection.h - Which sources have to be parsed ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only few sources of a large program contain or include an exported function.
// They are found from their preprocessor directives, which costs a small part
// of parsing.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_SELECT_SELECTION_H
#define ILBRIDGE_SELECT_SELECTION_H

#include "ilbridge/cache/Digest.h"
#include "ilbridge/cache/Inputs.h"
#include "ilbridge/command/SourceCommand.h"
#include "llvm/ADT/BitVector.h"

namespace ilbridge::select {

/// The part of a file that affects the selection.
enum class OutlineDepth : uint8_t {
  Directives, ///< it does not reach an annotation
  Source,     ///< also its annotations
  Header,     ///< also every name in it
};

/// A file that affects the selection. The selection is valid as long as the
/// digests are unchanged.
struct OutlinedFile {
  std::string Path; ///< absolute
  OutlineDepth Depth = OutlineDepth::Directives;
  cache::Digest Outline;
};

struct SelectionOptions {
  command::ClangSettings Clang;
  /// The absolute folder to which paths in Selection::Why are relative.
  std::string Root;
  /// The names of functions of the program that register others, in addition to
  /// those of runtimes.
  std::vector<std::string> Registrars;
  /// Selects all sources that include a header with annotations.
  bool EverySource = false;
  unsigned Jobs = 0; ///< number of threads; 0: one per core
};

struct Selection {
  llvm::BitVector IsChosen; ///< for each input
  /// The reason for choosing each input, by its index, as a clause about the
  /// source: "it annotates functions". Empty for inputs that are not chosen.
  std::vector<std::string> Why;
  /// The inputs of the selection.
  std::shared_ptr<const cache::Inputs> Asked;
  std::vector<OutlinedFile> Files; ///< sorted by path
  /// The sorted annotation macros, which outlineDigest() requires.
  std::vector<std::string> Annotating;
};

/// Selects from \p Inputs, which are commands for files on the disk:
/// - every source that annotates a function itself;
/// - of the sources that include a header with annotations, as many as are
/// required to see each such header once in every state of the preprocessor
/// that affects it. With EverySource, all of them.
///
/// A file contains annotations if it uses a macro that expands to an annotation
/// of ilbridge/export.h, or contains such an annotation literally. An
/// annotation that is assembled with ## or from several strings is not
/// recognized.
Selection selectSources(llvm::ArrayRef<command::SourceCommand> Inputs,
                        const SelectionOptions &Options);

/// Returns the current digest of OutlinedFile for the file.
cache::Digest outlineDigest(llvm::StringRef Path, OutlineDepth Depth,
                            llvm::ArrayRef<std::string> Annotating,
                            llvm::ArrayRef<std::string> Registrars);

} // namespace ilbridge::select

#endif // ILBRIDGE_SELECT_SELECTION_H

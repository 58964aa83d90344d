//===- Rewrite.h - Generated text in edited files ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_REWRITE_REWRITE_H
#define ILBRIDGE_REWRITE_REWRITE_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace ilbridge::rewrite {

/// The two lines around generated text in a file that users edit. White space
/// around a marker is ignored; other text is not.
struct Markers {
  std::string Begin;
  std::string End;
};

/// Returns "// ilbridge:begin NAME" and "// ilbridge:end NAME".
Markers regionMarkers(llvm::StringRef Name);

/// Returns \p File with the lines between the markers replaced by \p Text, in
/// the line endings of the begin marker. All other bytes are unchanged. The
/// Error states the file and line of a marker that is missing, duplicated or in
/// the wrong order.
llvm::Expected<std::string> replaceRegion(llvm::MemoryBufferRef File,
                                          const Markers &M,
                                          llvm::StringRef Text);

/// A region of a file, and its new text.
struct Region {
  Markers Around;
  std::string Text;
};

/// Replaces the regions of the file at \p Path, in this order. The text around
/// them is the current text of the file, even if it has changed since the texts
/// were generated. \returns whether the file has changed.
llvm::Expected<bool> updateRegions(llvm::StringRef Path,
                                   llvm::ArrayRef<Region> Regions);

/// \returns the changes as `diff -u` prints them; empty if there are none.
std::string unifiedDiff(llvm::StringRef Old, llvm::StringRef New,
                        llvm::StringRef OldName, llvm::StringRef NewName);

/// Returns a rule for make and ninja: \p Targets depend on \p Inputs.
std::string depfile(llvm::ArrayRef<std::string> Targets,
                    llvm::ArrayRef<std::string> Inputs);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_REWRITE_REWRITE_H

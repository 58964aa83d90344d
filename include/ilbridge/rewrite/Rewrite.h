//===- Rewrite.h - Generated text between what people write -----*- C++ -*-===//
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

/// The two lines around text that a program writes into a file that people
/// edit. White space around a marker does not count, other text does.
struct Markers {
  std::string Begin;
  std::string End;
};

/// "// ilbridge:begin NAME" and "// ilbridge:end NAME".
Markers regionMarkers(llvm::StringRef Name);

/// \p File with the lines between the markers replaced by \p Text, in the line
/// endings of the begin marker; all else byte for byte as it was. The Error
/// names file and line of a marker that is missing, doubled or crossed.
llvm::Expected<std::string> replaceRegion(llvm::MemoryBufferRef File,
                                          const Markers &M,
                                          llvm::StringRef Text);

/// Lines of a file that a program writes, and what they become.
struct Region {
  Markers Around;
  std::string Text;
};

/// Replaces the regions of the file at \p Path, in this order. What stands
/// around them is as the file has it now, whatever it was when the texts were
/// made. \returns whether the file changed.
llvm::Expected<bool> updateRegions(llvm::StringRef Path,
                                   llvm::ArrayRef<Region> Regions);

/// \returns the changes as `diff -u` prints them; empty if there are none.
std::string unifiedDiff(llvm::StringRef Old, llvm::StringRef New,
                        llvm::StringRef OldName, llvm::StringRef NewName);

/// A rule for make and ninja: \p Targets were made from \p Inputs.
std::string depfile(llvm::ArrayRef<std::string> Targets,
                    llvm::ArrayRef<std::string> Inputs);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_REWRITE_REWRITE_H

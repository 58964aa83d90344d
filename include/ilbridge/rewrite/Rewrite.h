//===- Rewrite.h - Put generated text into files ----------------*- C++ -*-===//
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

/// What stands in the file at \p Path; nothing where there is none.
llvm::Expected<std::optional<std::string>> readFile(llvm::StringRef Path);

/// Makes \p Text the content of \p Path, through a temporary file and a
/// rename, so that nobody ever sees half of it. A file that has this content
/// already is not touched. Follows symbolic links, makes missing folders.
/// \returns whether the file changed.
llvm::Expected<bool> writeIfChanged(llvm::StringRef Path, llvm::StringRef Text);

/// What would change, as `diff -u` prints it; empty where nothing would.
std::string unifiedDiff(llvm::StringRef Old, llvm::StringRef New,
                        llvm::StringRef OldName, llvm::StringRef NewName);

/// A rule for make and ninja: \p Targets were made from \p Inputs.
std::string depfile(llvm::ArrayRef<std::string> Targets,
                    llvm::ArrayRef<std::string> Inputs);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_REWRITE_REWRITE_H

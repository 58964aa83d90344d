//===- FileParts.h - The parts of an output ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Without the option `in-source`, an output has one part, its file. With it,
// functions that no header declares are registered in the source that defines
// them: each of these sources has a part, in a region, and the main part refers
// to these parts.
//
// A backend that supports `in-source` plans and prints each part, and prints
// the references to the other parts in the main part.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_FILEPARTS_H
#define ILBRIDGE_LIB_EMIT_FILEPARTS_H

#include "ilbridge/emit/Backend.h"

namespace ilbridge::emit {

struct FilePart {
  PlannedFile Where;
  /// Distinguishes the part of a source from the others, and can be used in an
  /// identifier; empty for the main part.
  std::string Suffix;
  std::vector<const match::Binding *> Bindings;

  bool isInSource() const { return !Suffix.empty(); }
};

/// Returns the parts of an output, in the order of their sources; the main part
/// is last. \param Region the name of the regions in sources.
std::vector<FilePart> fileParts(const OutputRequest &Request,
                                const BindingInputs &In,
                                llvm::StringRef Region);

/// Returns the text of a source's region. The text is hidden from scans,
/// because a scan must not depend on the output of an earlier run.
std::string hiddenFromScan(llvm::StringRef Text);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_FILEPARTS_H

//===- FileParts.h - Which text goes into which file ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Without the option `in-source` an output has one part, its file. With it, the
// functions that no header declares are served where they are defined: each of
// their sources has a part, in a region, and the main part refers to these.
//
// A backend that understands `in-source` plans and prints each part, and says
// in the main part's text what refers to the others.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_FILEPARTS_H
#define ILBRIDGE_LIB_EMIT_FILEPARTS_H

#include "ilbridge/emit/Backend.h"

namespace ilbridge::emit {

struct FilePart {
  PlannedFile Where;
  /// Distinguishes a source's part from the others, and can be part of an
  /// identifier; empty: this is the main part.
  std::string Suffix;
  std::vector<const match::Binding *> Bindings;

  bool isInSource() const { return !Suffix.empty(); }
};

/// The parts of an output, in the order of their sources; the main part is the
/// last one.
/// \param Region the name of the regions in sources.
std::vector<FilePart> fileParts(const OutputRequest &Request,
                                const BindingInputs &In,
                                llvm::StringRef Region);

/// The text for a source's region. A scan has no need of it and must not depend
/// on what an earlier run wrote, so it does not see it.
std::string hiddenFromScan(llvm::StringRef Text);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_FILEPARTS_H

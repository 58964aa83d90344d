//===- SourceEdits.h - Edits of C# declarations -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_SOURCEEDITS_H
#define ILBRIDGE_MANAGED_SOURCEEDITS_H

#include "ilbridge/managed/SourceLocations.h"

namespace ilbridge::managed {

/// Translates \p Edit into an edit of the text of the declaration at \p At.
/// Returns nullopt if the declaration is not known, or if its form does not
/// permit the edit.
std::optional<FixIt> fixIn(const SourceLocations::DeclarationLocation &At,
                           const ManagedEdit &Edit);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_SOURCEEDITS_H

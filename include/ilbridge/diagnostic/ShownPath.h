//===- ShownPath.h - Paths in findings and in facts -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DIAGNOSTIC_SHOWNPATH_H
#define ILBRIDGE_DIAGNOSTIC_SHOWNPATH_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ilbridge {

/// Returns \p Path, which is absolute or relative to \p Directory, as findings
/// and facts show it: with forward slashes, and relative to \p Root if it is
/// below it.
std::string shownPath(llvm::StringRef Path, llvm::StringRef Directory,
                      llvm::StringRef Root);

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_SHOWNPATH_H

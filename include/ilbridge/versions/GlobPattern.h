//===- GlobPattern.h - Patterns of versions of LLVM -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_VERSIONS_GLOBPATTERN_H
#define ILBRIDGE_VERSIONS_GLOBPATTERN_H

#include "llvm/Support/GlobPattern.h"

namespace ilbridge::versions {

/// Parses a pattern that has at most \p MaxAlternatives by its braces, which
/// LLVM 17 does not know.
inline llvm::Expected<llvm::GlobPattern> createGlob(llvm::StringRef Pattern,
                                                    size_t MaxAlternatives) {
#if LLVM_VERSION_MAJOR >= 18
  return llvm::GlobPattern::create(Pattern, MaxAlternatives);
#else
  (void)MaxAlternatives;
  if (Pattern.contains('{'))
    return llvm::createStringError(
        "this build of ilbridge, with LLVM 17, knows no braces in patterns");
  return llvm::GlobPattern::create(Pattern);
#endif
}

} // namespace ilbridge::versions

#endif // ILBRIDGE_VERSIONS_GLOBPATTERN_H

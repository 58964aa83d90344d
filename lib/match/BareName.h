//===- BareName.h - Names without language conventions ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_BARENAME_H
#define ILBRIDGE_LIB_MATCH_BARENAME_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ilbridge::match {

/// Returns the common form of "m_fooBar", "FooBar", "foo_bar" and "pos.fooBar":
/// the last component, in lower case, without underscores and prefixes.
std::string bareName(llvm::StringRef Name);

/// Applies bareName() to each component of a path: "pos.foobar".
std::string barePath(llvm::StringRef Path);

/// Whether \p Name is the name of a field that only fills a gap: "_pad0",
/// "reserved[2]".
bool isFiller(llvm::StringRef Name);
/// Whether a name says that a field has no meaning yet, as that of the space
/// that a library keeps for later versions.
bool isReserve(llvm::StringRef Name);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_BARENAME_H

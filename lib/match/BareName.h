//===- BareName.h - Names as both languages would have them -----*- C++ -*-===//
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

/// The name that is left of "m_fooBar", "FooBar", "foo_bar" and "pos.fooBar":
/// the last one, in lower case, without underscores.
std::string bareName(llvm::StringRef Name);

/// The same for every name of a path: "pos.foobar".
std::string barePath(llvm::StringRef Path);

/// Whether \p Name is that of a field which only fills a gap: "_pad0",
/// "reserved[2]".
bool isFiller(llvm::StringRef Name);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_BARENAME_H

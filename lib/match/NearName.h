//===- NearName.h - Names for suggestions -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_NEARNAME_H
#define ILBRIDGE_LIB_MATCH_NEARNAME_H

#include "llvm/ADT/StringRef.h"

namespace ilbridge::match {

/// Whether the names differ only in case, or so little that a typing error is
/// likely, and their distance is smaller than \p Best, which then becomes that
/// distance.
bool isNearer(llvm::StringRef A, llvm::StringRef B, unsigned &Best);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_NEARNAME_H

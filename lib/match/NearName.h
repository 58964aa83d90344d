//===- NearName.h - Names that may be meant ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_NEARNAME_H
#define ILBRIDGE_LIB_MATCH_NEARNAME_H

#include "llvm/ADT/StringRef.h"

namespace ilbridge::match {

/// Whether they are close enough for a slip of the hand, or of the upper case,
/// and closer than \p Best, which becomes their distance.
bool isNearer(llvm::StringRef A, llvm::StringRef B, unsigned &Best);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_NEARNAME_H

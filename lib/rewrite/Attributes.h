//===- Attributes.h - What belongs to a file beside its content -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_ATTRIBUTES_H
#define ILBRIDGE_LIB_REWRITE_ATTRIBUTES_H

namespace ilbridge::rewrite {

/// Gives the open file \p To the owner, the group, the mode and the extended
/// attributes (among them access control lists) of \p From. \returns false if
/// one of them cannot be given.
bool copyAttributes(int From, int To);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_ATTRIBUTES_H

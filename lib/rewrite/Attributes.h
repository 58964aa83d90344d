//===- Attributes.h - Attributes of files -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REWRITE_ATTRIBUTES_H
#define ILBRIDGE_LIB_REWRITE_ATTRIBUTES_H

namespace ilbridge::rewrite {

/// Copies the owner, the group, the mode and the extended attributes (including
/// access control lists) of \p From to the open file \p To. \returns false if
/// one of them cannot be set.
bool copyAttributes(int From, int To);

} // namespace ilbridge::rewrite

#endif // ILBRIDGE_LIB_REWRITE_ATTRIBUTES_H

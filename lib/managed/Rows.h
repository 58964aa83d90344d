//===- Rows.h - Lenient access to rows and texts ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A search reads many rows, and most of them are not relevant. It ignores a
// malformed row or text.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_ROWS_H
#define ILBRIDGE_LIB_MANAGED_ROWS_H

#include "ilbridge/managed/AssemblySet.h"

namespace ilbridge::managed {

/// The maximum length of a chain of forwarders and nested references, which can
/// be cyclic in a malformed file.
inline constexpr unsigned MaxHops = 64;

inline llvm::StringRef text(const Assembly &A, ecma335::StringIndex I) {
  llvm::Expected<llvm::StringRef> Text = A->string(I);
  if (!Text) {
    llvm::consumeError(Text.takeError()); // a search ignores it
    return "";
  }
  return *Text;
}

template <typename Row>
std::optional<Row> rowIfAny(const Assembly &A, ecma335::Rid<Row> R) {
  llvm::Expected<Row> Found = A->row(R);
  if (Found)
    return *Found;
  llvm::consumeError(Found.takeError()); // a search ignores it
  return std::nullopt;
}

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_ROWS_H

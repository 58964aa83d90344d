//===- Names.h - Numbered identifiers ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_NAMES_H
#define ILBRIDGE_LIB_SELECT_NAMES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <mutex>
#include <vector>

namespace ilbridge::select {

/// Assigns numbers to identifiers. ids() may be called from several threads.
class Names {
public:
  using Id = unsigned;
  /// The numbers of \p Texts, in their order.
  std::vector<Id> ids(llvm::ArrayRef<llvm::StringRef> Texts);
  llvm::StringRef text(Id Name) const { return Texts[Name]; }
  size_t size() const { return Texts.size(); }

private:
  std::mutex Lock;
  llvm::StringMap<Id> Known;
  std::vector<llvm::StringRef> Texts; ///< in Known
};

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_NAMES_H

//===- Alternatives.h - Notes about one of many alternatives ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_ALTERNATIVES_H
#define ILBRIDGE_LIB_MATCH_ALTERNATIVES_H

#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace ilbridge::match {

/// The maximum number of alternatives in the notes of a finding. Otherwise,
/// each of many functions with one name would list all others.
constexpr size_t MostShown = 8;

/// Adds notes for \p Count alternatives, of which \p Some are the first. \p Add
/// makes a note from an alternative and a text to append.
template <typename T, typename Function>
void noteSome(llvm::ArrayRef<T> Some, size_t Count, Function Add) {
  llvm::ArrayRef<T> Shown = Some.take_front(MostShown);
  for (const T &Each : Shown)
    Add(Each, &Each != &Shown.back() || Count == Shown.size()
                  ? std::string()
                  : "; " + std::to_string(Count - Shown.size()) +
                        " more are not shown");
}

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_ALTERNATIVES_H

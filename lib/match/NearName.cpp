//===- NearName.cpp - Names for suggestions -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NearName.h"
#include <algorithm>

namespace ilbridge::match {

bool isNearer(llvm::StringRef A, llvm::StringRef B, unsigned &Best) {
  if (!Best)
    return false;
  if (A.equals_insensitive(B)) {
    Best = 0;
    return true;
  }
  unsigned Limit = std::max<size_t>(1, std::min(A.size(), B.size()) / 3);
  Limit = std::min(Limit, Best - 1);
  if (!Limit)
    return false;
  // A common prefix or suffix costs time and does not change the distance.
  while (!A.empty() && !B.empty() && A.front() == B.front()) {
    A = A.drop_front();
    B = B.drop_front();
  }
  while (!A.empty() && !B.empty() && A.back() == B.back()) {
    A = A.drop_back();
    B = B.drop_back();
  }
  if (Limit == 1 && std::max(A.size(), B.size()) > 1)
    return false;
  unsigned Distance = A.edit_distance(B, true, Limit);
  if (Distance > Limit)
    return false;
  Best = Distance;
  return true;
}

} // namespace ilbridge::match

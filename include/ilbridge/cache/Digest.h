//===- Digest.h - Short names for contents ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CACHE_DIGEST_H
#define ILBRIDGE_CACHE_DIGEST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/BLAKE3.h"
#include <string>
#include <vector>

namespace ilbridge::cache {

/// 128 bits of BLAKE3 as 32 hexadecimal digits.
using Digest = std::string;

/// Computes the digest of a sequence of strings, including their
/// boundaries.
class Hasher {
public:
  Hasher &add(llvm::StringRef Text);
  Hasher &addAll(llvm::ArrayRef<std::string> Texts);
  Digest finish();

private:
  llvm::BLAKE3 State;
};

Digest digest(llvm::StringRef Text);

/// \returns the digest of a set of names; their order does not matter.
Digest digestOfNames(std::vector<std::string> Names);

} // namespace ilbridge::cache

#endif // ILBRIDGE_CACHE_DIGEST_H

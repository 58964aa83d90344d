//===- Digest.cpp - Short names for contents ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Digest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"

namespace ilbridge::cache {

Hasher &Hasher::add(llvm::StringRef Text) {
  uint8_t Size[8];
  llvm::support::endian::write64le(Size, Text.size());
  State.update(Size);
  State.update(Text);
  return *this;
}

Hasher &Hasher::addAll(llvm::ArrayRef<std::string> Texts) {
  add(llvm::utostr(Texts.size()));
  for (const std::string &Text : Texts)
    add(Text);
  return *this;
}

Digest Hasher::finish() {
  return llvm::toHex(State.final<16>(), /*LowerCase=*/true);
}

Digest digest(llvm::StringRef Text) { return Hasher().add(Text).finish(); }

Digest digestOfNames(std::vector<std::string> Names) {
  llvm::sort(Names);
  return Hasher().addAll(Names).finish();
}

} // namespace ilbridge::cache

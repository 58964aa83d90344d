//===- Binding.cpp - A managed method and its native function -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/match/Binding.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

llvm::StringRef name(Passing P) {
  static constexpr llvm::StringRef Names[] = {
      "nothing", "cast",   "address",  "dereferenced", "record",   "object",
      "utf-8",   "utf-16", "elements", "callback",     "unwrapped"};
  return Names[static_cast<unsigned>(P)];
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Binding &B) {
  return OS << *B.Managed << " = " << *B.Native;
}

/// The part of a library's name that does not depend on the platform.
static llvm::StringRef stem(llvm::StringRef Library) {
  Library =
      Library.rsplit('/').second.empty() ? Library : Library.rsplit('/').second;
  for (llvm::StringRef Extension : {".dll", ".so", ".dylib", ".bundle"})
    if (size_t At = Library.lower().find(Extension); At != std::string::npos)
      Library = Library.take_front(At);
  if (Library.size() > 3 && Library.starts_with("lib"))
    Library = Library.drop_front(3);
  return Library;
}

bool isSameLibrary(llvm::StringRef A, llvm::StringRef B) {
  return stem(A).equals_insensitive(stem(B));
}

} // namespace ilbridge::match

//===- BareName.cpp - Names without language conventions ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BareName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::match {

std::string bareName(llvm::StringRef Name) {
  Name = Name.substr(Name.rfind('.') + 1);
  if (!Name.consume_front("m_"))
    Name.consume_front("s_");
  std::string Bare;
  for (char C : Name)
    if (C != '_')
      Bare += llvm::toLower(C);
  return Bare;
}

std::string barePath(llvm::StringRef Path) {
  llvm::SmallVector<llvm::StringRef, 4> Names;
  Path.split(Names, '.');
  std::string Bare;
  for (llvm::StringRef Name : Names)
    Bare += (Bare.empty() ? "" : ".") + bareName(Name);
  return Bare;
}

bool isFiller(llvm::StringRef Name) {
  std::string Bare = bareName(Name.take_until([](char C) { return C == '['; }));
  static constexpr llvm::StringLiteral Words[] = {
      "pad", "reserved", "unused", "dummy", "fill", "spare", "align"};
  return Bare.empty() || llvm::any_of(Words, [&](llvm::StringRef Word) {
           return llvm::StringRef(Bare).contains(Word);
         });
}

bool isReserve(llvm::StringRef Name) {
  std::string Bare = bareName(Name.take_until([](char C) { return C == '['; }));
  return llvm::StringRef(Bare).starts_with("reserved") ||
         llvm::StringRef(Bare).starts_with("unused") ||
         llvm::StringRef(Bare).starts_with("spare");
}

} // namespace ilbridge::match

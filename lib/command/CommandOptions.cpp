//===- CommandOptions.cpp - The options of a command ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandOptions.h"
#include "ilbridge/versions/Clang.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/OptTable.h"

namespace ilbridge::command {

CommandOptions::CommandOptions(llvm::ArrayRef<std::string> Args, bool IsCL) {
  for (const std::string &Arg : Args)
    Raw.push_back(Arg.c_str());
  unsigned MissingIndex, MissingCount;
  Parsed = versions::parseOptions(Raw, IsCL, MissingIndex, MissingCount);
  // An option without its value is not parsed. It ends the command.
  if (MissingCount != 0)
    Raw.resize(MissingIndex);
  for (const llvm::opt::Arg *A : Parsed)
    Begins.push_back(A->getIndex());
}

llvm::ArrayRef<const char *>
CommandOptions::words(const llvm::opt::Arg &A) const {
  auto Next = llvm::upper_bound(Begins, A.getIndex());
  size_t End = Next == Begins.end() ? Raw.size() : *Next;
  return llvm::ArrayRef(Raw).slice(A.getIndex(), End - A.getIndex());
}

std::string CommandOptions::shown(const llvm::opt::Arg &A) const {
  std::string Text;
  for (const char *Word : words(A))
    Text += (Text.empty() ? "" : " ") + std::string(Word);
  return Text;
}

} // namespace ilbridge::command

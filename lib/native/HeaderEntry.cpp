//===- HeaderEntry.cpp - Headers without annotations ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/HeaderEntry.h"
#include "ilbridge/versions/GlobPattern.h"

namespace ilbridge::native {

/// The limit for alternatives such as "{a,b}" in one pattern.
static constexpr size_t MaxAlternatives = 1024;

llvm::Expected<FunctionPatterns>
FunctionPatterns::create(llvm::ArrayRef<std::string> Texts) {
  FunctionPatterns Result;
  Result.All.reserve(Texts.size()); // Glob refers to the texts in it
  for (const std::string &Text : Texts) {
    Pattern &Each = Result.All.emplace_back();
    Each.Text = Text;
    llvm::StringRef Glob = Each.Text;
    Each.Excludes = Glob.consume_front("!");
    if (Glob.empty())
      return llvm::createStringError(
          "'" + Text + "' is not a pattern of names: it is empty");
    if (llvm::Error E =
            versions::createGlob(Glob, MaxAlternatives).moveInto(Each.Glob))
      return llvm::createStringError(
          "'" + Text +
          "' is not a pattern of names: " + llvm::toString(std::move(E)));
  }
  return Result;
}

bool FunctionPatterns::fits(llvm::StringRef Name) const {
  // If the first pattern excludes, as in "!gtk_foo", all others match.
  bool Fits = All.empty() || All.front().Excludes;
  for (const Pattern &Each : All)
    if (Each.Glob.match(Name)) {
      Each.IsUsed = true;
      Fits = !Each.Excludes;
    }
  return Fits;
}

std::vector<std::string> FunctionPatterns::unused() const {
  std::vector<std::string> Result;
  for (const Pattern &Each : All)
    if (!Each.IsUsed)
      Result.push_back(Each.Text);
  return Result;
}

} // namespace ilbridge::native

//===- Compilers.cpp - Untrusted compilers --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any command line and any output of a compiler, a name, flags and an
// answer are found or not, and a stored answer can be read again.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "command/CompilerAnswer.h"
#include "command/CompilerCall.h"
#include "llvm/ADT/StringExtras.h"
#include <cstdlib>

using namespace ilbridge::command;

static void readCall(llvm::StringRef Words) {
  std::vector<std::string> Line;
  for (llvm::StringRef Word : llvm::split(Words, ' '))
    Line.push_back(Word.str());
  CompilerCall Call = compilerCall(Line);
  if (Call.Begin > Line.size())
    std::abort();
  (void)namesTarget(Line);
  (void)targetFlags(Line, "/w");
  for (const std::string &Arch : architectures(Line))
    if (architectures(withArchitecture(Line, Arch)) !=
        std::vector<std::string>{Arch})
      std::abort();
}

/// Checks that the answer can be read again as text() writes it, except for
/// parts that a line cannot contain.
static void readAgain(const CompilerAnswer &A) {
  std::optional<CompilerAnswer> Again = readAnswer(text(A));
  if (!Again || text(*Again) != text(A))
    std::abort();
}

void ilbridge::fuzz::compilers(llvm::StringRef Input) {
  auto [Words, Printed] = Input.split('\n');
  readCall(Words);
  if (std::optional<CompilerAnswer> A = parseAnswer(Printed))
    readAgain(*A);
  if (std::optional<CompilerAnswer> A = readAnswer(Printed))
    readAgain(*A);
}

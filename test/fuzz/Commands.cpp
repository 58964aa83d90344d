//===- Commands.cpp - Compile commands from anywhere ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the database says: it is refused, or each of its commands becomes
// one that a scan can run, which names no output.
//
//===----------------------------------------------------------------------===//

#include "native/Commands.h"
#include "Targets.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include <cstdlib>

using namespace ilbridge;

void fuzz::commands(llvm::StringRef Input) {
  using namespace clang::tooling;
  std::string Why;
  auto Database = JSONCompilationDatabase::loadFromBuffer(
      Input, Why, JSONCommandLineSyntax::Gnu);
  if (!Database)
    return;
  native::ScanOptions Options;
  Options.Root = "/root";
  for (const CompileCommand &Command : Database->getAllCompileCommands()) {
    // Such an entry is refused where databases are read.
    if (Command.CommandLine.empty() || Command.CommandLine.front().empty())
      continue;
    native::ScanInput Source;
    Source.Command = Command;
    if (llvm::is_contained(native::adjustedCommand(Source, Options), "-o"))
      std::abort();
  }
}

//===- Commands.cpp - Untrusted compile commands --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any database is rejected, or each of its commands becomes a command that a
// scan can run and that names no output.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Commands.h"
#include "Targets.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include <cstdlib>

using namespace ilbridge;

/// Whether Clang's driver finds an output in the arguments after the program.
/// "-o" can also be the value of another option.
static bool namesOutput(llvm::ArrayRef<std::string> Command) {
  llvm::SmallVector<const char *> Words;
  for (const std::string &Word : Command.drop_front())
    Words.push_back(Word.c_str());
  unsigned MissingIndex, MissingCount;
  return versions::driverOptions()
      .ParseArgs(Words, MissingIndex, MissingCount)
      .hasArg(versions::options::OPT_o);
}

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
    // The reader of databases rejects such an entry.
    if (Command.CommandLine.empty() || Command.CommandLine.front().empty())
      continue;
    native::ScanInput Source;
    Source.Command = Command;
    if (namesOutput(native::adjustedCommand(Source, Options)))
      std::abort();
  }
}

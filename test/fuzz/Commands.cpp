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
#include "clang/Driver/Options.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include <cstdlib>

using namespace ilbridge;

/// Whether Clang's driver finds an output in the words behind the program. "-o"
/// can also be the value of another option.
static bool namesOutput(llvm::ArrayRef<std::string> Command) {
  llvm::SmallVector<const char *> Words;
  for (const std::string &Word : Command.drop_front())
    Words.push_back(Word.c_str());
  unsigned MissingIndex, MissingCount;
  return clang::driver::getDriverOptTable()
      .ParseArgs(Words, MissingIndex, MissingCount)
      .hasArg(clang::driver::options::OPT_o);
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
    // Such an entry is refused where databases are read.
    if (Command.CommandLine.empty() || Command.CommandLine.front().empty())
      continue;
    native::ScanInput Source;
    Source.Command = Command;
    if (namesOutput(native::adjustedCommand(Source, Options)))
      std::abort();
  }
}

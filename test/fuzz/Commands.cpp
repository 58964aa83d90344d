//===- Commands.cpp - Untrusted compile commands --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any database is rejected, or each of its commands becomes a command that a
// scan can run and that names no output. If the length of an input is odd, its
// compiler has been asked.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/Commands.h"
#include "Targets.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include <cstdlib>

using namespace ilbridge;

/// Whether Clang's driver finds an output in the arguments after the program.
/// "-o" can also be the value of another option.
static bool namesOutput(llvm::ArrayRef<std::string> Command) {
  // The driver compares each word with many options.
  if (llvm::none_of(Command, [](llvm::StringRef Word) {
        return Word.starts_with("-o") || Word.starts_with("--o") ||
               Word.starts_with("/o");
      }))
    return false;
  llvm::SmallVector<const char *> Words;
  for (const std::string &Word : Command.drop_front())
    Words.push_back(Word.c_str());
  unsigned MissingIndex, MissingCount;
  return versions::driverOptions()
      .ParseArgs(Words, MissingIndex, MissingCount)
      .hasArg(versions::options::OPT_o);
}

/// A compiler that has told its target and each kind of folder.
static std::shared_ptr<const command::Compiler> compiler() {
  auto C = std::make_shared<command::Compiler>();
  C->Program = "/usr/bin/arm-linux-gnueabihf-g++";
  C->Mode = "g++";
  C->Triple = "arm-linux-gnueabihf";
  C->Sysroot = "/sysroot";
  C->Flags = {"-mfloat-abi=hard"};
  C->HasAnswered = true;
  C->Folders = {{"/frameworks", true, false},
                {"/own", false, true},
                {"/own-fixed", false, true},
                {"/usr/include", false, false}};
  return C;
}

void fuzz::commands(llvm::StringRef Input) {
  using namespace clang::tooling;
  std::string Why;
  auto Database = JSONCompilationDatabase::loadFromBuffer(
      Input, Why, JSONCommandLineSyntax::Gnu);
  if (!Database)
    return;
  static const std::shared_ptr<const command::Compiler> By = compiler();
  command::ClangSettings Settings;
  Settings.ResourceDir = "/resources";
  for (const CompileCommand &Command : Database->getAllCompileCommands()) {
    // The reader of databases rejects such an entry.
    if (Command.CommandLine.empty() || Command.CommandLine.front().empty())
      continue;
    command::SourceCommand Source;
    Source.Command = Command;
    if (Input.size() % 2)
      Source.By = By;
    std::vector<std::string> Unknown;
    if (namesOutput(command::adjustedCommand(Source, Settings, &Unknown)))
      std::abort();
  }
}

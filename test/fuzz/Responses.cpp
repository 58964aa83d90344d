//===- Responses.cpp - Files of arguments from anywhere -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever a response file says, of itself as well: the command that names it
// becomes one that a scan can run, as a compiler of Unix and of Windows reads
// it.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/command/Commands.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/StringSaver.h"

using namespace ilbridge;

static void expand(llvm::StringRef Compiler, llvm::StringRef Input,
                   llvm::cl::TokenizerCallback Tokenizer) {
  llvm::vfs::InMemoryFileSystem FS;
  FS.setCurrentWorkingDirectory("/w");
  FS.addFile("/w/a", 0, llvm::MemoryBuffer::getMemBuffer(Input, "", false));
  llvm::BumpPtrAllocator Memory;
  llvm::cl::ExpansionContext Expansion(Memory, Tokenizer);
  Expansion.setVFS(&FS).setCurrentDir("/w").setRelativeNames(true);
  llvm::SmallVector<const char *, 32> Args = {"@a", "f.cpp"};
  if (llvm::Error E = Expansion.expandResponseFiles(Args))
    return llvm::consumeError(std::move(E));
  std::vector<std::string> Line = {Compiler.str()};
  Line.insert(Line.end(), Args.begin(), Args.end());
  command::SourceCommand Source;
  Source.Command = {"/w", "f.cpp", Line, ""};
  (void)command::adjustedCommand(Source, {});
}

// Reading a file is cheap beside what follows it, the comparison of each word
// with all options of Clang's driver. An input is therefore read in one of the
// two syntaxes.
void ilbridge::fuzz::responses(llvm::StringRef Input) {
  if (Input.size() % 2 == 0)
    expand("c++", Input, llvm::cl::TokenizeGNUCommandLine);
  else
    expand("cl", Input, llvm::cl::TokenizeWindowsCommandLine);
}

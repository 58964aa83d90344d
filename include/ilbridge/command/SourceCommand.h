//===- SourceCommand.h - A source and its compile command -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_COMMAND_SOURCECOMMAND_H
#define ILBRIDGE_COMMAND_SOURCECOMMAND_H

#include "ilbridge/cache/Digest.h"
#include "clang/Tooling/CompilationDatabase.h"
#include <memory>
#include <string>
#include <vector>

namespace ilbridge::command {

/// The settings with which Clang emulates the compiler of a command.
struct Compiler {
  struct Folder {
    std::string Path; ///< absolute
    bool IsFramework = false;
    /// Contains the compiler's own headers, which Clang's own replace.
    bool IsOwn = false;
  };

  /// The path that Clang treats as its own: it searches headers next to it.
  std::string Program;
  std::string Mode;               ///< mode of Clang's driver: gcc, g++ or cl
  std::string Triple;             ///< empty: what the command says
  std::string Sysroot;            ///< empty: what the command says
  std::vector<std::string> Flags; ///< flags that the compiler adds by default
  bool HasAnswered = false;       ///< then Folders is complete
  std::string WhyNot;             ///< why HasAnswered is false
  std::vector<Folder> Folders;    ///< its header folders, in order
  /// The digest of all of the above.
  cache::Digest Identity;
};

/// One compilation of a source. The command line begins with the compiler
/// itself.
struct SourceCommand {
  clang::tooling::CompileCommand Command;
  /// The compiler of the command; null: Clang, as the command says.
  std::shared_ptr<const Compiler> By = nullptr;
};

/// The settings of a run with which Clang reads every source.
struct ClangSettings {
  /// The folder of Clang's own headers, unless the command names one.
  std::string ResourceDir;
  /// Arguments that are appended to every command.
  std::vector<std::string> ExtraArgs;
};

} // namespace ilbridge::command

#endif // ILBRIDGE_COMMAND_SOURCECOMMAND_H

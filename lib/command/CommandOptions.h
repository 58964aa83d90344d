//===- CommandOptions.h - The options of a command --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_COMMAND_COMMANDOPTIONS_H
#define ILBRIDGE_LIB_COMMAND_COMMANDOPTIONS_H

#include "llvm/Option/ArgList.h"

namespace ilbridge::command {

/// The options of a command, with their original spelling.
class CommandOptions {
public:
  /// Parses \p Args, the arguments after the program, with the option table of
  /// Clang's driver. They have to outlive the object.
  CommandOptions(llvm::ArrayRef<std::string> Args, bool IsCL);

  const llvm::opt::InputArgList &all() const { return Parsed; }
  /// Returns the arguments from which \p A was parsed.
  llvm::ArrayRef<const char *> words(const llvm::opt::Arg &A) const;
  /// Returns these arguments, as they are displayed to the user.
  std::string shown(const llvm::opt::Arg &A) const;

private:
  std::vector<const char *> Raw;
  llvm::opt::InputArgList Parsed;
  std::vector<unsigned> Begins;
};

} // namespace ilbridge::command

#endif // ILBRIDGE_LIB_COMMAND_COMMANDOPTIONS_H

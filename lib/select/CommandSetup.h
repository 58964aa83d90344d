//===- CommandSetup.h - Search path and macros of a command -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_COMMANDSETUP_H
#define ILBRIDGE_LIB_SELECT_COMMANDSETUP_H

#include "ilbridge/cache/Inputs.h"
#include <string>
#include <vector>

namespace ilbridge::select {

/// The folders in which headers are searched, in order, and the predefined text
/// before a source.
struct CommandSetup {
  struct Folder {
    std::string Path; ///< absolute
    bool IsSystem = false;
  };
  std::vector<Folder> Quoted;      ///< searched for "…" before Angled
  std::vector<Folder> Angled;      ///< searched for both
  std::vector<std::string> Forced; ///< -include, -imacros
  /// The #define lines of the compiler, the target and the command, as Clang
  /// puts them before a source.
  std::string Predefines;
  /// The macros that the command itself defines or undefines.
  std::vector<std::string> Named;
  /// Macros without a #define, like __FILE__.
  std::vector<std::string> BuiltIn;
  bool IsCxx = false;
  /// All other options that affect the meaning of text.
  std::string Options;
  /// Why headers may be found in ways that are not supported here; empty if
  /// everything is supported.
  std::string Unknown;
};

/// \p Line is the command of the scan, in the folder \p Directory. Inputs are
/// added to \p Asked.
CommandSetup describeCommand(llvm::StringRef Directory,
                             llvm::ArrayRef<std::string> Line,
                             const std::shared_ptr<cache::Inputs> &Asked);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_COMMANDSETUP_H

//===- CompilerAnswer.h - What a compiler prints about itself ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   output of -E -v ──parseAnswer──▶ CompilerAnswer ──text──▶ stored text
//                                          ▲                      │
//                                          └──────readAnswer──────┘
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_COMMAND_COMPILERANSWER_H
#define ILBRIDGE_LIB_COMMAND_COMPILERANSWER_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::command {

struct CompilerAnswer {
  struct Folder {
    std::string Path; ///< absolute
    bool IsFramework = false;
    auto operator<=>(const Folder &) const = default;
  };

  std::string Triple;
  /// Default flags of the compiler that affect its ABI.
  std::vector<std::string> Flags;
  /// The folders for `#include <…>` after those of the command, in order.
  std::vector<Folder> Folders;
  /// Folders that it would have searched, but that do not exist.
  std::vector<std::string> Missing;
};

/// Parses the output of a compiler. Returns nullopt if it does not contain a
/// complete list of folders.
std::optional<CompilerAnswer> parseAnswer(llvm::StringRef Printed);

/// Serializes an answer, and parses it; nullopt if \p Text is invalid.
std::string text(const CompilerAnswer &A);
std::optional<CompilerAnswer> readAnswer(llvm::StringRef Text);

} // namespace ilbridge::command

#endif // ILBRIDGE_LIB_COMMAND_COMPILERANSWER_H

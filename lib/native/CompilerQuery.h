//===- CompilerQuery.h - Queries a compiler ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   PROGRAM FLAGS -E -v -x c++ /dev/null ──▶ target, folders of headers
//
// GCC and Clang print the same lines; only those that are read here matter.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_COMPILERQUERY_H
#define ILBRIDGE_LIB_NATIVE_COMPILERQUERY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::native {

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

/// Runs \p Program, an absolute path, with \p Args. Its input is empty, and its
/// environment has no variables that add folders of headers. It is terminated
/// after ten seconds or a megabyte of output. The Error describes the failure.
llvm::Expected<CompilerAnswer> askCompiler(llvm::StringRef Program,
                                           llvm::ArrayRef<std::string> Args);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_COMPILERQUERY_H

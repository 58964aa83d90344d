//===- CompilerQuery.h - What a compiler says about itself ------*- C++ -*-===//
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
  /// Flags that the compiler has by default and that decide about its ABI.
  std::vector<std::string> Flags;
  /// The folders of `#include <…>` behind those of the command, in order.
  std::vector<Folder> Folders;
  /// Folders that it would have looked into and that do not exist.
  std::vector<std::string> Missing;
};

/// Reads what a compiler printed. nullopt: the list of folders is not in it or
/// has no end.
std::optional<CompilerAnswer> parseAnswer(llvm::StringRef Printed);

/// An answer as a text, and back; nullopt: \p Text is none.
std::string text(const CompilerAnswer &A);
std::optional<CompilerAnswer> readAnswer(llvm::StringRef Text);

/// Runs \p Program, an absolute path, with \p Args. It gets no input and the
/// environment less what would add folders of headers; it is ended after ten
/// seconds, or a megabyte of output. The Error says how it failed.
llvm::Expected<CompilerAnswer> askCompiler(llvm::StringRef Program,
                                           llvm::ArrayRef<std::string> Args);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_COMPILERQUERY_H

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

#ifndef ILBRIDGE_LIB_COMMAND_COMPILERQUERY_H
#define ILBRIDGE_LIB_COMMAND_COMPILERQUERY_H

#include "CompilerAnswer.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace ilbridge::command {

/// Runs \p Program, an absolute path, with \p Args. Its input is empty, and its
/// environment has no variables that add folders of headers. It is terminated
/// after ten seconds or a megabyte of output. The Error describes the failure.
llvm::Expected<CompilerAnswer> askCompiler(llvm::StringRef Program,
                                           llvm::ArrayRef<std::string> Args);

} // namespace ilbridge::command

#endif // ILBRIDGE_LIB_COMMAND_COMPILERQUERY_H

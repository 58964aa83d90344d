//===- Backend.h - What generates an output ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_EMIT_BACKEND_H
#define ILBRIDGE_EMIT_BACKEND_H

#include "ilbridge/emit/Emit.h"
#include "ilbridge/emit/OutputOptions.h"

namespace ilbridge::emit {

/// The description of a backend.
struct Backend {
  llvm::StringLiteral Name; ///< as `--backend` takes it
  llvm::StringLiteral Summary;
  /// The name of the runtime that its output is for; empty: any runtime.
  llvm::StringLiteral Runtime;
  /// The options of an output that it understands.
  llvm::ArrayRef<OutputOptionID> Options;
  /// Null for a backend that makes bridge tables, of assemblies alone.
  EmitFunction Emit;

  bool understands(OutputOptionID ID) const {
    return llvm::is_contained(Options, ID);
  }
  bool makesBridges() const { return !Emit; }
};

/// All backends.
llvm::ArrayRef<Backend> backends();
/// The backend of that name; null if there is none.
const Backend *findBackend(llvm::StringRef Name);
/// "there is no backend 'x'; the backends are a, b"
std::string noSuchBackend(llvm::StringRef Name);

/// The message for an option that \p B does not understand. \p Shown is how
/// the user wrote the option: "abi" or "--abi". It names the backends that do.
std::string notUnderstood(const Backend &B, const OutputOption &O,
                          llvm::StringRef Shown);
/// The backends that understand \p O, for help and documentation: "leanclr" or
/// "leanclr, table".
std::string understoodBy(const OutputOption &O);

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_BACKEND_H

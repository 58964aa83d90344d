//===- Emit.h - Bindings as C++ source --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A backend is a function from bindings to text. It opens no file; driver
// decides what goes where, and rewrite puts it there.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_EMIT_EMIT_H
#define ILBRIDGE_EMIT_EMIT_H

#include "ilbridge/match/Binding.h"

namespace ilbridge::emit {

struct EmitOptions {
  /// Folder that paths in facts are relative to; absolute.
  std::string Root;
  /// The folder of the generated file; absolute. Headers that no include path
  /// leads to are named relative to it.
  std::string OutputFolder;
  /// What the user calls the generated entity: the registration function of
  /// `leanclr`, the table of `table`. Empty: the backend's default. May be
  /// qualified: "game::RegisterNatives".
  std::string Name;
  /// leanclr: register names without module and parameters where that is
  /// enough to tell methods apart.
  bool ShortNames = false;
  /// leanclr: registration functions of regions in other files, which the
  /// generated one calls.
  std::vector<std::string> Companions;
  /// The text goes into the source that defines the functions, which needs no
  /// declarations of them.
  bool InSource = false;
  /// Prints parts of the text side by side. Null: one after another.
  llvm::ThreadPoolInterface *Threads = nullptr;
};

struct Emitted {
  std::string Text;
  DiagnosticList Findings;
};

using EmitFunction = Emitted (*)(llvm::ArrayRef<match::Binding> Bindings,
                                 const native::Program &Program,
                                 const managed::Model &Model,
                                 const EmitOptions &Options);

/// Invokers for LeanCLR's C++ API and a function that registers them.
Emitted emitLeanCLR(llvm::ArrayRef<match::Binding> Bindings,
                    const native::Program &Program, const managed::Model &Model,
                    const EmitOptions &Options);

/// A constant table of library, entry point and address, which
/// ilbridge/import_table.h searches, for runtimes that ask for a function.
Emitted emitTable(llvm::ArrayRef<match::Binding> Bindings,
                  const native::Program &Program, const managed::Model &Model,
                  const EmitOptions &Options);

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_EMIT_H

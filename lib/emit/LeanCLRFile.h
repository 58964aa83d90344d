//===- LeanCLRFile.h - One file of an output --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_LEANCLRFILE_H
#define ILBRIDGE_LIB_EMIT_LEANCLRFILE_H

#include "Declarations.h"

namespace ilbridge::emit {

/// A bound method as it is registered with the runtime.
struct Registration {
  const match::Binding *B;
  std::string Name;    ///< the name by which the runtime looks it up
  std::string Invoker; ///< the function that the runtime calls
};

/// The decisions about one file of an output, or about the region of one
/// source: its invokers, and a function that registers them.
struct LeanCLRFile {
  std::string Function; ///< the registration function; may be qualified
  /// The registration functions of the other files, which Function calls.
  std::vector<std::string> Others = {};
  std::vector<Registration> Methods = {};
  /// The managed methods that native code calls.
  std::vector<match::ManagedCall> Calls = {};
  /// The declarations and includes of the file. It is unset for a source, which
  /// has defined everything.
  std::optional<Declarations> Seen = {};
};

/// \param Scanned is the data model of the target that was scanned. \param
/// Threads prints parts of the text in parallel; if it is null, they are
/// printed one after another.
std::string printLeanCLRFile(const LeanCLRFile &File, const DataModel &Scanned,
                             llvm::ThreadPoolInterface *Threads);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_LEANCLRFILE_H

//===- SourceInputs.h - Sources and their commands --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_SOURCEINPUTS_H
#define ILBRIDGE_LIB_DRIVER_SOURCEINPUTS_H

#include "ilbridge/command/Compilers.h"
#include "ilbridge/driver/Project.h"
#include "ilbridge/native/Scanner.h"
#include <map>

namespace ilbridge::driver {

/// The project's own sources.
struct SourceInputs {
  std::vector<command::SourceCommand> All;
  /// The number of sources in other languages, by extension or by the language
  /// that the command names.
  std::map<std::string, unsigned> Skipped;
};
/// Returns the project's own sources, if it has any. The Error says what is
/// missing and which flag provides it. \p Who determines their targets; null if
/// targets are not required.
llvm::Expected<SourceInputs> sourceInputs(const Project &P,
                                          command::Compilers *Who);

/// Returns the headers of libraries without annotations that are to be read.
llvm::Expected<std::vector<native::ScanInput>>
exportInputs(const Project &P, command::Compilers &Who);

/// Returns the path of compile_commands.json in the project's build folder.
std::string databaseFile(const Project &P);
/// Returns the commands of the database, with response files expanded.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
loadDatabase(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_SOURCEINPUTS_H

//===- SourceInputs.h - Sources and their commands --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_SOURCEINPUTS_H
#define ILBRIDGE_LIB_DRIVER_SOURCEINPUTS_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/native/Scanner.h"
#include <map>

namespace ilbridge::driver {

/// The project's own sources.
struct SourceInputs {
  std::vector<native::ScanInput> All;
  /// How many have other languages, by extension or by the language that the
  /// command names.
  std::map<std::string, unsigned> Skipped;
};
/// The project's own sources, if it has any. The Error says what is missing and
/// which flag gives it. \p Who finds out what they are compiled for; null: that
/// does not matter.
llvm::Expected<SourceInputs> sourceInputs(const Project &P,
                                          native::Compilers *Who);

/// The headers to read of libraries that nobody annotates.
llvm::Expected<std::vector<native::ScanInput>>
exportInputs(const Project &P, native::Compilers &Who);

/// compile_commands.json of the project's build folder.
std::string databaseFile(const Project &P);
/// Its commands, with the contents of response files.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
loadDatabase(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_SOURCEINPUTS_H

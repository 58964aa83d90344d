//===- NativeSide.h - The sources or facts of a run -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_NATIVESIDE_H
#define ILBRIDGE_LIB_DRIVER_NATIVESIDE_H

#include "Memory.h"
#include "ilbridge/driver/Driver.h"
#include "ilbridge/driver/Session.h"
#include "ilbridge/native/Compilers.h"

namespace ilbridge::driver {

/// Reads what the C++ of a project offers, from its sources or from facts. A
/// session inside of a compiler has no use for it: there the compiler reads.
class NativeSide {
public:
  NativeSide(Session &S, Memory &Mem)
      : S(S), P(S.project()), Mem(Mem), FactsGroup(S.threads()) {}

  /// Scans the sources; the results are in the order of their commands.
  /// Progress is shown where \p C has it.
  llvm::Expected<std::vector<native::ScanResult>> scan(Console &C);
  /// The sources that scan() would parse, by path, and why; in the order of
  /// their commands.
  llvm::Expected<std::vector<std::pair<std::string, std::string>>>
  explain(Console &C);

  /// Lets facts be read while something else is done; facts() waits.
  void startReadingFacts();
  /// Reads the project's facts. The Error joins all files that cannot be read.
  llvm::Expected<std::vector<native::Facts>> facts();

  /// Sources of the database that are not parsed, because they show no
  /// annotation: the folder of the command and the file, as it is there.
  using Source = std::pair<std::string, std::string>;
  llvm::ArrayRef<Source> notParsed() const { return NotParsed; }

private:
  native::ScanOptions options() const;
  native::Compilers compilers();
  llvm::Expected<std::vector<native::ScanInput>>
  chosenInputs(const native::ScanOptions &Options, Console &C);

  Session &S;
  const Project &P;
  Memory &Mem;
  std::vector<Source> NotParsed;
  /// The facts of each file.
  std::vector<std::optional<llvm::Expected<std::vector<native::Facts>>>>
      ReadFacts;
  /// Behind ReadFacts, because it is waited for when it goes.
  llvm::ThreadPoolTaskGroup FactsGroup;
};

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

#endif // ILBRIDGE_LIB_DRIVER_NATIVESIDE_H

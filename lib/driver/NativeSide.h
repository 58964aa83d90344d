//===- NativeSide.h - The sources or facts of a run -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_NATIVESIDE_H
#define ILBRIDGE_LIB_DRIVER_NATIVESIDE_H

#include "ResultCache.h"
#include "ilbridge/driver/Driver.h"
#include "ilbridge/driver/Session.h"
#include "ilbridge/native/ScanResult.h"
#include "llvm/ADT/StringSet.h"

namespace ilbridge::command {
class Compilers;
} // namespace ilbridge::command

namespace ilbridge::native {
struct ScanInput;
struct ScanOptions;
} // namespace ilbridge::native

namespace ilbridge::driver {

class ScanCache;

/// Reads the native side of a project from its sources or from facts. A session
/// inside of a compiler does not use it: there, the compiler reads the source.
class NativeSide {
public:
  NativeSide(Session &S, ResultCache &Cache)
      : S(S), P(S.project()), Cache(Cache), FactsGroup(S.threads()) {}

  /// Makes scan() read only those functions of libraries without annotations;
  /// nullopt: all of them.
  void setEntryPoints(std::optional<llvm::StringSet<>> Requested) {
    EntryPoints = std::move(Requested);
  }
  /// Scans the sources. The results are in the order of their commands. Shows
  /// the progress if \p C has a stream for it.
  llvm::Expected<std::vector<native::ScanResult>> scan(Console &C);
  /// Returns the sources that scan() would parse, by path, each with the
  /// reason, in the order of their commands.
  llvm::Expected<std::vector<std::pair<std::string, std::string>>>
  explain(Console &C);

  /// Starts reading facts in the background; facts() waits for the result.
  void startReadingFacts();
  /// Reads the project's facts. The Error joins all files that cannot be read.
  llvm::Expected<std::vector<native::Facts>> facts();

  /// Sources of the database that are not parsed, because they contain no
  /// annotation: the folder of the command and the file, as spelled there.
  using Source = std::pair<std::string, std::string>;
  llvm::ArrayRef<Source> notParsed() const { return NotParsed; }

private:
  native::ScanOptions options() const;
  command::Compilers compilers(ScanCache &Known);
  llvm::Expected<std::vector<native::ScanInput>>
  chosenInputs(const native::ScanOptions &Options, ScanCache &Known, Console &C,
               bool IsFirst);
  std::vector<native::ScanResult> scan(llvm::ArrayRef<native::ScanInput> Inputs,
                                       native::ScanOptions Options,
                                       ScanCache &Known, Console &C);

  Session &S;
  const Project &P;
  ResultCache &Cache;
  std::optional<llvm::StringSet<>> EntryPoints;
  std::vector<Source> NotParsed;
  /// The facts of each file.
  std::vector<std::optional<llvm::Expected<std::vector<native::Facts>>>>
      ReadFacts;
  /// Declared after ReadFacts, because its destructor waits for the tasks that
  /// write there.
  llvm::ThreadPoolTaskGroup FactsGroup;
};

/// Returns the absolute paths of the project's own sources. The Error says what
/// is missing and which flag provides it.
llvm::Expected<std::vector<std::string>> sourceFiles(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_NATIVESIDE_H

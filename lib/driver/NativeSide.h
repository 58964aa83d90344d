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
#include "ilbridge/native/ScanResult.h"

namespace ilbridge::native {
class Compilers;
struct ScanInput;
struct ScanOptions;
} // namespace ilbridge::native

namespace ilbridge::driver {

class ScanMemory;

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
  native::Compilers compilers(ScanMemory &Known);
  llvm::Expected<std::vector<native::ScanInput>>
  chosenInputs(const native::ScanOptions &Options, ScanMemory &Known,
               Console &C, bool IsFirst);
  std::vector<native::ScanResult> scan(llvm::ArrayRef<native::ScanInput> Inputs,
                                       native::ScanOptions Options,
                                       ScanMemory &Known, Console &C);

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

/// The paths of the project's own sources, absolute. The Error says what is
/// missing and which flag gives it.
llvm::Expected<std::vector<std::string>> sourceFiles(const Project &P);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_NATIVESIDE_H

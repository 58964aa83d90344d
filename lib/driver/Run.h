//===- Run.h - What the verbs have in common --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RUN_H
#define ILBRIDGE_LIB_DRIVER_RUN_H

#include "Baseline.h"
#include "Bridges.h"
#include "ManagedSide.h"
#include "Memory.h"
#include "RuntimeChoice.h"
#include "ilbridge/driver/Driver.h"
#include "ilbridge/match/Binding.h"
#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ThreadPool.h"
#include <map>
#include <set>

namespace ilbridge::driver {

/// Both sides of one run, its findings, and what to say at the end.
class Run {
public:
  Run(const Project &P, Console &C)
      : P(P), C(C), Mem(P), Managed(P), Interpreted(interpretedAssemblies(P)) {}

  /// Scans the sources, or reads facts. \returns whether the rest of the run
  /// has something to work on.
  bool loadNative();
  /// Lets facts be read while something else is done; loadNative() waits.
  void startReadingFacts();
  /// Reads assemblies and manifests.
  bool loadManaged();
  /// Reads the findings that are known, if the project has such a file.
  bool loadBaseline();
  /// Reads the methods that annotations name and that are no imports.
  void loadNamedMethods();
  void loadMethod(const managed::MethodName &Name);

  /// The two sides paired for the runtimes of \p Output, or with null of the
  /// project; made once for each choice.
  const match::Matching &matching(const OutputSpec *Output);

  /// Prints an input that cannot be read.
  void fail(llvm::Error E);
  void add(DiagnosticList More) { Findings.append(std::move(More)); }
  /// Whether nothing is to be written.
  bool hasErrors();
  /// Once everything was compared: says which known findings are gone.
  /// \returns whether any are.
  bool reportStale();
  /// Puts the findings into a file of known ones. \returns the exit status.
  ExitStatus writeBaseline(llvm::StringRef File);
  /// Prints the findings, in the format that is asked for. \returns the exit
  /// status of the run.
  ExitStatus finish() { return finish(C.Format); }
  /// The same for a verb that has data of its own: findings are messages.
  ExitStatus finishData() { return finish(OutputFormat::Text); }
  void raise(ExitStatus S) { Status = std::max(Status, S); }
  ExitStatus status() const { return Status; }

  /// What bridges are made of; read once. Null where an input cannot be read,
  /// which was said.
  Bridges *bridges();

  const native::Program &program() const { return *Program; }
  managed::Model &model() { return Managed.model(); }
  managed::AssemblySet &assemblies() { return Managed.assemblies(); }
  /// The assemblies that were given, not those that they refer to.
  llvm::ArrayRef<managed::Assembly *> given() const { return Managed.given(); }
  std::string shown(llvm::StringRef Path) const;
  RenderOptions renderOptions() const;
  /// Every file that was read, absolute.
  std::vector<std::string> reads() const;
  /// \p Reads, folders that are read as a whole, and files that must not
  /// appear.
  std::vector<std::string> dependsOn(std::vector<std::string> Reads) const;
  Memory &memory() { return Mem; }

  const Project &P;
  Console &C;

private:
  ExitStatus finish(OutputFormat Format);
  void settle();
  std::vector<native::ScanResult> scanAll();
  llvm::Expected<std::vector<native::ScanInput>>
  chosenInputs(const native::ScanOptions &Options);
  bool readFacts(std::vector<native::Facts> &Out);

  Memory Mem;
  ManagedSide Managed;
  std::optional<native::Program> Program;
  std::map<RuntimeChoice, match::Matching> Matchings;
  llvm::StringSet<> Interpreted;
  std::unique_ptr<Bridges> TheBridges;
  bool HasAskedForBridges = false;
  std::vector<std::string> Inputs;  ///< beside what a scan read
  llvm::StringSet<> Scanned;        ///< sources and headers
  std::vector<std::string> Missing; ///< where others would have been found
  /// Of each file of facts.
  std::vector<std::optional<llvm::Expected<std::vector<native::Facts>>>>
      ReadFacts;
  /// Behind ReadFacts, because it is waited for when it goes.
  std::optional<llvm::DefaultThreadPool> FactsReader;
  DiagnosticList Findings;
  std::optional<Baseline> Known;
  ExitStatus Status = ExitStatus::Clean;

  friend ExitStatus scan(const Project &, const ScanVerbOptions &, Console &);
};

/// The project's own sources, if it has any. The Error says what is missing and
/// which flag gives it.
llvm::Expected<std::vector<native::ScanInput>> sourceInputs(const Project &P);

/// What is to be read of libraries that nobody annotates.
llvm::Expected<std::vector<native::ScanInput>> exportInputs(const Project &P);

/// compile_commands.json of the project's build folder.
std::string databaseFile(const Project &P);

/// Puts \p Text into \p File, or where that is empty on the console.
void writeData(Run &R, llvm::StringRef File, llvm::StringRef Text);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RUN_H

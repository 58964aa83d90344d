//===- Driver.h - The verbs -------------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function is one verb of the command line. It loads what it needs into
// the session, which its caller owns: a process that ends with the verb need
// not free it piece by piece. It returns the exit status of the process.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DRIVER_DRIVER_H
#define ILBRIDGE_DRIVER_DRIVER_H

#include "ilbridge/diagnostic/Render.h"
#include "ilbridge/driver/Project.h"

namespace ilbridge::driver {

class Session;

enum class ExitStatus : uint8_t {
  Clean = 0,
  Findings = 1,     ///< of severity error, or stale output under --check
  BadInput = 2,     ///< bad usage, unreadable input, a machine that fails
  BrokenSource = 3, ///< C++ that did not compile
};

/// The streams that a run prints to.
struct Console {
  llvm::raw_ostream &Out; ///< data
  llvm::raw_ostream &Err; ///< messages
  OutputFormat Format = OutputFormat::Text;
  bool Color = false;                    ///< in messages
  llvm::raw_ostream *Progress = nullptr; ///< a terminal; null: none
  /// Brings what was written to Out to where it goes. An Error says that some
  /// of it is lost; null: that cannot be.
  llvm::Error (*FlushData)() = nullptr;
};

enum class GenerateMode : uint8_t {
  Write,
  Check, ///< write nothing; stale output is exit status 1
  Diff,  ///< write nothing; print what would change
};
/// The files that a build asks of a step. Paths are absolute; empty: none.
struct StepFiles {
  std::string Depfile; ///< what was read
  std::string Stamp;   ///< touched where the run ends without an error
  /// The target of the depfile's rule, as the build spells it, because ninja
  /// compares the text; empty: the files that are written.
  std::string Target;
};
struct GenerateOptions {
  GenerateMode Mode = GenerateMode::Write;
  StepFiles Step;
};
ExitStatus generate(Session &S, const GenerateOptions &Options, Console &C);

/// Findings only. With \p NewBaseline, an absolute path, they go into that file
/// instead, where reasons for leaving them can be filled in.
ExitStatus check(Session &S, llvm::StringRef NewBaseline, const StepFiles &Step,
                 Console &C);

struct ManifestOptions {
  std::string Output;               ///< absolute; empty: C.Out
  std::vector<std::string> Methods; ///< further methods, by name
};
/// The project's one assembly as a manifest.
ExitStatus manifest(Session &S, const ManifestOptions &Options, Console &C);

struct ScanVerbOptions {
  std::string Output; ///< absolute; empty: C.Out
  StepFiles Step;     ///< without a stamp
  /// Parse nothing, but print which sources would be parsed, and why.
  bool Explain = false;
};
/// The project's sources as facts.
ExitStatus scan(Session &S, const ScanVerbOptions &Options, Console &C);

/// Absolute paths.
struct DatabaseOptions {
  std::vector<std::string> Objects; ///< folders; empty: every command
  std::vector<std::string> Except;  ///< sources that are left out
  std::string Output;               ///< empty: C.Out
  /// The project's sources get a database each below this folder, in a folder
  /// called as the source is relative to the project's root, or by its absolute
  /// path; Output gets the others. Empty: Output gets all.
  std::string Each;
};
/// The commands of the project's compilation database that compile into one of
/// the folders, as a database of their own.
ExitStatus database(Session &S, const DatabaseOptions &Options, Console &C);

/// The kinds of things that `list` can list.
enum class Listed : uint8_t {
  Imports,
  Exports,
  Callbacks,
  Types,
  Methods,
  Bridges,
};
std::optional<Listed> listed(llvm::StringRef Word);
/// The words for all that can be listed.
llvm::ArrayRef<llvm::StringLiteral> listedWords();
/// \p WithCoverage: of imports, also on which targets they were compared.
ExitStatus list(Session &S, llvm::ArrayRef<Listed> What, bool WithCoverage,
                Console &C);

/// Why a method has the bridges that it has, or none. \p Method as the runtime
/// names it, "Ns.Type::Method": what else stands around that is ignored.
ExitStatus explainBridges(Session &S, llvm::StringRef Method, Console &C);
/// How many rows each round of following generic methods adds to the tables,
/// and which methods they come from.
ExitStatus listBridgeGrowth(Session &S, Console &C);

/// The page of a diagnostic, or what is known of a runtime.
ExitStatus explain(llvm::StringRef Name, Console &C);

} // namespace ilbridge::driver

#endif // ILBRIDGE_DRIVER_DRIVER_H

//===- Driver.h - The verbs -------------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function is one verb of the command line and returns the exit status of
// the process. It loads its inputs into the session. The caller owns the
// session: a process that exits after the verb does not have to free it.
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
  BadInput = 2,     ///< invalid usage or input, system failure
  BrokenSource = 3, ///< C++ that did not compile
};

/// The streams that a run prints to.
struct Console {
  llvm::raw_ostream &Out; ///< data
  llvm::raw_ostream &Err; ///< messages
  OutputFormat Format = OutputFormat::Text;
  bool Color = false;                    ///< in messages
  llvm::raw_ostream *Progress = nullptr; ///< a terminal; null: none
  /// Flushes Out. An Error states that some of the output is lost. Null: there
  /// is nothing to flush.
  llvm::Error (*FlushData)() = nullptr;
};

enum class GenerateMode : uint8_t {
  Write,
  Check, ///< write nothing; stale output is exit status 1
  Diff,  ///< write nothing; print what would change
};
/// Additional files that a build step writes. Paths are absolute; empty: none.
struct BuildStepFiles {
  std::string Depfile; ///< lists the inputs
  std::string Stamp;   ///< touched after a run without errors
  /// The target of the depfile's rule, as spelled in the build, because ninja
  /// compares the text; empty: the output files.
  std::string Target;
};
struct GenerateOptions {
  GenerateMode Mode = GenerateMode::Write;
  BuildStepFiles Step;
};
ExitStatus generate(Session &S, const GenerateOptions &Options, Console &C);

/// Reports findings. With \p NewBaseline, an absolute path, it writes them into
/// that file instead, where the user can fill in reasons.
ExitStatus check(Session &S, llvm::StringRef NewBaseline,
                 const BuildStepFiles &Step, Console &C);

struct ManifestOptions {
  std::string Output;               ///< absolute; empty: C.Out
  std::vector<std::string> Methods; ///< further methods, by name
};
/// Writes the only assembly of the project as a manifest.
ExitStatus manifest(Session &S, const ManifestOptions &Options, Console &C);

struct ScanVerbOptions {
  std::string Output;  ///< absolute; empty: C.Out
  BuildStepFiles Step; ///< without a stamp
  /// Parse nothing; print the sources that would be parsed, and why.
  bool Explain = false;
};
/// Writes the facts of the project's sources.
ExitStatus scan(Session &S, const ScanVerbOptions &Options, Console &C);

/// Absolute paths.
struct DatabaseOptions {
  std::vector<std::string> Objects; ///< folders; empty: every command
  std::vector<std::string> Except;  ///< sources that are left out
  std::string Output;               ///< empty: C.Out
  /// Each source of the project gets its own database below this folder, in a
  /// folder with the path of the source, relative to the root or absolute.
  /// Output gets the other commands. Empty: Output gets all commands.
  std::string Each;
};
/// Writes a database with the commands of the project's compilation database
/// whose outputs are in one of the folders.
ExitStatus database(Session &S, const DatabaseOptions &Options, Console &C);

/// The kinds of entities that `list` can list.
enum class Listed : uint8_t {
  Imports,
  Exports,
  Callbacks,
  Types,
  Methods,
  Bridges,
};
std::optional<Listed> listed(llvm::StringRef Word);
/// The words for all kinds.
llvm::ArrayRef<llvm::StringLiteral> listedWords();
/// \p WithCoverage: for imports, also prints the state of each target.
ExitStatus list(Session &S, llvm::ArrayRef<Listed> What, bool WithCoverage,
                Console &C);

/// Prints the layouts of the structs with one of \p Names ("Ns.Vec3",
/// "game::Vec3" or "Vec3") on the project's targets. A struct that a binding
/// passes is shown with the layouts of both sides, any other with that of C#
/// only.
ExitStatus listLayouts(Session &S, llvm::ArrayRef<std::string> Names,
                       Console &C);

struct AdoptOptions {
  bool Writes = false; ///< edit the sources instead of printing a diff to C.Out
  /// Name of the generated function; empty: the backend's own.
  std::string Name;
};
/// Replaces functions that are registered by hand with annotated ones, and the
/// registrations with one call of the function that an output generates.
ExitStatus adopt(Session &S, const AdoptOptions &Options, Console &C);

/// Explains the bridge functions of a method, or why it has none. \p Method is
/// a message of the runtime that contains "Ns.Type::Method".
ExitStatus explainBridges(Session &S, llvm::StringRef Method, Console &C);
/// Prints the number of rows that each round of generic expansion adds to the
/// tables, with the methods that cause them.
ExitStatus listBridgeGrowth(Session &S, Console &C);

/// Writes a report, which is a page with its data, into \p Folder, an absolute
/// path. The exit status is that of check().
ExitStatus report(Session &S, llvm::StringRef Folder, Console &C);

/// Prints the page of a diagnostic, or the description of a runtime.
ExitStatus explain(llvm::StringRef Name, Console &C);

} // namespace ilbridge::driver

#endif // ILBRIDGE_DRIVER_DRIVER_H

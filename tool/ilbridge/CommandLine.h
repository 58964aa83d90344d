//===- CommandLine.h - Options of a verb ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TOOL_COMMANDLINE_H
#define ILBRIDGE_TOOL_COMMANDLINE_H

#include "ilbridge/driver/Driver.h"
#include "ilbridge/driver/Session.h"
#include "ilbridge/emit/Backend.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

namespace ilbridge::tool {

enum OptionID {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "Options.inc"
#undef OPTION
};

/// The flags of the options that a verb understands. LLVM uses the first four.
enum VerbFlag : unsigned {
  Generate = 1 << 4,
  Check = 1 << 5,
  Diff = 1 << 6,
  Manifest = 1 << 7,
  Scan = 1 << 8,
  List = 1 << 9,
  Explain = 1 << 10,
  Database = 1 << 11,
  Report = 1 << 12,
  Adopt = 1 << 13,
  Stub = 1 << 14,
};

/// One verb of the command line.
struct Verb {
  llvm::StringLiteral Name;
  VerbFlag Flag;
  llvm::StringLiteral Summary; ///< for the list of verbs
  llvm::StringLiteral Usage;   ///< after "ilbridge NAME"
  llvm::StringLiteral Example; ///< after "ilbridge NAME"
  driver::ExitStatus (*Run)(const class CommandLine &);
};

// The verbs, one per file.
driver::ExitStatus runGenerate(const CommandLine &Line);
driver::ExitStatus runCheck(const CommandLine &Line);
driver::ExitStatus runDiff(const CommandLine &Line);
driver::ExitStatus runManifest(const CommandLine &Line);
driver::ExitStatus runScan(const CommandLine &Line);
driver::ExitStatus runList(const CommandLine &Line);
driver::ExitStatus runExplain(const CommandLine &Line);
driver::ExitStatus runDatabase(const CommandLine &Line);
driver::ExitStatus runReport(const CommandLine &Line);
driver::ExitStatus runAdopt(const CommandLine &Line);
driver::ExitStatus runStub(const CommandLine &Line);

llvm::ArrayRef<Verb> verbs();
/// The options that a verb's help shows, in its order.
std::vector<OptionID> optionsOf(const Verb &V);

/// Prints the completions of the last of \p Words, one per line, each with a
/// tab and its meaning. Prints ":files" or ":folders" if the shell has to
/// complete them.
void complete(llvm::ArrayRef<const char *> Words, llvm::raw_ostream &OS);
/// Prints the manual page.
void printManual(llvm::raw_ostream &OS);

/// Creates the session of this process. It is not freed, because the process
/// ends with it.
driver::Session &startSession(driver::Project P);

/// Prints why \p Command cannot be executed, and where its help is. \returns
/// the exit status for that.
driver::ExitStatus badUsage(const llvm::Twine &Command, const llvm::Twine &Why);
const llvm::opt::OptTable &optionTable();
/// Returns the help text of an option for a verb, or null if it has none.
const char *helpText(unsigned ID, const Verb &V);
/// Prints the summary of a verb, and its options.
void printOptions(const Verb &V, llvm::raw_ostream &OS);
/// Returns the flag of an output option.
OptionID flagOf(const emit::OutputOption &O);
/// Returns an identity of this program, so that it does not use the results of
/// another version.
std::string toolIdentity();
/// The parsed options of a verb.
class CommandLine {
public:
  /// \p Argv does not contain the program and the verb. If it is invalid, sets
  /// status() and prints the reason. \p Asked receives the inputs of the
  /// arguments.
  CommandLine(const Verb &V, llvm::ArrayRef<const char *> Argv,
              std::shared_ptr<cache::Inputs> Asked);

  const Verb &verb() const { return V; }
  /// Set if there is nothing else to do: bad usage, or --help.
  std::optional<driver::ExitStatus> status() const { return Status; }

  bool has(OptionID ID) const { return Args.hasArg(ID); }
  std::string value(OptionID ID) const;
  std::vector<std::string> values(OptionID ID) const {
    return Args.getAllArgValues(ID);
  }
  /// \returns the arguments that are not options, before "--".
  std::vector<std::string> positional() const { return values(OPT_INPUT); }

  /// Returns an option's value as an absolute path; empty if it is not given.
  std::string path(OptionID ID) const;
  std::string absolute(llvm::StringRef Path) const;
  /// Returns the values of a repeatable option, as absolute paths.
  std::vector<std::string> paths(OptionID ID) const;

  /// Returns the configuration with the overriding options. Returns nullopt if
  /// one of them is invalid; the error has been printed.
  std::optional<driver::Project> project() const;
  /// Returns the positional arguments that are not assemblies of a list.
  std::vector<std::string> otherInputs(const driver::Project &P) const;
  /// Adds otherInputs() to \p P as sources. If nothing would read them, prints
  /// an error and returns false.
  bool addSources(driver::Project &P) const;
  /// Returns the values of --depfile and --stamp.
  driver::BuildStepFiles stepFiles() const;
  /// Returns nullopt if --format is invalid; the error has been printed.
  std::optional<driver::Console> console() const;

  /// Prints that the command line is wrong. \returns the exit status for that.
  driver::ExitStatus misused(const llvm::Twine &Why) const;

private:
  // Each function applies some options to the project. The Error names the
  // invalid option.
  llvm::Error applyOptions(driver::Project &P) const;
  llvm::Error applyOutput(driver::Project &P) const;
  llvm::Error applyStub(driver::Project &P) const;
  llvm::Error applyOutputOptions(const emit::Backend &Backend,
                                 std::vector<driver::OutputSpec> &Specs,
                                 llvm::vfs::FileSystem &Files) const;
  llvm::Error applyRuntime(driver::Project &P) const;
  llvm::Error applyExports(driver::Project &P) const;
  llvm::Error applyTargets(driver::Project &P) const;
  llvm::Error applyBridges(driver::Project &P) const;
  /// Assigns each positional argument that is an assembly or a folder to the
  /// list of the flag before it: calls \p To with the flag and the argument's
  /// absolute path. Adds all other arguments to \p Rest.
  void sortInputs(
      const driver::Project &P,
      llvm::function_ref<void(const llvm::opt::Option &, std::string)> To,
      llvm::function_ref<void(std::string)> Rest) const;
  llvm::Error applyCache(driver::Project &P) const;
  llvm::Error applySeverities(driver::Project &P) const;

  const Verb &V;
  std::vector<std::string> Arguments; ///< all arguments after the verb
  std::shared_ptr<cache::Inputs> Asked;
  std::string WorkingDirectory;
  llvm::opt::InputArgList Args;
  std::optional<std::vector<std::string>> Command; ///< the arguments after "--"
  std::optional<driver::ExitStatus> Status;
};

} // namespace ilbridge::tool

#endif // ILBRIDGE_TOOL_COMMANDLINE_H

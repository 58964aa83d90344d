//===- CommandLine.cpp - Options of a verb --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "ilbridge/command/QueryPolicy.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/system/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm::opt;
using llvm::Error;
using llvm::StringRef;

namespace ilbridge::tool {

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

driver::ExitStatus badUsage(const llvm::Twine &Command,
                            const llvm::Twine &Why) {
  std::string Text = Why.str();
  bool IsQuestion = StringRef(Text).ends_with("?");
  llvm::errs() << Command << ": error: " << Text
               << (IsQuestion ? " See '" : "; see '") << Command
               << " --help'\n";
  return driver::ExitStatus::BadInput;
}

driver::ExitStatus CommandLine::misused(const llvm::Twine &Why) const {
  return badUsage("ilbridge " + V.Name, Why);
}

static void printHelp(const Verb &V) {
  printOptions(V, llvm::outs());
  llvm::outs() << "\nEXAMPLE: ilbridge " << V.Name << ' ' << V.Example << '\n';
}

CommandLine::CommandLine(const Verb &V, llvm::ArrayRef<const char *> Argv,
                         std::shared_ptr<cache::Inputs> Asked)
    : V(V), Arguments(Argv.begin(), Argv.end()), Asked(std::move(Asked)) {
  llvm::SmallString<256> Here;
  if (std::error_code EC = llvm::sys::fs::current_path(Here)) {
    Status = misused("the working directory is gone: " + EC.message());
    return;
  }
  WorkingDirectory = system::absolute(Here, Here);

  auto Dashes = llvm::find_if(
      Argv, [](const char *Arg) { return StringRef(Arg) == "--"; });
  if (Dashes != Argv.end())
    Command.emplace(std::next(Dashes), Argv.end());
  unsigned MissingIndex, MissingCount;
  Args = optionTable().ParseArgs(Argv.take_front(Dashes - Argv.begin()),
                                 MissingIndex, MissingCount, V.Flag);
  if (has(OPT_help)) {
    printHelp(V);
    Status = driver::ExitStatus::Clean;
    return;
  }
  if (MissingCount) {
    Status = misused(llvm::Twine("missing value after '") +
                     Args.getArgString(MissingIndex) + "'");
    return;
  }
  for (const Arg *Unknown : Args.filtered(OPT_UNKNOWN)) {
    std::string Text = Unknown->getAsString(Args), Nearest;
    unsigned Distance = optionTable().findNearest(Text, Nearest, V.Flag);
    Status = misused(
        "there is no option '" + Text + "'" +
        (Distance < 3 ? "; did you mean '" + Nearest + "'?" : std::string()));
    return;
  }
}

std::string CommandLine::value(OptionID ID) const {
  return Args.getLastArgValue(ID).str();
}

std::string CommandLine::absolute(StringRef Path) const {
  return system::absolute(Path, WorkingDirectory);
}

std::string CommandLine::path(OptionID ID) const {
  std::string Value = value(ID);
  bool IsConsole = ID == OPT_output && Value == "-";
  return Value.empty() || IsConsole ? Value : absolute(Value);
}

std::vector<std::string> CommandLine::paths(OptionID ID) const {
  std::vector<std::string> Result;
  for (const std::string &Each : values(ID))
    Result.push_back(absolute(Each));
  return Result;
}

driver::BuildStepFiles CommandLine::stepFiles() const {
  // With --abi, -o is a folder.
  OptionID Target = has(OPT_stamp) || has(OPT_abi) ? OPT_stamp : OPT_output;
  return {path(OPT_depfile), path(OPT_stamp), value(Target)};
}

//===----------------------------------------------------------------------===//
// The inputs of the verbs
//===----------------------------------------------------------------------===//

std::optional<driver::Console> CommandLine::console() const {
  llvm::outs().SetBufferSize(1 << 16); // a list can have megabytes
  driver::Console C{llvm::outs(), llvm::errs()};
  C.FlushData = [] { return rewrite::flush(llvm::outs(), "standard output"); };
  if (has(OPT_format)) {
    std::optional<OutputFormat> Format = outputFormat(value(OPT_format));
    if (!Format) {
      misused("--format is text, json, sarif, github or msbuild");
      return std::nullopt;
    }
    C.Format = *Format;
  }
  bool IsTerminal = llvm::sys::Process::StandardErrHasColors();
  C.Color = has(OPT_color) || (IsTerminal && !has(OPT_no_color));
  if (llvm::sys::Process::StandardErrIsDisplayed())
    C.Progress = &llvm::errs();
  return C;
}

Error CommandLine::applySeverities(driver::Project &P) const {
  for (const std::string &Each : values(OPT_severity)) {
    auto [Name, Word] = StringRef(Each).split('=');
    std::optional<DiagnosticID> ID = findDiagnostic(Name);
    std::optional<Severity> Level = driver::severity(Word);
    if (!ID || !Level)
      return llvm::createStringError(
          !ID ? "there is no diagnostic '" + Name + "'"
              : "--severity takes <id>=error, <id>=warning or "
                "<id>=ignore");
    P.Severities.push_back({*ID, *Level});
  }
  return Error::success();
}

/// The default is next to compile_commands.json, in a folder that is created
/// and deleted with the build.
Error CommandLine::applyCache(driver::Project &P) const {
  if (has(OPT_cache))
    P.Cache.Folder = path(OPT_cache);
  if (has(OPT_cache_size)) {
    uint64_t Megabytes;
    if (StringRef(value(OPT_cache_size)).getAsInteger(10, Megabytes) ||
        Megabytes > driver::MaxCacheMegabytes)
      return llvm::createStringError(
          "--cache-size takes a number of megabytes");
    P.Cache.MaxBytes = Megabytes << 20;
  }
  if (!P.BuildDir.empty()) {
    llvm::SmallString<256> Folder = StringRef(P.BuildDir);
    llvm::sys::path::append(Folder, "ilbridge-cache");
    P.Cache.LocalFolder = Folder.str();
  }
  if (P.Cache.Folder.empty())
    P.Cache.Folder = P.Cache.LocalFolder;
  if (P.Cache.LocalFolder.empty())
    P.Cache.LocalFolder = P.Cache.Folder;
  if (has(OPT_no_cache))
    P.Cache.Folder.clear();
  P.Cache.ProgramDigest = toolIdentity();
  P.Arguments = Arguments;
  return Error::success();
}

/// The folder of Clang's own headers. A relative one, which a program in an
/// archive has, begins at the folder of the program.
static std::string ownResourceDir() {
  llvm::SmallString<256> Folder(ILBRIDGE_CLANG_RESOURCE_DIR);
  if (!llvm::sys::path::is_relative(Folder))
    return Folder.str().str();
  static const char InProgram = 0;
  std::string Program =
      llvm::sys::fs::getMainExecutable(nullptr, const_cast<char *>(&InProgram));
  Folder = llvm::sys::path::parent_path(Program);
  llvm::sys::path::append(Folder, ILBRIDGE_CLANG_RESOURCE_DIR);
  llvm::sys::path::remove_dots(Folder, /*remove_dot_dot=*/true);
  return Folder.str().str();
}

Error CommandLine::applyOptions(driver::Project &P) const {
  auto Paths = [&](OptionID ID, std::vector<std::string> &Out) {
    if (has(ID))
      Out = paths(ID);
  };
  auto Texts = [&](OptionID ID, std::vector<std::string> &Out) {
    if (has(ID))
      Out = values(ID);
  };
  Paths(OPT_assembly, P.Assemblies);
  Paths(OPT_reference, P.References);
  Paths(OPT_csharp_source, P.CSharpSources);
  Paths(OPT_facts, P.Facts);
  Texts(OPT_library, P.Libraries);
  Texts(OPT_extra_arg, P.ExtraArgs);
  if (has(OPT_root))
    P.Root = path(OPT_root);
  if (has(OPT_build))
    P.BuildDir = path(OPT_build);
  if (has(OPT_resource_dir))
    P.ResourceDir = path(OPT_resource_dir);
  if (has(OPT_baseline))
    P.BaselineFile = path(OPT_baseline);
  P.KeepGoing |= has(OPT_keep_going);
  P.IsStrict |= has(OPT_strict);
  P.AsksCoreLibrary |= has(OPT_core_library);
  P.EverySource |= has(OPT_every_source);
  P.ScanAll |= has(OPT_scan_all);
  P.Verbose |= has(OPT_verbose);
  P.AsksCompilers = !has(OPT_no_query_driver);
  if (has(OPT_query_driver))
    P.QueryDrivers.clear();
  for (const std::string &Each : values(OPT_query_driver)) {
    if (llvm::Error E = command::checkGlob(Each))
      return llvm::createStringError(
          "--query-driver takes a pattern of paths, which '" + Each +
          "' is not: " + llvm::toString(std::move(E)));
    P.QueryDrivers.push_back(driver::absoluteGlob(Each, WorkingDirectory));
  }
  for (const std::string &Each : values(OPT_path_map)) {
    auto [Old, New] = StringRef(Each).split('=');
    if (Old.empty() || !StringRef(Each).contains('='))
      return llvm::createStringError("--path-map takes <old>=<new>, which '" +
                                     Each + "' is not");
    P.PathMap.push_back({absolute(Old), New.str()});
  }
  // A flag replaces the keys of the configuration that define the same
  // input.
  if (has(OPT_build) || Command)
    if (!has(OPT_facts))
      P.Facts.clear();
  P.Command = Command;
  if (has(OPT_jobs) && StringRef(value(OPT_jobs)).getAsInteger(10, P.Jobs))
    return llvm::createStringError("-j takes a number");
  if (P.ResourceDir.empty())
    P.ResourceDir = ownResourceDir();
  for (auto Apply : {&CommandLine::applyCache, &CommandLine::applyOutput,
                     &CommandLine::applyRuntime, &CommandLine::applyBridges,
                     &CommandLine::applyExports, &CommandLine::applyTargets,
                     &CommandLine::applySeverities})
    if (Error E = (this->*Apply)(P))
      return E;
  return Error::success();
}

std::vector<std::string>
CommandLine::otherInputs(const driver::Project &P) const {
  std::vector<std::string> Result;
  sortInputs(
      P, [](const Option &, std::string) {},
      [&](std::string Word) { Result.push_back(std::move(Word)); });
  return Result;
}

bool CommandLine::addSources(driver::Project &P) const {
  std::vector<std::string> Sources = otherInputs(P);
  if (Sources.empty())
    return true;
  bool ReadsCxx = P.hasNativeSide() && !(V.Flag & (Generate | Diff | Stub));
  if (!ReadsCxx && !P.Outputs.empty() &&
      llvm::none_of(P.Outputs, [](const driver::OutputSpec &Output) {
        return !Output.isMadeFromBridges();
      })) {
    misused("'" + Sources.front() + "' is not an assembly, and the backend '" +
            P.Outputs.front().Backend->Name + "' reads no C++");
    return false;
  }
  P.Sources.clear();
  for (const std::string &Each : Sources)
    P.Sources.push_back(absolute(Each));
  return true;
}

static void printInputErrors(Error E, const driver::Project &P) {
  llvm::handleAllErrors(
      std::move(E),
      [&](const InputError &Input) {
        renderError(Input.where(), Input.what(), {P.Root, P.WorkingDirectory},
                    llvm::errs());
      },
      [&](const llvm::ErrorInfoBase &Other) {
        llvm::errs() << Other.message() << '\n';
      });
}

std::optional<driver::Project> CommandLine::project() const {
  driver::Project P;
  P.Asked = Asked;
  // Other verbs neither cache a run nor write a depfile.
  if (V.Flag & (Generate | Check | Scan | Stub))
    P.noteInputs();
  P.Root = P.WorkingDirectory = WorkingDirectory;
  std::string Config = path(OPT_config);
  if (Config.empty() && !has(OPT_no_config))
    Config = driver::findConfiguration(WorkingDirectory, *P.Files);
  if (!Config.empty())
    if (llvm::Error E = driver::readConfiguration(Config, P)) {
      printInputErrors(std::move(E), P);
      return std::nullopt;
    }
  Error Wrong = applyOptions(P);
  if (!Wrong)
    Wrong = driver::addUnityOutput(P);
  if (!Wrong)
    Wrong = driver::checkMarshalling(P);
  if (Wrong) {
    misused(llvm::toString(std::move(Wrong)));
    return std::nullopt;
  }
  // Inputs are recorded only if they are required.
  if (P.Cache.Folder.empty() && !has(OPT_depfile) && !has(OPT_stamp))
    P.Files = llvm::vfs::getRealFileSystem();
  return P;
}

} // namespace ilbridge::tool

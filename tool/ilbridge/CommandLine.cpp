//===- CommandLine.cpp - Options of a verb --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "ilbridge/command/QueryPolicy.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/ecma335/Module.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/native/HeaderEntry.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/runtime/Runtime.h"
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

/// Sets \p Values from the flags. Each value of a repeated flag defines a
/// separate output.
Error CommandLine::applyOutputOptions(const emit::Backend &Backend,
                                      std::vector<driver::OutputSpec> &Specs,
                                      llvm::vfs::FileSystem &Files) const {
  for (const emit::OutputOption &O : emit::outputOptions()) {
    OptionID Flag = flagOf(O);
    if (!has(Flag))
      continue;
    std::string Shown = ("--" + O.Key).str();
    if (!Backend.understands(O.ID))
      return llvm::createStringError(emit::notUnderstood(Backend, O, Shown));
    std::vector<std::string> Texts;
    if (O.Kind == emit::OutputOption::Flag)
      Texts = {"true"};
    else if (O.IsRepeated)
      Texts = values(Flag);
    else
      Texts = {value(Flag)};
    if (O.Kind == emit::OutputOption::Path)
      for (std::string &Text : Texts)
        Text = absolute(Text);
    std::vector<driver::OutputSpec> All;
    for (const driver::OutputSpec &Spec : Specs)
      for (const std::string &Text : Texts)
        if (llvm::Error E = All.emplace_back(Spec).Options.set(O.ID, Text))
          return llvm::createStringError(Shown + ": " +
                                         llvm::toString(std::move(E)));
    Specs = std::move(All);
  }
  emit::OutputOptionID About{};
  for (driver::OutputSpec &Spec : Specs)
    if (Error E = driver::completeOptions(Spec, "--", Files, About))
      return llvm::createStringError("--" + emit::outputOption(About).Key +
                                     " " + llvm::toString(std::move(E)));
  return Error::success();
}

/// Sets the only output of `stub`, which replaces the project's outputs.
Error CommandLine::applyStub(driver::Project &P) const {
  driver::OutputSpec Spec;
  std::string Language = value(OPT_to);
  Spec.Backend = emit::findBackend(Language);
  if (!Spec.Backend || !Spec.isOfDeclarations())
    return llvm::createStringError(
        Language.empty() ? "--to says for which side: csharp or cpp"
                         : "--to is csharp or cpp, and not '" + Language + "'");
  Spec.File = has(OPT_output) ? path(OPT_output) : "-";
  if (Spec.File == "-" && has(OPT_region))
    return llvm::createStringError(
        "--region writes into a file, which -o names");
  P.Outputs = {Spec};
  return applyOutputOptions(*Spec.Backend, P.Outputs, *P.Files);
}

Error CommandLine::applyOutput(driver::Project &P) const {
  if (V.Flag & Stub)
    return applyStub(P);
  driver::OutputSpec Spec;
  if (has(OPT_backend)) {
    Spec.Backend = emit::findBackend(value(OPT_backend));
    if (!Spec.Backend)
      return llvm::createStringError(emit::noSuchBackend(value(OPT_backend)));
    Spec.File = path(OPT_output);
    // A Unity project has one location for bridge functions.
    if (Spec.File.empty() &&
        (!Spec.isMadeFromBridges() || !has(OPT_unity_project)))
      return llvm::createStringError(
          "-o says which file the backend's text goes into");
    if (Spec.File == "-" && (has(OPT_region) || has(OPT_abi)))
      return llvm::createStringError(
          "-o - is standard output, but --region writes into a file and --abi "
          "into a folder");
  } else {
    bool HasOptions =
        llvm::any_of(emit::outputOptions(), [&](const emit::OutputOption &O) {
          return has(flagOf(O));
        });
    // For manifest and scan, -o is a plain file.
    bool Emits = V.Flag & (Generate | Check | Diff);
    if (Emits && (has(OPT_output) || HasOptions))
      return llvm::createStringError(
          "--backend says what is written with these options");
    if (!HasOptions)
      return Error::success();
    // The backend whose tables are listed.
    Spec.Backend = emit::findBackend("hybridclr");
  }
  P.Outputs = {Spec};
  return applyOutputOptions(*Spec.Backend, P.Outputs, *P.Files);
}

/// The flag overrides the keys, except for a backend that belongs to a runtime.
Error CommandLine::applyRuntime(driver::Project &P) const {
  if (!has(OPT_runtime))
    return Error::success();
  auto R = runtime::find(value(OPT_runtime));
  if (!R)
    return R.takeError();
  P.Runtime = *R;
  bool HasEffect = P.Outputs.empty();
  std::string Contradiction;
  for (driver::OutputSpec &Output : P.Outputs)
    if (Error E = driver::chooseRuntime(Output, **R))
      Contradiction = llvm::toString(std::move(E));
    else
      HasEffect = true;
  if (!HasEffect)
    return llvm::createStringError("--runtime: " + Contradiction);
  return Error::success();
}

/// Whether an argument after --assembly, --aot or --hot-update belongs to that
/// list. The content decides, unless the file does not exist.
static bool isAssembly(StringRef Path, llvm::vfs::FileSystem &Files,
                       bool TakesFolders) {
  for (StringRef Extension : {".dll", ".exe", ".dll.bytes"})
    if (Path.ends_with_insensitive(Extension))
      return true;
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Path);
  if (!Status)
    return false;
  if (Status->isDirectory())
    return TakesFolders;
  auto Buffer = Files.getBufferForFile(Path, /*FileSize=*/-1,
                                       /*RequiresNullTerminator=*/false);
  return Buffer && ecma335::isImage((*Buffer)->getBuffer());
}

void CommandLine::sortInputs(
    const driver::Project &P,
    llvm::function_ref<void(const Option &, std::string)> To,
    llvm::function_ref<void(std::string)> Rest) const {
  std::optional<Option> Taking;
  for (const Arg *A : Args) {
    const Option &O = A->getOption();
    if (!O.matches(OPT_INPUT)) {
      if (O.matches(OPT_assembly) || O.matches(OPT_aot) ||
          O.matches(OPT_hot_update))
        Taking.emplace(O.getUnaliasedOption());
      continue;
    }
    std::string Path = absolute(A->getValue());
    bool IsWord = V.Flag & List && driver::listed(A->getValue());
    if (Taking && !IsWord &&
        isAssembly(Path, *P.Files, !Taking->matches(OPT_assembly)))
      To(*Taking, std::move(Path));
    else
      Rest(A->getValue());
  }
}

/// Several assemblies can follow one flag, as a shell expands *.dll.
Error CommandLine::applyBridges(driver::Project &P) const {
  if (has(OPT_aot))
    P.Bridges.AOT = paths(OPT_aot);
  if (has(OPT_hot_update))
    P.Bridges.HotUpdate = paths(OPT_hot_update);
  sortInputs(
      P,
      [&](const Option &Taking, std::string Path) {
        auto &Paths = Taking.matches(OPT_aot)          ? P.Bridges.AOT
                      : Taking.matches(OPT_hot_update) ? P.Bridges.HotUpdate
                                                       : P.Assemblies;
        Paths.push_back(std::move(Path));
      },
      [](std::string) {});
  if (has(OPT_iterations)) {
    unsigned Rounds;
    if (StringRef(value(OPT_iterations)).getAsInteger(10, Rounds) ||
        Rounds > hybridclr::MethodSet::MaxRounds)
      return llvm::createStringError(
          "--iterations takes a number of at most " +
          llvm::Twine(hybridclr::MethodSet::MaxRounds));
    P.Bridges.Rounds = Rounds;
  }
  if (has(OPT_unity_project))
    P.Bridges.UnityProject = path(OPT_unity_project);
  if (has(OPT_platform))
    P.Bridges.Platform = value(OPT_platform);
  if (has(OPT_reserve))
    P.Bridges.Reservations.clear();
  for (const std::string &Each : values(OPT_reserve)) {
    auto [Delegate, Count] = StringRef(Each).rsplit('=');
    driver::Reservation R{driver::Reservation::Callback, Delegate.str(), 0};
    if (Count.getAsInteger(10, R.Count) || R.Count == 0 ||
        R.Count > hybridclr::MaxWrappers)
      return llvm::createStringError(
          "--reserve takes <delegate>=<n>, from 1 to " +
          llvm::Twine(hybridclr::MaxWrappers));
    P.Bridges.Reservations.push_back(std::move(R));
  }
  return Error::success();
}

/// These flags together define one entry.
Error CommandLine::applyExports(driver::Project &P) const {
  bool HasFiles = has(OPT_export_header) || has(OPT_export_source);
  if (!HasFiles && (has(OPT_export_function) || has(OPT_export_library) ||
                    has(OPT_export_arg) || has(OPT_export_package)))
    return llvm::createStringError(
        "--export-header says which header declares the functions");
  if (HasFiles || has(OPT_no_exports))
    P.Exports.clear();
  if (!HasFiles)
    return Error::success();
  driver::ExportsEntry &Entry = P.Exports.emplace_back();
  Entry.Folder = WorkingDirectory;
  Entry.Headers = values(OPT_export_header);
  for (const std::string &Source : values(OPT_export_source))
    Entry.Sources.push_back(absolute(Source));
  Entry.Functions = values(OPT_export_function);
  Entry.Libraries = values(OPT_export_library);
  Entry.Args = values(OPT_export_arg);
  Entry.Packages = values(OPT_export_package);
  if (auto Patterns = native::FunctionPatterns::create(Entry.Functions);
      !Patterns)
    return llvm::createStringError("--export-function: " +
                                   llvm::toString(Patterns.takeError()));
  return Error::success();
}

Error CommandLine::applyTargets(driver::Project &P) const {
  if (has(OPT_target))
    P.Targets.clear();
  for (const std::string &Name : values(OPT_target)) {
    llvm::Expected<abi::Target> T = abi::findTarget(Name);
    if (!T)
      return T.takeError();
    P.Targets.push_back(std::move(*T));
  }
  if (has(OPT_watch))
    P.Watched.clear();
  for (const std::string &Name : values(OPT_watch)) {
    if (Name == "none")
      continue;
    llvm::Expected<abi::Target> T = abi::findTarget(Name);
    if (!T)
      return T.takeError();
    P.Watched.push_back(std::move(*T));
  }
  // Only the compile flags of requested targets remain.
  llvm::erase_if(P.TargetCompiles, [&](const driver::TargetCompile &Compile) {
    return llvm::none_of(P.Targets, [&](const abi::Target &T) {
      return abi::isSameTarget(T.Triple, Compile.For.Triple);
    });
  });
  return Error::success();
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

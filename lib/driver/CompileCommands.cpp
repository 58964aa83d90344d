//===- CompileCommands.cpp - Finds sources and their compile commands -----===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "SourceInputs.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/system/Files.h"
#include "clang/Driver/Types.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <tuple>

using clang::tooling::CompileCommand;
using llvm::StringRef;

namespace ilbridge::driver {

std::string databaseFile(const Project &P) {
  llvm::SmallString<256> File = StringRef(P.BuildDir);
  llvm::sys::path::append(File, "compile_commands.json");
  return File.str().str();
}

/// Returns the language that the flags set for the source. Empty if they set
/// none.
static StringRef statedLanguage(const CompileCommand &Command) {
  StringRef Language, Previous;
  for (StringRef Arg : Command.CommandLine) {
    StringRef Rest = Arg;
    if (Previous == "-x")
      Language = Arg;
    else if (Rest.consume_front("-x") && !Rest.empty())
      Language = Rest;
    else if (Arg == "/TP" || Arg == "/TC")
      Language = Arg == "/TP" ? "c++" : "c";
    Previous = Arg;
  }
  return Language == "none" ? "" : Language;
}

/// Whether the command creates a precompiled header. A source that includes it
/// names its text as well, and the text is read there.
static bool precompilesHeader(const CompileCommand &Command) {
  return statedLanguage(Command).ends_with("-header") ||
         llvm::is_contained(Command.CommandLine, "-emit-pch");
}

/// \returns the language of a source that is not C, C++ or one of their
/// variants for Objective-C: an extension, or a language that a flag sets.
/// Empty if it is one of these.
static StringRef otherLanguage(const CompileCommand &Command) {
  using namespace clang::driver::types;
  StringRef Extension = llvm::sys::path::extension(Command.Filename);
  StringRef Language = statedLanguage(Command);
  ID Type = Language.empty()
                ? lookupTypeForExtension(
                      Extension.drop_while([](char C) { return C == '.'; }))
                : lookupTypeForTypeSpecifier(Language.str().c_str());
  switch (Type) {
  case TY_C:
  case TY_PP_C:
  case TY_CXX:
  case TY_PP_CXX:
  case TY_CXXModule:
  case TY_PP_CXXModule:
  case TY_ObjC:
  case TY_PP_ObjC:
  case TY_ObjCXX:
  case TY_PP_ObjCXX:
    return "";
  default:
    break;
  }
  if (!Language.empty())
    return Language;
  return Extension.equals_insensitive(".ixx") ? "" : Extension;
}

/// Whether a source cannot contain annotated functions: assembler, or a
/// resource script of Windows.
static bool hasNoFunctions(StringRef Language) {
  return Language.empty() || Language.starts_with("assembler") ||
         llvm::StringSwitch<bool>(Language)
             .CasesLower(".s", ".sx", ".asm", ".rc", ".def", true)
             .Default(false);
}

llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
loadDatabase(const Project &P) {
  using namespace clang::tooling;
  std::string File = databaseFile(P), Why;
  auto Text = P.Files->getBufferForFile(File);
  if (!Text)
    return inputError(
        {File, {}, {}},
        Text.getError() == std::errc::no_such_file_or_directory
            ? "there is no such file; with CMake, configure with "
              "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, and name its build folder "
              "with -p"
            : Text.getError().message());
  auto Read = JSONCompilationDatabase::loadFromBuffer(
      (*Text)->getBuffer(), Why, JSONCommandLineSyntax::AutoDetect);
  if (!Read)
    return inputError({File, {}, {}}, StringRef(Why).trim());
  // Clang does the same for a database that it loads itself.
  return inferTargetAndDriverMode(inferMissingCompileCommands(
      expandResponseFiles(std::move(Read), P.Files)));
}

/// Returns a key that is equal for two commands if they differ only in their
/// output files.
static std::string compileKey(const CompileCommand &Command) {
  std::string Key = Command.Directory;
  bool IsOutput = false;
  for (StringRef Arg : Command.CommandLine) {
    if (std::exchange(IsOutput, false))
      continue;
    IsOutput = Arg == "-o" || Arg == "-MF" || Arg == "-MT" || Arg == "-MQ";
    if (!IsOutput && !Arg.starts_with("/Fo"))
      Key += ("\n" + Arg).str();
  }
  return Key;
}

/// Reads the commands of a database for the requested sources.
static llvm::Expected<SourceInputs> fromDatabase(const Project &P,
                                                 command::Compilers *Who) {
  auto Database = loadDatabase(P);
  if (!Database)
    return Database.takeError();

  // The files that a run generates are not its inputs.
  llvm::StringSet<> Outputs;
  for (const OutputSpec &Output : P.Outputs)
    if (Output.Options.text(emit::OutputOptionID::Region).empty())
      Outputs.insert(Output.File);
  // The sources of libraries are read separately.
  for (const ExportsEntry &Entry : P.Exports)
    Outputs.insert(Entry.Sources.begin(), Entry.Sources.end());
  std::map<std::string, bool> Wanted;
  for (const std::string &Source : P.Sources)
    Wanted[Source] = false;

  SourceInputs Chosen;
  llvm::StringSet<> Known;
  for (CompileCommand &Command : (*Database)->getAllCompileCommands()) {
    std::string Path = system::absolute(Command.Filename, Command.Directory);
    if (Outputs.contains(Path) || precompilesHeader(Command))
      continue;
    if (StringRef Other = otherLanguage(Command); !Other.empty()) {
      if (Wanted.empty() && !hasNoFunctions(Other))
        ++Chosen.Skipped[Other.str()];
      continue;
    }
    if (!Wanted.empty()) {
      auto Found = Wanted.find(Path);
      if (Found == Wanted.end())
        continue;
      Found->second = true;
    }
    if (Command.CommandLine.empty() || Command.CommandLine.front().empty())
      return inputError({databaseFile(P), {}, {}}, "the command of '" +
                                                       Command.Filename +
                                                       "' names no compiler");
    // Several targets of a build may compile one source in the same way.
    if (!Known.insert(compileKey(Command)).second)
      continue;
    auto Add = [&](command::SourceCommand Resolved) {
      Chosen.All.push_back(std::move(Resolved));
    };
    if (Who)
      Who->resolve(std::move(Command), Add);
    else
      Add({std::move(Command), nullptr});
  }
  for (const auto &[Source, WasFound] : Wanted)
    if (!WasFound)
      return inputError({Source, {}, {}}, "the compilation database in '" +
                                              P.BuildDir +
                                              "' has no command for it");
  return Chosen;
}

llvm::Expected<SourceInputs> sourceInputs(const Project &P,
                                          command::Compilers *Who) {
  SourceInputs Result;
  if (!P.Command && P.BuildDir.empty() && !P.Exports.empty())
    return Result;
  if (!P.Command)
    return fromDatabase(P, Who);
  for (const std::string &Source : P.Sources) {
    // Clang would report a missing file as C++ that does not compile.
    if (!P.Files->exists(Source))
      return inputError({Source, {}, {}}, "No such file or directory");
    std::vector<std::string> Line = {"clang"};
    llvm::append_range(Line, *P.Command);
    // To clang-cl, an absolute path looks like an option.
    Line.push_back("--");
    Line.push_back(Source);
    Result.All.emplace_back().Command =
        CompileCommand(P.WorkingDirectory, Source, std::move(Line), "");
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// `ilbridge database`
//===----------------------------------------------------------------------===//

/// Returns the file that a command writes. Empty if the command does not name
/// it.
static std::string objectOf(const CompileCommand &Command) {
  std::string Object = Command.Output;
  StringRef Previous;
  for (StringRef Arg : Command.CommandLine) {
    if (!Object.empty())
      break;
    if (Previous == "-o")
      Object = Arg.str();
    else if (Arg.consume_front("/Fo"))
      Object = Arg.str();
    Previous = Arg;
  }
  return Object.empty() ? "" : system::absolute(Object, Command.Directory);
}

static bool isIn(StringRef File, StringRef Folder) {
  return File.consume_front(Folder) && !File.empty() &&
         llvm::sys::path::is_separator(File.front());
}

ExitStatus database(Session &S, const DatabaseOptions &Options, Console &C) {
  Run R(S, C);
  const Project &P = R.P;
  if (P.BuildDir.empty()) {
    R.fail(llvm::createStringError(
        "no compilation database; name its build folder with -p"));
    return R.finishData();
  }
  auto Database = loadDatabase(P);
  if (!Database) {
    R.fail(Database.takeError());
    return R.finishData();
  }
  llvm::json::Array Entries;
  std::map<std::string, llvm::json::Array> Each;
  if (!Options.Each.empty())
    for (const std::string &Source : P.Sources)
      Each[Source];
  for (const CompileCommand &Command : (*Database)->getAllCompileCommands()) {
    std::string Source = system::absolute(Command.Filename, Command.Directory);
    std::string Object = objectOf(Command);
    bool IsWanted = Options.Objects.empty() ||
                    llvm::any_of(Options.Objects, [&](StringRef Folder) {
                      return isIn(Object, Folder);
                    });
    if (!IsWanted || llvm::is_contained(Options.Except, Source) ||
        precompilesHeader(Command))
      continue;
    llvm::json::Object Entry{
        {"directory", Command.Directory},
        {"file", Source},
        {"arguments", llvm::json::Array(Command.CommandLine)}};
    if (!Object.empty())
      Entry["output"] = Object;
    auto Own = Each.find(Source);
    (Own == Each.end() ? Entries : Own->second).push_back(std::move(Entry));
  }
  if (Entries.empty() && Options.Each.empty()) {
    R.fail(inputError({databaseFile(P), {}, {}},
                      "has no compile command that was asked for"));
    return R.finishData();
  }
  auto Write = [&](StringRef File, llvm::json::Array Commands) {
    writeData(
        R, File,
        llvm::formatv("{0:2}\n", llvm::json::Value(std::move(Commands))).str());
  };
  Write(Options.Output, std::move(Entries));
  for (auto &[Source, Commands] : Each) {
    llvm::SmallString<256> File = StringRef(Options.Each);
    llvm::sys::path::append(File, R.shown(Source), "compile_commands.json");
    Write(File, std::move(Commands));
  }
  return R.finishData();
}

} // namespace ilbridge::driver

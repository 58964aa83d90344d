//===- Exports.cpp - Headers of libraries without annotations -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The headers of an entry of `exports` are compiled by a source in memory that
// includes them. docs/unannotated.md describes the entries.
//
//===----------------------------------------------------------------------===//

#include "SourceInputs.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/system/Files.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/StringSaver.h"

using clang::tooling::CompileCommand;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

/// Returns an Error about an entry. An entry that was given by flags has no
/// location.
static llvm::Error entryError(const ExportsEntry &Entry,
                              const llvm::Twine &What) {
  if (Entry.Where.isValid())
    return inputError(Entry.Where, What);
  return llvm::createStringError(What.str());
}

/// Runs `pkg-config --cflags` for the packages of \p Entry.
static Expected<std::vector<std::string>>
packageFlags(const ExportsEntry &Entry) {
  std::vector<std::string> Flags;
  if (Entry.Packages.empty())
    return Flags;
  llvm::ErrorOr<std::string> Program =
      llvm::sys::findProgramByName("pkg-config");
  if (!Program)
    return entryError(Entry, "pkg-config is not found; install it, or give "
                             "the flags that it would print as 'args'");
  llvm::SmallString<128> Out, Err;
  if (llvm::sys::fs::createTemporaryFile("ilbridge", "flags", Out) ||
      llvm::sys::fs::createTemporaryFile("ilbridge", "messages", Err))
    return entryError(Entry, "no temporary file can be made for the flags of "
                             "pkg-config");
  llvm::FileRemover RemovesOut(Out), RemovesErr(Err);
  std::vector<StringRef> Args = {*Program, "--cflags", "--"};
  llvm::append_range(Args, Entry.Packages);
  std::optional<StringRef> Redirects[] = {StringRef(), Out.str(), Err.str()};
  int Status = llvm::sys::ExecuteAndWait(*Program, Args, std::nullopt,
                                         Redirects, /*SecondsToWait=*/60);
  auto Printed = llvm::MemoryBuffer::getFile(Status ? Err : Out);
  StringRef Text = Printed ? (*Printed)->getBuffer().trim() : StringRef();
  if (Status)
    return entryError(Entry, "pkg-config fails: " + Text.split('\n').first);
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Saver(Allocator);
  llvm::SmallVector<const char *, 32> Words;
  llvm::cl::TokenizeGNUCommandLine(Text, Saver, Words);
  Flags.assign(Words.begin(), Words.end());
  return Flags;
}

static bool isCxx(const ExportsEntry &Entry) {
  return llvm::any_of(Entry.Args,
                      [](StringRef Arg) {
                        return Arg.starts_with("-std=c++") ||
                               Arg.starts_with("-std=gnu++");
                      }) ||
         llvm::any_of(Entry.Headers, [](StringRef Header) {
           return llvm::StringSwitch<bool>(llvm::sys::path::extension(Header))
               .CasesLower(".hh", ".hpp", ".hxx", ".h++", true)
               .Default(false);
         });
}

/// Returns the #include line of a header: a header in the folder of the entry,
/// or else one on the include path.
static std::string includeLine(const ExportsEntry &Entry, StringRef Header,
                               llvm::vfs::FileSystem &Files) {
  std::string Path = system::absolute(Header, Entry.Folder);
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Path);
  if (Status && Status->isRegularFile())
    return "#include \"" + Path + "\"\n";
  return ("#include <" + Header + ">\n").str();
}

static native::HeaderEntry headerEntry(const ExportsEntry &Entry,
                                       StringRef ShownConfig) {
  native::HeaderEntry L;
  L.Names = Entry.Libraries;
  L.Functions = Entry.Functions;
  L.Where = Entry.Where;
  if (L.Where.isValid())
    L.Where.File = ShownConfig.str();
  return L;
}

static Expected<command::SourceCommand>
sourceCommand(const Project &P, const ExportsEntry &Entry, StringRef Source,
              llvm::ArrayRef<std::string> Flags, command::Compilers &Who) {
  command::SourceCommand Result;
  if (!P.Files->exists(Source))
    return inputError({Source.str(), {}, {}}, "No such file or directory");
  if (!P.BuildDir.empty()) {
    auto Database = loadDatabase(P);
    if (!Database)
      return Database.takeError();
    std::vector<CompileCommand> Found = (*Database)->getCompileCommands(Source);
    if (!Found.empty()) {
      auto End = llvm::find(Found.front().CommandLine, "--");
      Found.front().CommandLine.insert(End, Flags.begin(), Flags.end());
      Who.resolve(Found.front(), [&](command::SourceCommand Resolved) {
        Result = std::move(Resolved);
      });
      return Result;
    }
  }
  std::vector<std::string> Line = {"clang"};
  llvm::append_range(Line, Flags);
  Line.push_back("--");
  Line.push_back(Source.str());
  Result.Command = CompileCommand(Entry.Folder, Source, std::move(Line), "");
  return Result;
}

Expected<std::vector<native::ScanInput>> exportInputs(const Project &P,
                                                      command::Compilers &Who) {
  std::vector<native::ScanInput> Result;
  StringRef Config = ConfigName;
  if (!P.ConfigFile.empty())
    Config = llvm::sys::path::filename(P.ConfigFile);
  for (const auto &[I, Entry] : llvm::enumerate(P.Exports)) {
    auto Flags = packageFlags(Entry);
    if (!Flags)
      return Flags.takeError();
    llvm::append_range(*Flags, Entry.Args);
    native::HeaderEntry Library = headerEntry(
        Entry, shownPath(Entry.Where.File, P.WorkingDirectory, P.Root));
    for (const std::string &Source : Entry.Sources) {
      auto Command = sourceCommand(P, Entry, Source, *Flags, Who);
      if (!Command)
        return Command.takeError();
      Result.push_back({std::move(*Command)});
      Result.back().Unannotated = Library;
    }
    if (Entry.Headers.empty())
      continue;
    std::string Text;
    for (const std::string &Header : Entry.Headers)
      Text += includeLine(Entry, Header, *P.Files);
    bool IsCxx = isCxx(Entry);
    llvm::SmallString<256> File = StringRef(Entry.Folder);
    llvm::sys::path::append(File, Config + ".exports-" + llvm::Twine(I + 1) +
                                      (IsCxx ? ".cpp" : ".c"));
    std::vector<std::string> Line = {"clang"};
    llvm::append_range(Line, *Flags);
    Line.push_back("--");
    Line.push_back(File.str().str());
    native::ScanInput &Input = Result.emplace_back();
    Input.Command = CompileCommand(Entry.Folder, File, std::move(Line), "");
    Input.Text = std::move(Text);
    Input.Unannotated = std::move(Library);
  }
  return Result;
}

} // namespace ilbridge::driver

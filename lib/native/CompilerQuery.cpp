//===- CompilerQuery.cpp - Queries a compiler -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompilerQuery.h"
#include "ilbridge/system/Process.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <chrono>
#include <thread>

using llvm::StringRef;

namespace ilbridge::native {

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

/// GCC prints its default flags together with those of the command. Only flags
/// that change how values are passed are used; for x86, there are none.
static void addDefaultFlags(StringRef Options, CompilerAnswer &A) {
  bool IsX86 = llvm::any_of(
      llvm::ArrayRef<StringRef>{"x86_64", "i386", "i486", "i586", "i686"},
      [&](StringRef Arch) { return StringRef(A.Triple).starts_with(Arch); });
  if (IsX86)
    return;
  for (StringRef Word : llvm::split(Options, ' ')) {
    if (!Word.consume_front("'") || !Word.consume_back("'"))
      continue;
    if (Word.starts_with("-march=") || Word.starts_with("-mabi=") ||
        Word.starts_with("-mfloat-abi="))
      A.Flags.push_back(Word.str());
  }
}

std::optional<CompilerAnswer> parseAnswer(StringRef Printed) {
  CompilerAnswer A;
  bool HasOptions = false;
  enum { Before, In, Behind } Where = Before;
  for (StringRef Line : llvm::split(Printed, '\n')) {
    Line.consume_back("\r");
    if (Where == In) {
      if (Line == "End of search list.") {
        Where = Behind;
        continue;
      }
      StringRef Path = Line.trim();
      bool IsFramework = Path.consume_back(" (framework directory)");
      if (llvm::sys::path::is_absolute(Path))
        A.Folders.push_back({Path.str(), IsFramework});
    } else if (Line == "#include <...> search starts here:") {
      Where = In;
    } else if (StringRef Rest = Line;
               A.Triple.empty() && Rest.consume_front("Target: ")) {
      A.Triple = Rest.trim().str();
    } else if (!HasOptions && Rest.consume_front("COLLECT_GCC_OPTIONS=")) {
      HasOptions = true;
      addDefaultFlags(Rest, A);
    } else if (Rest.consume_front("ignoring nonexistent directory \"") &&
               Rest.consume_back("\"")) {
      A.Missing.push_back(Rest.str());
    }
  }
  if (Where != Behind)
    return std::nullopt;
  return A;
}

// Each line consists of a letter, a space and the text.
constexpr char TripleMark = 't', FlagMark = 'f', FolderMark = 's',
               FrameworkMark = 'F', MissingMark = 'm';

std::string text(const CompilerAnswer &A) {
  std::string Result;
  auto Add = [&](char Mark, StringRef Text) {
    if (!Text.contains('\n'))
      Result += (llvm::Twine(Mark) + " " + Text + "\n").str();
  };
  Add(TripleMark, A.Triple);
  for (const std::string &Flag : A.Flags)
    Add(FlagMark, Flag);
  for (const CompilerAnswer::Folder &F : A.Folders)
    Add(F.IsFramework ? FrameworkMark : FolderMark, F.Path);
  for (const std::string &Path : A.Missing)
    Add(MissingMark, Path);
  return Result;
}

std::optional<CompilerAnswer> readAnswer(StringRef Text) {
  CompilerAnswer A;
  if (!Text.consume_back("\n"))
    return std::nullopt;
  for (StringRef Line : llvm::split(Text, '\n')) {
    if (Line.size() < 2 || Line[1] != ' ')
      return std::nullopt;
    std::string Rest = Line.drop_front(2).str();
    switch (Line.front()) {
    case TripleMark:
      A.Triple = std::move(Rest);
      break;
    case FlagMark:
      A.Flags.push_back(std::move(Rest));
      break;
    case FolderMark:
    case FrameworkMark:
      A.Folders.push_back({std::move(Rest), Line.front() == FrameworkMark});
      break;
    case MissingMark:
      A.Missing.push_back(std::move(Rest));
      break;
    default:
      return std::nullopt;
    }
  }
  return A;
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

static constexpr std::chrono::seconds MostTime(10);
static constexpr uint64_t MostOutput = 1 << 20; ///< bytes

/// The environment of a compiler query: messages in English, and no variables
/// that add folders. Clang adds the folders of these variables itself.
static std::vector<std::string> environment() {
  std::vector<std::string> Result = {"LC_ALL=C"};
  for (std::string &Each : system::environment()) {
    StringRef Name = StringRef(Each).split('=').first;
    if (Name != "LC_ALL" && Name != "LANGUAGE" && Name != "CPATH" &&
        !Name.ends_with("_INCLUDE_PATH"))
      Result.push_back(std::move(Each));
  }
  return Result;
}

/// Waits for \p Process, which writes into \p Output. The Error states why it
/// was terminated.
static llvm::Expected<int> wait(const llvm::sys::ProcessInfo &Process,
                                StringRef Output) {
  using namespace std::chrono;
  auto End = steady_clock::now() + MostTime;
  milliseconds Pause(1);
  for (;;) {
    std::string Why;
    llvm::sys::ProcessInfo Now =
        llvm::sys::Wait(Process, /*SecondsToWait=*/0, &Why);
    if (Now.Pid != 0)
      return Now.ReturnCode;
    uint64_t Size = 0;
    bool IsLarge = !llvm::sys::fs::file_size(Output, Size) && Size > MostOutput;
    if (IsLarge || steady_clock::now() > End) {
      system::kill(Process);
      llvm::sys::Wait(Process, std::nullopt);
      return llvm::createStringError(
          IsLarge ? "it prints more than a megabyte"
                  : "it does not answer within ten seconds");
    }
    std::this_thread::sleep_for(Pause);
    Pause = std::min(Pause * 2, milliseconds(10));
  }
}

static std::string firstError(StringRef Printed) {
  for (StringRef Line : llvm::split(Printed, '\n'))
    if (Line.contains("error:"))
      return ": " + Line.trim().str();
  return "";
}

llvm::Expected<CompilerAnswer> askCompiler(StringRef Program,
                                           llvm::ArrayRef<std::string> Args) {
  llvm::SmallString<128> Output;
  if (std::error_code EC =
          llvm::sys::fs::createTemporaryFile("ilbridge", "answer", Output))
    return llvm::createStringError("no temporary file can be made: " +
                                   EC.message());
  llvm::FileRemover Remover(Output);
  std::vector<StringRef> Line = {Program};
  llvm::append_range(Line, Args);
  std::vector<std::string> Variables = environment();
  std::vector<StringRef> Environment(Variables.begin(), Variables.end());
  std::optional<StringRef> Redirects[] = {StringRef(), StringRef(),
                                          Output.str()};
  std::string Why;
  bool HasFailed = false;
  llvm::sys::ProcessInfo Process = llvm::sys::ExecuteNoWait(
      Program, Line, llvm::ArrayRef(Environment), Redirects, /*MemoryLimit=*/0,
      &Why, &HasFailed,
      /*AffinityMask=*/nullptr, /*DetachProcess=*/true);
  if (HasFailed)
    return llvm::createStringError("it cannot be run: " + Why);
  llvm::Expected<int> Status = wait(Process, Output);
  if (!Status)
    return Status.takeError();
  auto Printed = llvm::MemoryBuffer::getFile(Output);
  StringRef Text = Printed ? (*Printed)->getBuffer() : StringRef();
  if (*Status)
    return llvm::createStringError("its exit status is " +
                                   llvm::Twine(*Status) + firstError(Text));
  if (std::optional<CompilerAnswer> A = parseAnswer(Text))
    return std::move(*A);
  return llvm::createStringError(
      "it does not print its include folders for '-E -v'");
}

} // namespace ilbridge::native

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
#include "llvm/Support/Program.h"
#include <chrono>
#include <thread>

using llvm::StringRef;

namespace ilbridge::command {

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
  std::vector<std::string> Line = {Program.str()};
  llvm::append_range(Line, Args);
  llvm::Expected<llvm::sys::ProcessInfo> Process =
      system::start(Program, Line, environment(), Output);
  if (!Process)
    return llvm::createStringError("it cannot be run: " +
                                   llvm::toString(Process.takeError()));
  llvm::Expected<int> Status = wait(*Process, Output);
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

} // namespace ilbridge::command

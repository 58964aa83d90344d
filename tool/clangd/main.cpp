//===- main.cpp - clangd with the plugin loaded ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ilbridge-clangd [--ilbridge-config=FILE] [arguments of clangd]
//
// Without --ilbridge-config, the nearest ilbridge.yaml in a parent folder of a
// source is used. The environment variable CLANGD names another clangd, which
// must have the version for which ilbridge was built.
//
//   editor ──────stdin──────▶ clangd, in this process
//     ▲                          │ stdout
//     └── nameFindings, in a child process
//
// clangd runs in this process, so signals of the editor reach it and the editor
// sees its exit status. The child process ends with clangd's output.
//
//===----------------------------------------------------------------------===//

#include "Naming.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace ilbridge;

/// \returns the path of \p Relative to this program, without "..".
static std::string beside(llvm::StringRef Relative) {
  // The address of any function of the program identifies its file.
  llvm::SmallString<256> Path =
      llvm::sys::path::parent_path(llvm::sys::fs::getMainExecutable(
          nullptr, reinterpret_cast<void *>(&beside)));
  llvm::sys::path::append(Path, Relative);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

/// Returns the URL of the folder with the pages of diagnostics, with a slash at
/// its end.
static std::string pages() {
  std::string URL = ILBRIDGE_PAGES;
  if (URL.empty())
    URL = "file://" + beside(ILBRIDGE_PAGES_FROM_BIN);
  if (URL.back() != '/')
    URL += '/';
  return URL;
}

/// The plugin reads these variables and removes them, so processes that clangd
/// starts do not inherit them.
static void preloadPlugin(const std::string &Config) {
  std::string Plugin = beside(ILBRIDGE_PLUGIN_FROM_BIN);
  if (!llvm::sys::fs::exists(Plugin)) // not installed
    Plugin = beside("../clang-plugin/libilbridge-clang.so");
  // ld.so(8) separates the names in LD_PRELOAD by spaces and colons. A name
  // that contains one of these is passed as a descriptor that stays open.
  if (Plugin.find_first_of(" :") != std::string::npos)
    if (int FD = open(Plugin.c_str(), O_RDONLY); FD >= 0)
      Plugin = "/proc/self/fd/" + std::to_string(FD);
  const char *Rest = std::getenv("LD_PRELOAD");
  setenv("ILBRIDGE_PRELOAD_CONFIG", Config.c_str(), /*overwrite=*/1);
  setenv("ILBRIDGE_PRELOAD_REST", Rest ? Rest : "", /*overwrite=*/1);
  if (Rest && *Rest)
    Plugin += std::string(":") + Rest;
  setenv("LD_PRELOAD", Plugin.c_str(), /*overwrite=*/1);
}

static int fail(llvm::StringRef What, int Error, llvm::StringRef Fix = "") {
  llvm::errs() << "ilbridge-clangd: error: " << What << ": "
               << std::strerror(Error) << Fix << '\n';
  return 2;
}

/// Redirects the output of clangd into a child process that adds ids to the
/// findings in it. \returns whether this succeeded; errno states why not.
static bool filterOutput() {
  int Ends[2];
  if (pipe(Ends) != 0)
    return false;
  pid_t Child = fork();
  if (Child < 0)
    return false;
  if (Child == 0) {
    // The second fork detaches the filter: clangd does not wait for children
    // that it has not started.
    if (fork() != 0)
      _exit(0);
    // An editor that interrupts clangd still gets the rest of its output.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
    close(Ends[1]);
    close(STDIN_FILENO);
    _exit(nameFindings(Ends[0], STDOUT_FILENO, pages()) ? 0 : 1);
  }
  close(Ends[0]);
  waitpid(Child, nullptr, 0);
  bool IsDone = dup2(Ends[1], STDOUT_FILENO) >= 0;
  close(Ends[1]);
  return IsDone;
}

int main(int Argc, char *Argv[]) {
  constexpr llvm::StringLiteral ConfigFlag = "--ilbridge-config=";
  std::vector<char *> Args;
  std::string Config;
  for (char *Arg : llvm::ArrayRef(Argv, Argc)) {
    llvm::StringRef Value = Arg;
    if (!Value.consume_front(ConfigFlag)) {
      Args.push_back(Arg);
      continue;
    }
    llvm::SmallString<256> Path = Value;
    llvm::sys::fs::make_absolute(Path);
    Config = Path.str();
  }
  const char *Named = std::getenv("CLANGD");
  std::string Clangd = Named && *Named ? Named : ILBRIDGE_CLANGD;
  Args[0] = Clangd.data();
  Args.push_back(nullptr);
  if (!filterOutput())
    return fail("cannot start the filter of clangd's output", errno);
  preloadPlugin(Config);
  execvp(Args[0], Args.data());
  int Error = errno;
  return fail("cannot run '" + Clangd + "'", Error,
              "; install " ILBRIDGE_CLANGD
              ", or name it in the environment variable CLANGD");
}

//===- check.h - Checks and expected program failures -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_CHECK_H
#define STANDIN_CHECK_H

#include <cstdio>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace check {

inline int &failures() {
  static int Count = 0;
  return Count;
}

inline void that(bool Holds, const char *File, int Line, const char *What) {
  if (Holds)
    return;
  std::fprintf(stderr, "%s:%d: does not hold: %s\n", File, Line, What);
  ++failures();
}

/// Returns true if \p Function fails in a process of its own and prints \p
/// Words on standard error.
template <typename F> bool dies(F Function, const std::string &Words) {
  int Ends[2];
  if (pipe(Ends) != 0)
    return false;
  std::fflush(nullptr);
  pid_t Child = fork();
  if (Child == 0) {
    dup2(Ends[1], 2);
    close(Ends[0]);
    close(Ends[1]);
    Function();
    _exit(0);
  }
  close(Ends[1]);
  std::string Output;
  char Buffer[4096];
  for (ssize_t N; (N = read(Ends[0], Buffer, sizeof Buffer)) > 0;)
    Output.append(Buffer, static_cast<std::size_t>(N));
  close(Ends[0]);
  int Status = 0;
  waitpid(Child, &Status, 0);
  bool Failed = !WIFEXITED(Status) || WEXITSTATUS(Status) != 0;
  if (Failed && Output.find(Words) != std::string::npos)
    return true;
  std::fprintf(stderr, "%s, and said:\n%s\n",
               Failed ? "it failed" : "it did not fail", Output.c_str());
  return false;
}

} // namespace check

#define CHECK(...) check::that((__VA_ARGS__), __FILE__, __LINE__, #__VA_ARGS__)

#endif // STANDIN_CHECK_H

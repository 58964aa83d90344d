//===- CompilerCall.h - Finds the compiler in a command ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the information about the compiler in a command line, from names and
// flags only. No file is accessed, and no program is run.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_COMMAND_COMPILERCALL_H
#define ILBRIDGE_LIB_COMMAND_COMPILERCALL_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::command {

/// The syntax of a compiler's flags.
enum class DriverFamily : uint8_t {
  Unknown,    ///< unknown name; most such programs take GCC's flags
  GNU,        ///< GCC, Clang, and compilers with similar names
  Emscripten, ///< Clang, started by a script
  CL,         ///< Microsoft's, and clang-cl
  NVCC,       ///< passes C++ to another compiler
};

/// The parts of a compiler's name, such as `arm-linux-gnueabihf-g++-12`.
struct DriverName {
  DriverFamily Family = DriverFamily::Unknown;
  bool IsCxx = false; ///< compiles every source as C++, as g++ does
  /// The triple of the target that its prefix names; empty if it has no prefix.
  std::string Triple;
};

/// Parses the name of \p Program, which may be a path with slashes or
/// backslashes. The conventions are those of GCC (a target as prefix, a version
/// as suffix), of Clang (ToolChain::getTargetAndModeFromProgramName), of
/// Android's NDK, Emscripten, the WASI SDK, and Microsoft's cl.exe.
DriverName driverName(llvm::StringRef Program);

/// Whether \p Program only starts another compiler, as ccache does.
bool isLauncher(llvm::StringRef Program);

/// The compiler in a command line.
struct CompilerCall {
  std::string Program; ///< as written, after all launchers
  /// The argument that selects the compiler: `c++` in `zig c++`.
  std::string Subcommand;
  DriverName Name;
  size_t Begin = 0; ///< index of the first argument in the line
  /// The arguments that another program passes to the compiler, if there is
  /// one.
  std::optional<std::vector<std::string>> HostArgs;
};

/// Finds the compiler in \p Line: after launchers with their own flags and
/// variables, and after the host compiler flag of nvcc.
CompilerCall compilerCall(llvm::ArrayRef<std::string> Line);

/// Returns the values of `-arch`, which is repeated for a universal object of
/// Apple's compilers.
std::vector<std::string> architectures(llvm::ArrayRef<std::string> Args);
/// Returns \p Args with \p Arch as the only `-arch`.
std::vector<std::string> withArchitecture(llvm::ArrayRef<std::string> Args,
                                          llvm::StringRef Arch);

/// The flags of \p Args that determine the target of a compiler and the folders
/// of its headers, with absolute paths; \p Directory is its working directory.
/// With these flags, a compiler runs no program and loads no file that the
/// command names.
std::vector<std::string> targetFlags(llvm::ArrayRef<std::string> Args,
                                     llvm::StringRef Directory);

/// Whether \p Args name a target as Clang does: `--target=X`, `-target X`.
bool namesTarget(llvm::ArrayRef<std::string> Args);

} // namespace ilbridge::command

#endif // ILBRIDGE_LIB_COMMAND_COMPILERCALL_H

//===- CompilerCall.h - Which compiler a command runs -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads what a command line says about its compiler by names and flags alone.
// No file is looked at and nothing is run.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_COMPILERCALL_H
#define ILBRIDGE_LIB_NATIVE_COMPILERCALL_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::native {

/// How a compiler takes its flags.
enum class DriverFamily : uint8_t {
  Unknown,    ///< its name says nothing; most such programs take GCC's flags
  GNU,        ///< GCC, Clang, and what is called like them
  Emscripten, ///< Clang, behind a script
  CL,         ///< Microsoft's, and clang-cl
  NVCC,       ///< gives C++ to another compiler
};

/// The parts of a compiler's name, such as `arm-linux-gnueabihf-g++-12`.
struct DriverName {
  DriverFamily Family = DriverFamily::Unknown;
  bool IsCxx = false; ///< takes every source for C++, as g++ does
  /// The triple of the target that its prefix names; empty: it has none.
  std::string Triple;
};

/// Reads the name of \p Program, which may be a path with slashes or
/// backslashes. The names are those of GCC (a prefix that is a target, a suffix
/// that is a version), of Clang (ToolChain::getTargetAndModeFromProgramName),
/// of Android's NDK, Emscripten, the WASI SDK, and Microsoft's cl.exe.
DriverName driverName(llvm::StringRef Program);

/// Whether \p Program only starts another compiler, as ccache does.
bool isLauncher(llvm::StringRef Program);

/// The compiler in a command line.
struct CompilerCall {
  std::string Program; ///< as it is written there, behind all launchers
  /// The word behind it that says which compiler it is: `c++` of `zig c++`.
  std::string Subcommand;
  DriverName Name;
  size_t Begin = 0; ///< of its arguments in the line
  /// The arguments that another program makes for the compiler, if one does.
  std::optional<std::vector<std::string>> HostArgs;
};

/// Finds the compiler in \p Line: behind launchers with their own flags and
/// variables, and behind the host flag of nvcc.
CompilerCall compilerCall(llvm::ArrayRef<std::string> Line);

/// The values of `-arch`, which Apple's compilers repeat for a universal
/// object.
std::vector<std::string> architectures(llvm::ArrayRef<std::string> Args);
/// \p Args with no `-arch` but \p Arch.
std::vector<std::string> withArchitecture(llvm::ArrayRef<std::string> Args,
                                          llvm::StringRef Arch);

/// The flags of \p Args that decide what a compiler compiles for and where it
/// looks for its own headers, absolute paths in them; \p Directory is where it
/// runs. A compiler that is given these runs no program and loads no file that
/// the command names.
std::vector<std::string> targetFlags(llvm::ArrayRef<std::string> Args,
                                     llvm::StringRef Directory);

/// Whether \p Args name a target as Clang does: `--target=X`, `-target X`.
bool namesTarget(llvm::ArrayRef<std::string> Args);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_COMPILERCALL_H

//===- Environment.cpp - Variables that Clang reads -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/Environment.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Basic/TargetOptions.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/Support/Process.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::command {

/// The variables that affect which files Clang includes, and their meaning.
/// Clang's manual describes most of them ("Environment"); others are read by
/// its tool chains. test/verbs/scan/environment.test compares them with what is
/// read.
static constexpr llvm::StringLiteral Variables[] = {
    "CLANG_NO_DEFAULT_CONFIG",
    "HOME", // the location of configuration files
    "CPATH",
    "C_INCLUDE_PATH",
    "CPLUS_INCLUDE_PATH",
    "OBJC_INCLUDE_PATH",
    "OBJCPLUS_INCLUDE_PATH",
    "COMPILER_PATH",
    "SOURCE_DATE_EPOCH", // __DATE__
    "INCLUDE",           // MSVC
    "EXTERNAL_INCLUDE",
    "VCINSTALLDIR",
    "VCToolsInstallDir",
    "SDKROOT", // Apple
    "MACOSX_DEPLOYMENT_TARGET",
    "IPHONEOS_DEPLOYMENT_TARGET",
    "TVOS_DEPLOYMENT_TARGET",
    "WATCHOS_DEPLOYMENT_TARGET",
    "XROS_DEPLOYMENT_TARGET",
    "DRIVERKIT_DEPLOYMENT_TARGET",
    "HIP_PATH", // AMD
    "HIP_DEVICE_LIB_PATH",
    "ROCM_PATH",
    "NCC_C_INCLUDE_PATH", // NEC
    "NCC_CPLUS_INCLUDE_PATH",
    "XCC_C_INCLUDE_PATH",
    "XCC_CPLUS_INCLUDE_PATH",
    "SCE_ORBIS_SDK_DIR", // PlayStation
    "SCE_PROSPERO_SDK_DIR",
    "OBJECT_MODE", // AIX
};

/// Whether the driver searches other compilers in the folders of PATH. For most
/// commands it does not, and PATH often differs between terminals.
static bool searchesPath(const clang::CompilerInvocation &Invocation) {
  const clang::LangOptions &Language = versions::language(Invocation);
  return llvm::Triple(Invocation.getTargetOpts().Triple).isOSWindows() ||
         Language.CUDA || Language.HIP || !Language.OMPTargetTriples.empty();
}

std::optional<std::string> variable(llvm::StringRef Name, cache::Inputs &To) {
  cache::QueryResult Got;
  std::optional<std::string> Value = llvm::sys::Process::GetEnv(Name);
  if (Value)
    Got.Text = cache::digest(*Value);
  To.add(cache::Query::Variable, Name, Got);
  return Value;
}

void addEnvironment(const clang::CompilerInvocation *Invocation,
                    cache::Inputs &To) {
  for (llvm::StringRef Name : Variables)
    variable(Name, To);
  if (!Invocation || searchesPath(*Invocation))
    variable("PATH", To);
}

} // namespace ilbridge::command

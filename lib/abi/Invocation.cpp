//===- Invocation.cpp - How Clang compiles for a target -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Invocation.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/versions/Clang.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <map>
#include <mutex>

using namespace clang;

namespace ilbridge::abi {

static std::shared_ptr<CompilerInvocation> askDriver(llvm::StringRef Triple,
                                                     bool IsC) {
  std::string Target = ("--target=" + Triple).str();
  CreateInvocationOptions Options;
  versions::Diagnostics Ignored;
  Options.Diags = Ignored.engine();
  Options.VFS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Options.RecoverOnError = true;
  return createInvocation({"clang", Target.c_str(),
                           // The default language standard differs by target,
                           // but the standard is not a property of the target.
                           IsC ? "-std=gnu17" : "-std=gnu++20", "-fsyntax-only",
                           "-nostdinc", "-nostdlib",
                           IsC ? "/ilbridge.c" : "/ilbridge.cpp"},
                          Options);
}

std::shared_ptr<CompilerInvocation>
invocationFor(llvm::StringRef Triple, bool IsC, llvm::StringRef File) {
  // Each invocation of a preset is a constant, and it is used twice: for the
  // predefined macros and for the ABI info.
  static std::mutex Lock;
  static std::map<std::pair<llvm::StringRef, bool>,
                  std::shared_ptr<CompilerInvocation>>
      OfPresets;
  std::shared_ptr<CompilerInvocation> Found;
  const auto *P = llvm::find_if(
      presets(), [&](const Preset &Each) { return Each.Triple == Triple; });
  if (P == presets().end()) {
    Found = askDriver(Triple, IsC);
  } else {
    std::lock_guard<std::mutex> Guard(Lock);
    std::shared_ptr<CompilerInvocation> &Known = OfPresets[{P->Triple, IsC}];
    if (!Known)
      Known = askDriver(Triple, IsC);
    if (Known)
      Found = std::make_shared<CompilerInvocation>(*Known);
  }
  if (Found)
    Found->getFrontendOpts().Inputs = {
        FrontendInputFile(File, InputKind(IsC ? Language::C : Language::CXX))};
  return Found;
}

} // namespace ilbridge::abi
